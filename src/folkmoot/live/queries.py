"""Reading the pulses of calls, and who has their pages open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from folkmoot.live.domain.pulses import Pulse
from folkmoot.live.models import CallPulse, Presence
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person

HERE_FOR: Final = timedelta(seconds=45)
"""Who was seen within this time has the page open; a stream is seen three times in it."""


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


def people_here(meeting: Meeting, now: datetime) -> list[Person]:
    """Who has the page of the call open now, in the order of their names; for those who may follow it. One query."""
    seen = Presence.objects.filter(meeting=meeting, seen_at__gt=now - HERE_FOR).values("person")
    return list(Person.objects.filter(pk__in=seen, is_active=True).order_by("name_key", "pk"))
