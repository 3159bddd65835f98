"""Ballots in columns: for each candidate one byte a ballot, the place that the ballot gives them.

Place 1 is the most preferred, equal places share a number, 0 is no opinion. Equal ballots are one row with a weight,
and the rows have no order that anything could depend on.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import itemgetter
from typing import Final, TypeVar

from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing

MOST_CANDIDATES: Final = 200
MOST_WEIGHT: Final = 10**9
LONGEST_NAME: Final = 200
NO_VALUE: Final = -1
"""What stands in a column of values where a ballot says nothing of a candidate."""

Row = bytes
"""The places of one ballot, candidate by candidate, then the place before which its numbers first leave one out."""

Kind = TypeVar("Kind")


class Direction(StrEnum):
    """Which numbers of a file are preferred."""

    ORDER = "order"
    """The file lists candidates in order of preference; it has no numbers."""
    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True)
class Ballots:
    """All ballots of an election.

    `columns[c][row]` is a place, `weights[row]` how many voters gave this ballot. `gaps[row]` is the place before which
    the voter's numbers first leave one out, or 0. `values[c][row]` are the numbers as they stood in the file, where it
    has numbers. `withdrawn` are counted as if they had never stood. `seats` is what the file says, if it does.
    """

    candidates: tuple[str, ...]
    columns: tuple[bytes, ...]
    weights: tuple[int, ...]
    gaps: bytes = b""
    values: tuple[array[int], ...] | None = None
    direction: Direction = Direction.ORDER
    withdrawn: frozenset[str] = frozenset()
    seats: int | None = None
    title: str = ""

    @property
    def total(self) -> int:
        """How many ballots there are, also those that say nothing."""
        return sum(self.weights)

    @property
    def standing(self) -> tuple[int, ...]:
        """Places in `candidates` of those who have not withdrawn."""
        return tuple(place for place, name in enumerate(self.candidates) if name not in self.withdrawn)

    @property
    def names(self) -> tuple[str, ...]:
        """Who stands, without those who withdrew."""
        return tuple(name for name in self.candidates if name not in self.withdrawn)

    def without(self, names: Collection[str]) -> Ballots:
        """The same ballots, with some more candidates who withdrew. Refused for a name that does not stand."""
        for name in names:
            if name not in self.candidates:
                raise Refused(f"“{name}” is not among the candidates.", code="unknown_candidate")
        return replace(self, withdrawn=self.withdrawn | frozenset(names))


def named(names: Iterable[str]) -> tuple[str, ...]:
    """Names on one line each, in one form of Unicode. Refused where one is empty or twice, or they are too many."""
    plain = tuple(plain_name(name, LONGEST_NAME) for name in names)
    if not plain:
        raise Refused("There are no candidates.", code="no_candidates")
    if len(plain) > MOST_CANDIDATES:
        raise Refused(
            f"There are {len(plain)} candidates; at most {MOST_CANDIDATES} can be counted.", code="many_candidates"
        )
    seen: set[str] = set()
    for place, name in enumerate(plain, 1):
        if shows_nothing(name):
            raise Refused(f"Candidate {place} has no name.", code="no_name")
        if name in seen:
            raise Refused(f"Two candidates are called “{name}”.", code="same_name")
        seen.add(name)
    return plain


def from_rows(
    candidates: Sequence[str],
    rows: Mapping[Row, int],
    *,
    withdrawn: Collection[str] = (),
    direction: Direction = Direction.ORDER,
    seats: int | None = None,
    title: str = "",
) -> Ballots:
    """Ballots from rows of places and how often each was given; `candidates` as `named` gives them."""
    given = _heaviest_first(rows)
    columns = _columns((row for row, _ in given), len(candidates) + 1)
    return Ballots(
        candidates=tuple(candidates),
        columns=columns[:-1],
        weights=tuple(weight for _, weight in given),
        gaps=columns[-1],
        direction=direction,
        withdrawn=frozenset(withdrawn),
        seats=seats,
        title=title,
    )


def from_values(
    candidates: Sequence[str], rows: Mapping[tuple[int, ...], int], *, higher_is_better: bool, title: str = ""
) -> Ballots:
    """Ballots from rows of numbers, `NO_VALUE` where a voter has no opinion, and how often each was given."""
    given = _heaviest_first(rows)
    places = [places_of(row, higher_is_better=higher_is_better) for row, _ in given]
    columns = _columns(places, len(candidates) + 1)
    return Ballots(
        candidates=tuple(candidates),
        columns=columns[:-1],
        weights=tuple(weight for _, weight in given),
        gaps=columns[-1],
        values=tuple(array("i", (row[place] for row, _ in given)) for place in range(len(candidates))),
        direction=Direction.HIGHER if higher_is_better else Direction.LOWER,
        title=title,
    )


def _heaviest_first(rows: Mapping[Kind, int]) -> list[tuple[Kind, int]]:
    """Rows with their weights, the largest first: the binary digits of weights are short then, and quick to count."""
    return sorted(rows.items(), key=itemgetter(1), reverse=True)


def _columns(rows: Iterable[Row], width: int) -> tuple[bytes, ...]:
    """Rows as columns."""
    joined = b"".join(rows)
    return tuple(joined[place::width] for place in range(width))


def places_of(row: Sequence[int], *, higher_is_better: bool) -> Row:
    """Numbers as places without holes, and the first hole that they had. Scores have no holes."""
    said = sorted({value for value in row if value != NO_VALUE}, reverse=higher_is_better)
    place = {value: number for number, value in enumerate(said, 1)}
    gap = 0
    if not higher_is_better:
        gap = next((number for value, number in place.items() if value != number), 0)
    place[NO_VALUE] = 0
    return bytes([*(place[value] for value in row), gap])


def ranked(candidates: Sequence[str], ballots: Iterable[tuple[Sequence[Collection[str]], int]]) -> Ballots:
    """Ballots from groups of names in order of preference, those of a group being equal, each with its weight."""
    names = named(candidates)
    at = {name: place for place, name in enumerate(names)}
    rows: dict[Row, int] = {}
    for groups, weight in ballots:
        row = bytearray(len(names) + 1)
        for place, group in enumerate(groups, 1):
            for name in group:
                if name not in at:
                    raise Refused(f"“{name}” is not among the candidates.", code="unknown_candidate")
                if row[at[name]]:
                    raise Refused(f"“{name}” stands twice on one ballot.", code="named_twice")
                row[at[name]] = place
        rows[bytes(row)] = rows.get(bytes(row), 0) + weight
    return from_rows(names, rows)


def by_name(names: Iterable[str]) -> list[str]:
    """Names in an order that depends on nothing but the names."""
    return sorted(names, key=lambda name: (unicodedata.normalize("NFKD", name).casefold(), name))


def same_person(name: str) -> str:
    """A name as it is compared across files: case and spaces do not matter."""
    return re.sub(r"\s+", " ", name).strip().casefold()
