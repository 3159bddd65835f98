"""Which times suit most, and how many are free when. Pure.

A call fits where it is covered from its first to its last step without a gap. The best time is the one to which most
people can come; among those the one for which fewest come only if need be; then the one that is least hard on whoever
has it hardest by their clock, then on all together; then the earliest. What overlaps with a better time is left out,
so that a list holds times that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from folkmoot.availability.domain.hours import Cell

Cost = Callable[[datetime, str], int]
"""What a call that begins at an instant costs somebody in a zone; 0 suits, more is worse."""


@dataclass(frozen=True)
class Marks:
    """What one person said: keys of cells that are free, and of those that would do if need be; and their zone."""

    free: frozenset[int]
    maybe: frozenset[int]
    zone: str


@dataclass(frozen=True)
class Found:
    """A time for the call: its first cell, and by number who is free, who comes if need be, and who cannot.

    `cost` is what it costs whoever has it hardest of those who come, `hardest` who that is (None where it costs nobody
    anything), `total` what it costs all of them.
    """

    cell: Cell
    free: tuple[int, ...]
    maybe: tuple[int, ...]
    missing: tuple[int, ...]
    cost: int
    total: int
    hardest: int | None

    @property
    def coming(self) -> int:
        return len(self.free) + len(self.maybe)

    @property
    def rank(self) -> tuple[int, int, int, int, datetime]:
        """The lower the better."""
        return (-self.coming, len(self.maybe), self.cost, self.total, self.cell.at)


class Finder:
    """Looks for times among the cells of a poll for a call of `minutes`."""

    def __init__(self, cells: Sequence[Cell], step: int, minutes: int, answers: Sequence[Marks], cost: Cost) -> None:
        self.cells, self.step, self.minutes, self.answers, self.cost = cells, step, minutes, answers, cost
        self._bit = {cell.key: 1 << number for number, cell in enumerate(cells)}
        self._free = [self._mask(marks.free) for marks in answers]
        self._able = [self._mask(marks.free | marks.maybe) for marks in answers]

    def _mask(self, keys: Collection[int]) -> int:
        return sum(self._bit[key] for key in keys if key in self._bit)

    @cached_property
    def starts(self) -> dict[int, int]:
        """The numbers of the cells at which a call could begin, and the cells that it then covers as bits."""
        several = -(-self.minutes // self.step)
        found = {}
        for number in range(len(self.cells) - several + 1):
            run = self.cells[number : number + several]
            if run[-1].at - run[0].at == timedelta(minutes=self.step * (several - 1)):
                found[number] = ((1 << several) - 1) << number
        return found

    def at(self, key: int) -> Found | None:
        """The call that begins with a cell; None where it does not fit there."""
        number = next((number for number, cell in enumerate(self.cells) if cell.key == key), None)
        return None if number is None or number not in self.starts else self._found(number)

    def best(self, most: int) -> list[Found]:
        """The best times to which anybody can come, at most so many, none of which overlaps with another."""
        taken: list[Found] = []
        lasts = timedelta(minutes=self.minutes)
        for one in sorted(map(self._found, self.starts), key=lambda one: one.rank):
            if len(taken) == most or not one.coming:
                break
            if all(abs(one.cell.at - other.cell.at) >= lasts for other in taken):
                taken.append(one)
        return taken

    def _found(self, number: int) -> Found:
        run, cell = self.starts[number], self.cells[number]
        free = tuple(who for who, mask in enumerate(self._free) if mask & run == run)
        sure = frozenset(free)
        maybe = tuple(who for who, mask in enumerate(self._able) if mask & run == run and who not in sure)
        coming = sure.union(maybe)
        costs = {who: self.cost(cell.at, self.answers[who].zone) for who in sorted(coming)}
        hardest = max(costs, key=lambda who: costs[who], default=None)
        worst = costs[hardest] if hardest is not None else 0
        return Found(
            cell=cell,
            free=free,
            maybe=maybe,
            missing=tuple(who for who in range(len(self.answers)) if who not in coming),
            cost=worst,
            total=sum(costs.values()),
            hardest=hardest if worst else None,
        )


@dataclass(frozen=True)
class Heat:
    """How many are free in a cell, and how many more would be if need be."""

    free: int
    maybe: int

    def level(self, of: int) -> int:
        """From 0 (nobody) to 5 (everybody), for the eye; who comes only if need be counts half."""
        if not of or not (self.free or self.maybe):
            return 0
        return max(1, (self.free * 2 + self.maybe) * 5 // (of * 2))


def heat(cells: Sequence[Cell], answers: Sequence[Marks]) -> dict[int, Heat]:
    """How many are free, by the key of each cell."""
    return {
        cell.key: Heat(
            sum(cell.key in marks.free for marks in answers),
            sum(cell.key in marks.maybe and cell.key not in marks.free for marks in answers),
        )
        for cell in cells
    }
