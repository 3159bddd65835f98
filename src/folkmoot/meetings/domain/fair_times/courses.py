"""From the pattern of a series to what can be planned for it, and from a proposal back to a pattern. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from folkmoot.meetings.domain.fair_times.planning import MOST_TURNS
from folkmoot.meetings.domain.fair_times.slots import Slot, all_slots
from folkmoot.meetings.domain.pattern import Pattern, Turn, pattern_of
from folkmoot.meetings.domain.plan import Plan

_AHEAD: Final = timedelta(days=366 * 6)


@dataclass(frozen=True)
class Course:
    """The coming calls of a series as a planner takes them.

    `days` are those of the calls, `today` the slots in use, in turns from the first of these days on; `slots` what may
    be chosen instead, and `most_turns` how many may take turns: one where a week or month has several calls, or none.
    `from_day` is the first day on which a change would hold.
    """

    pattern: Pattern
    days: tuple[date, ...]
    today: tuple[Slot, ...]
    slots: tuple[Slot, ...]
    most_turns: int
    from_day: date

    def changed_to(self, slots: Sequence[Slot]) -> tuple[Pattern, date]:
        """The pattern with these slots in turns, and the day of its first call."""
        lead = slots[0]
        if lead.weekday is None:
            return replace(self.pattern, turns=tuple(Turn(slot.at) for slot in slots)), self.days[0]
        turns = tuple(Turn(slot.at, _own_days(slot, lead)) for slot in slots)
        return replace(self.pattern, turns=turns, weekdays=(lead.weekday,)), lead.day(self.days[0])


def course_of(plans: Sequence[Plan], start: date, calls: int) -> Course | None:
    """The first `calls` calls from a day on; None where there is none, or where turns cannot be told apart by calls."""
    pattern = pattern_of(plans)
    if pattern is None:
        return None
    is_weekly = pattern.kind == "weeks"
    alone = _has_one_call_each(pattern)
    if len(pattern.turns) > 1 and not alone:
        return None
    coming = sorted((day, plan.at) for plan in plans for day in plan.days(start, start + _AHEAD, limit=calls))[:calls]
    if not coming:
        return None
    moves = is_weekly and alone
    today = tuple(Slot(at, day.weekday() if moves else None) for day, at in coming[: len(pattern.turns)])
    if len(coming) < len(pattern.turns):
        return None
    first = coming[0][0]
    return Course(
        pattern=pattern,
        days=tuple(day for day, _at in coming),
        today=today,
        slots=tuple(all_slots() if moves else all_slots([None])),
        most_turns=MOST_TURNS if alone else 1,
        from_day=first - timedelta(days=first.weekday()) if moves else first,
    )


def _has_one_call_each(pattern: Pattern) -> bool:
    """Whether every week or month of the pattern has one call and no more."""
    match pattern.kind:
        case "weeks":
            return all(len(turn.weekdays or pattern.weekdays) == 1 for turn in pattern.turns)
        case "nth":
            return len(pattern.weekdays) == len(pattern.nth) == 1 and pattern.nth[0] in (1, 2, 3, 4, -1)
    return len(pattern.month_days) == 1 and (pattern.month_days[0] == -1 or 0 < pattern.month_days[0] <= 28)


def _own_days(slot: Slot, lead: Slot) -> tuple[int, ...]:
    return () if slot.weekday is None or slot.weekday == lead.weekday else (slot.weekday,)
