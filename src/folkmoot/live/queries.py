"""Reading the pulses of calls."""

from __future__ import annotations

from collections.abc import Collection

from folkmoot.live.models import CallPulse
from folkmoot.meetings.models import Meeting

ANYTHING = "anything"
"""Stands for changes of which it is not remembered any more what they were."""


def pulse_number(meeting: Meeting) -> int:
    """How often a call has changed so far: what a page shows beside its content, as `data-live-number`."""
    return CallPulse.objects.filter(meeting=meeting).values_list("number", flat=True).first() or 0


def numbers_of_pulses(meetings: Collection[int]) -> dict[int, int]:
    """The numbers of the calls with these keys; those that never changed are left out. One query."""
    return dict(CallPulse.objects.filter(meeting__in=meetings).values_list("meeting", "number"))


def changes_since(meeting: int, number: int) -> tuple[int, list[str]]:
    """The present number of a call, and the words for what changed after `number`, each once and in order.

    Empty where nothing has; `ANYTHING` alone where more has changed than is remembered, or where `number` has not
    been reached yet, as it may be after a copy of the database was brought back.
    """
    held = CallPulse.objects.filter(meeting=meeting).first()
    now = held.number if held is not None else 0
    if held is None or now == number:
        return now, [] if now == number else [ANYTHING]
    later = [(counted, what) for counted, what in held.lately if counted > number]
    if number > now or len(later) < now - number:
        return now, [ANYTHING]
    return now, list(dict.fromkeys(what for _counted, what in later))
