"""Agendas as lists of things that take time: their order, their sum, and two people's wordings of one item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sum:
    """The minutes of an agenda beside the length of the call, both whole."""

    minutes: int
    length: int

    @property
    def left(self) -> int:
        """Minutes that are free; never below 0."""
        return max(0, self.length - self.minutes)

    @property
    def over(self) -> int:
        """Minutes beyond the call's length; never below 0."""
        return max(0, self.minutes - self.length)


def moved(order: Sequence[int], item: int, place: int) -> list[int]:
    """The order with one item at another place, counted from 0; a place beyond either end is that end."""
    others = [one for one in order if one != item]
    if len(others) == len(order):
        return others
    where = max(0, min(place, len(others)))
    return [*others[:where], item, *others[where:]]


def is_same_set(order: Sequence[int], present: Sequence[int]) -> bool:
    """Whether an order names everything that is there, once, and nothing else."""
    return len(order) == len(present) and set(order) == set(present)


def joined(wanted: Sequence[int], present: Sequence[int]) -> list[int]:
    """An order that was wanted, brought up to what is there now: what is gone falls out, what is new comes last."""
    here = set(present)
    kept = [one for one in dict.fromkeys(wanted) if one in here]
    return [*kept, *(one for one in present if one not in set(kept))]


def place_for_new(closing: Iterable[bool]) -> int:
    """Where a new item goes in a list of which some close the call (True): before the last run of those."""
    marks = list(closing)
    place = len(marks)
    while place and marks[place - 1]:
        place -= 1
    return place


@dataclass(frozen=True)
class Wording:
    """One field of which there are two wordings: what it said when it was opened, what it says now, what was typed."""

    seen: str
    theirs: str
    mine: str

    @property
    def is_contested(self) -> bool:
        """Whether both have changed it, in different ways."""
        return self.seen not in (self.mine, self.theirs) and self.mine != self.theirs

    @property
    def chosen(self) -> str:
        """What to begin with: whatever was changed; where both were, what was typed."""
        return self.theirs if self.mine == self.seen else self.mine


def wordings(seen: Mapping[str, str], theirs: Mapping[str, str], mine: Mapping[str, str]) -> dict[str, Wording]:
    """For every field of `mine`: both wordings. A field of which it is not known what was seen is taken as changed."""
    return {
        name: Wording(seen.get(name, theirs.get(name, "")), theirs.get(name, ""), words) for name, words in mine.items()
    }
