"""Fair times: what calls cost people by the clock on their wall, and the slot or rotation that spreads it best. Pure.

See `burden` for what a call costs, `planning` for what is asked and answered, `search` for how it is found exactly.
"""

from __future__ import annotations

from folkmoot.meetings.domain.fair_times.burden import (
    USUAL_HOURS,
    USUAL_SCALE,
    Hours,
    Level,
    Scale,
    Span,
    level_of_call,
    span,
)
from folkmoot.meetings.domain.fair_times.courses import Course, course_of
from folkmoot.meetings.domain.fair_times.planning import MOST_TURNS, Outlook, Party, Planner, Share, merge
from folkmoot.meetings.domain.fair_times.reasons import Reason, Why, about_proposal, about_today, reasons
from folkmoot.meetings.domain.fair_times.search import leximin
from folkmoot.meetings.domain.fair_times.slots import Slot, all_slots, instant, without_repeats
from folkmoot.meetings.domain.fair_times.words import sentence, slot_words

__all__ = [
    "MOST_TURNS",
    "USUAL_HOURS",
    "USUAL_SCALE",
    "Course",
    "Hours",
    "Level",
    "Outlook",
    "Party",
    "Planner",
    "Reason",
    "Scale",
    "Share",
    "Slot",
    "Span",
    "Why",
    "about_proposal",
    "about_today",
    "all_slots",
    "course_of",
    "instant",
    "level_of_call",
    "leximin",
    "merge",
    "reasons",
    "sentence",
    "slot_words",
    "span",
    "without_repeats",
]
