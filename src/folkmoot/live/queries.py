"""Reading the pulses of calls."""

from __future__ import annotations

from collections.abc import Collection

from folkmoot.live.domain.pulses import Pulse
from folkmoot.live.models import CallPulse
from folkmoot.meetings.models import Meeting


def pulse_number(meeting: Meeting) -> int:
    """How often a call has changed so far: what a page shows beside its content, as `data-live-number`."""
    return pulse_of(meeting.pk).number


def pulse_of(meeting: int) -> Pulse:
    """The pulse of the call with this key; one query."""
    held = CallPulse.objects.filter(meeting=meeting).first()
    return Pulse() if held is None else Pulse(held.number, [(number, what) for number, what in held.lately])


def numbers_of_pulses(meetings: Collection[int]) -> dict[int, int]:
    """The numbers of the calls with these keys; those that never changed are left out. One query."""
    return dict(CallPulse.objects.filter(meeting__in=meetings).values_list("meeting", "number"))
