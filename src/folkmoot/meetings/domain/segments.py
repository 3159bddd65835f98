"""From the versions of a charter to the series that follow from them, one after another. Pure.

A version that leaves a meeting's times as they were changes nothing; one that changes them ends the series on
the day before it comes into force and begins another one on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from folkmoot.meetings.domain.plan import Plan

T = TypeVar("T")


@dataclass(frozen=True)
class Wanted(Generic[T]):
    """A meeting as one version of the charter has it: its plan, how long it lasts, and whatever else it says.

    `others` are further plans of the same meeting, where several days or times take turns.
    """

    plan: Plan
    duration: timedelta
    terms: T
    others: tuple[Plan, ...] = ()

    @property
    def plans(self) -> tuple[Plan, ...]:
        return (self.plan, *self.others)


@dataclass(frozen=True)
class Segment(Generic[T]):
    """A series from its first day to `ends_on` (None while it goes on), with what the latest version says of it."""

    plan: Plan
    duration: timedelta
    terms: T
    ends_on: date | None = None
    others: tuple[Plan, ...] = ()

    @property
    def plans(self) -> tuple[Plan, ...]:
        return (self.plan, *self.others)


@dataclass(frozen=True)
class ByHand(Generic[T]):
    """What somebody set for a meeting from a day on: `applied` turns what the charter has into what is to be.

    With `is_own` the charter has nothing of it: `applied` is given None, and may give None for a meeting that ended.
    """

    day: date
    position: int
    applied: Callable[[Wanted[T] | None], Wanted[T] | None]
    is_own: bool = False


def with_changes(
    versions: Sequence[tuple[date, Mapping[int, Wanted[T]]]], changes: Sequence[ByHand[T]]
) -> list[tuple[date, dict[int, Wanted[T]]]]:
    """The versions with what was set by hand in them, as more versions.

    A change holds until the next one, and until a version that says something else of the same meeting; one that
    leaves the meeting as it was leaves the change as well. On one day, the charter comes first.
    """
    events: list[tuple[date, int, int]] = [(day, 0, place) for place, (day, _wanted) in enumerate(versions)]
    events += [(change.day, 1, place) for place, change in enumerate(changes)]
    base: Mapping[int, Wanted[T]] = {}
    by_hand: dict[int, ByHand[T]] = {}
    found: list[tuple[date, dict[int, Wanted[T]]]] = []
    for day, kind, place in sorted(events):
        if kind == 0:
            said = versions[place][1]
            by_hand = {at: one for at, one in by_hand.items() if one.is_own or _agree(base.get(at), said.get(at), day)}
            base = said
        elif changes[place].is_own or changes[place].position in base:
            by_hand[changes[place].position] = changes[place]
        now = {**base, **{at: one.applied(base.get(at)) for at, one in by_hand.items()}}
        found.append((day, {at: one for at, one in now.items() if one is not None}))
    return found


def _agree(old: Wanted[T] | None, new: Wanted[T] | None, day: date) -> bool:
    return old is not None and new is not None and old.duration == new.duration and all_agree(new.plans, old.plans, day)


def all_agree(some: Sequence[Plan], others: Sequence[Plan], day: date) -> bool:
    """Whether plans say the same from a day on, in whatever order they stand."""
    left = [plan for plan in others if not plan.from_day(day).is_empty]
    for plan in some:
        if plan.from_day(day).is_empty:
            continue
        same = next((other for other in left if plan.agrees_with(other, day)), None)
        if same is None:
            return False
        left.remove(same)
    return not left


def segments(versions: Sequence[tuple[date, Mapping[int, Wanted[T]]]]) -> dict[int, list[Segment[T]]]:
    """By position in the charter, the series in order. `versions` are in force from their day on, oldest first.

    What the first version has begins with its own first date; what a later one brings, on its day.
    """
    found: dict[int, list[Segment[T]]] = {}
    for number, (day, wanted) in enumerate(versions):
        for position in sorted(found.keys() | wanted.keys()):
            line = found.setdefault(position, [])
            new = wanted.get(position)
            running = line[-1] if line and line[-1].ends_on is None else None
            if running and new and new.duration == running.duration and all_agree(new.plans, running.plans, day):
                line[-1] = replace(running, terms=new.terms)
                continue
            if running:
                _end(line, day - timedelta(days=1))
            if new:
                plans = [plan.from_day(day) if number else plan for plan in new.plans]
                left = [plan for plan in plans if not plan.is_empty]
                if left:
                    line.append(Segment(left[0], new.duration, new.terms, others=tuple(left[1:])))
    return found


def _end(line: list[Segment[T]], last: date) -> None:
    """End the running series; one that would never have begun is taken out."""
    running = line.pop()
    if any(plan.first <= last for plan in running.plans):
        line.append(replace(running, ends_on=last))
