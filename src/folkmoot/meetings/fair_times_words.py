"""Slots, proposals and reasons in words of pages, and the mark by which a proposal is known again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from folkmoot.meetings.domain.fair_times import Reason, Slot, sentence
from folkmoot.meetings.fair_times_reading import Planned
from folkmoot.ui import times


def mark_of(plan: Planned) -> str:
    """What a proposal is known by between looking at it and taking it: its slots and its first day."""
    slots = ",".join(f"{'' if slot.weekday is None else slot.weekday}-{slot.at:%H%M}" for slot in plan.proposed.slots)
    return f"{plan.course.from_day.isoformat()}:{slots}"


def reason_in_words(reason: Reason, clock: str) -> str:
    """Why a proposal is fairer, as a sentence in the language and by the clock of the reader."""
    return sentence(reason, _, lambda at: times.clock_words(at, clock))


def slot_in_words(slot: Slot, clock: str) -> str:
    """`Tuesday at 17:00`."""
    at = times.clock_words(slot.at, clock)
    if slot.weekday is None:
        return at
    return _("%(day)s at %(time)s") % {"day": WEEKDAYS[slot.weekday], "time": at}


def times_in_words(found: Sequence[time], clock: str) -> str:
    return ", ".join(times.clock_words(at, clock) for at in found)
