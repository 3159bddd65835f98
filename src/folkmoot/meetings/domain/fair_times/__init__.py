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
from folkmoot.meetings.domain.fair_times.planning import MOST_TURNS, Outlook, Party, Planner, Share, merge
from folkmoot.meetings.domain.fair_times.search import leximin
from folkmoot.meetings.domain.fair_times.slots import Slot, all_slots, instant
from folkmoot.meetings.domain.fair_times.words import reason, slot_words

__all__ = [
    "MOST_TURNS",
    "USUAL_HOURS",
    "USUAL_SCALE",
    "Hours",
    "Level",
    "Outlook",
    "Party",
    "Planner",
    "Scale",
    "Share",
    "Slot",
    "Span",
    "all_slots",
    "instant",
    "level_of_call",
    "leximin",
    "merge",
    "reason",
    "slot_words",
    "span",
]
