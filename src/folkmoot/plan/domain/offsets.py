"""Dating the steps of a checklist from one day, also when it is started late. Pure; days are calendar days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FURTHEST = 3650
"""Offsets and minimum periods of more than ten years are a slip of the keyboard."""


@dataclass(frozen=True)
class Timing:
    """When one step should be: `offset` days from the anchor, and at least `minimum` days after the step before."""

    offset: int
    minimum: int = 0


class Trouble(StrEnum):
    """What does not work out."""

    LATER = "later"
    """The step comes later than it should, since there is too little time before it."""
    PAST_ANCHOR = "past_anchor"
    """The step should be before the anchor (or on it) and cannot be any more."""


@dataclass(frozen=True)
class Problem:
    """The step at `place` in the list should be on `wanted` and can be on `due` at the earliest."""

    place: int
    trouble: Trouble
    wanted: date
    due: date


@dataclass(frozen=True)
class Schedule:
    """A day for each step, in the order in which the steps were given, and what does not work out."""

    dates: tuple[date, ...]
    problems: tuple[Problem, ...]

    @property
    def is_possible(self) -> bool:
        return not any(problem.trouble == Trouble.PAST_ANCHOR for problem in self.problems)


def schedule(lines: Sequence[Timing], anchor: date, started_on: date) -> Schedule:
    """The days of all steps, when the list begins on `started_on`.

    The steps follow one another by their offsets (in the given order where these are the same). Each is on its own
    day, `offset` from the anchor, unless it would then be before the list begins, before a step that comes earlier,
    or less than its `minimum` after that step (or after the beginning): then it is on the first day that is not.
    """
    dates: dict[int, date] = {}
    problems: list[Problem] = []
    before = started_on
    for place in sorted(range(len(lines)), key=lambda at: (lines[at].offset, at)):
        timing = lines[place]
        wanted = anchor + timedelta(days=timing.offset)
        due = max(wanted, before + timedelta(days=timing.minimum))
        if due != wanted:
            missed = timing.offset <= 0 and due > anchor
            problems.append(Problem(place, Trouble.PAST_ANCHOR if missed else Trouble.LATER, wanted, due))
        dates[place] = before = due
    return Schedule(tuple(dates[place] for place in range(len(lines))), tuple(problems))
