"""Slots and proposals in words of pages, and the mark by which a proposal is known again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from folkmoot.meetings.domain.fair_times import Slot
from folkmoot.meetings.fair_times_reading import Planned
from folkmoot.ui import times


def mark_of(plan: Planned) -> str:
    """What a proposal is known by between looking at it and taking it: its slots and its first day."""
    slots = ",".join(f"{'' if slot.weekday is None else slot.weekday}-{slot.at:%H%M}" for slot in plan.proposed.slots)
    return f"{plan.course.from_day.isoformat()}:{slots}"


def slot_in_words(slot: Slot, clock: str) -> str:
    """`Tuesday at 17:00`."""
    at = times.clock_words(slot.at, clock)
    if slot.weekday is None:
        return at
    return _("%(day)s at %(time)s") % {"day": WEEKDAYS[slot.weekday], "time": at}


def times_in_words(found: Sequence[time], clock: str) -> str:
    return ", ".join(times.clock_words(at, clock) for at in found)
