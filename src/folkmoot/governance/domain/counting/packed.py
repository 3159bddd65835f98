"""Ballots as bits: for each candidate and place one integer with a bit for every ballot row.

Python's integers hold any number of bits, and work on all of them in one go, so that a hundred thousand ballots are
moved, split and counted in microseconds, exactly, without anything beside the standard library.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from folkmoot.governance.domain.counting.ballots import Ballots

Bits = int
"""A set of ballot rows."""


def weigh(rows: Bits, planes: Sequence[tuple[int, Bits]]) -> int:
    """How many voters gave these ballots; `planes` are powers of two, each with the rows whose weight has that bit."""
    return sum([value * (rows & plane).bit_count() for value, plane in planes])


@dataclass(frozen=True)
class Packed:
    """`at[c][place]` are the rows that give candidate `c` this place; no entry where none does.

    `planes` are pairs of a power of two and the rows whose weight has that bit.
    """

    at: tuple[Mapping[int, Bits], ...]
    gaps: Mapping[int, Bits]
    planes: tuple[tuple[int, Bits], ...]
    everyone: Bits

    def weigh(self, rows: Bits) -> int:
        """How many voters gave these ballots."""
        if len(self.planes) == 1 and self.planes[0] == (1, self.everyone):
            return rows.bit_count()
        return weigh(rows, self.planes)

    @cached_property
    def last_place(self) -> int:
        """The highest place that any ballot gives."""
        return max((place for places in self.at for place in places), default=0)

    def split(self, rows: Bits, available: Iterable[int]) -> tuple[dict[int, Bits], Bits]:
        """Rows by the candidate whom they prefer among the available ones, and those that name none of them.

        Where a ballot holds two available candidates equal at that point, it goes to both; methods that know no equal
        preferences look for such ballots first.
        """
        open_to = [(candidate, self.at[candidate]) for candidate in available]
        found: dict[int, Bits] = {}
        for place in range(1, self.last_place + 1):
            taken = 0
            for candidate, places in open_to:
                here = places.get(place, 0) & rows
                if here:
                    found[candidate] = found.get(candidate, 0) | here
                    taken |= here
            rows &= ~taken
            if not rows:
                break
        return found, rows

    def equal(self, candidates: Sequence[int]) -> dict[int, Bits]:
        """For each place the rows that give it to more than one of these candidates."""
        found: dict[int, Bits] = {}
        for place in range(1, self.last_place + 1):
            once = twice = 0
            for candidate in candidates:
                here = self.at[candidate].get(place, 0)
                twice |= once & here
                once |= here
            if twice:
                found[place] = twice
        return found


def digits_of(column: bytes, digits: range) -> list[Bits]:
    """For each binary digit the rows whose byte has it.

    Eight stretches of the column lie beside each other: row `r` of stretch `s` is bit `8 * r + s`. Which bit a row has
    does not matter, as long as all columns do the same; like this it takes a few shifts of long integers.
    """
    size = -(-len(column) // 8)
    stretches = [int.from_bytes(column[place * size : (place + 1) * size], "little") for place in range(8)]
    every = int.from_bytes(b"\1" * size, "little")
    found = []
    for digit in digits:
        rows = 0
        for place, stretch in enumerate(stretches):
            rows |= (stretch >> digit & every) << place
        found.append(rows)
    return found


def bits_of(column: bytes, everyone: Bits, highest: int) -> dict[int, Bits]:
    """For each byte other than 0 the rows where it stands, parted by one binary digit after the other."""
    parts = {0: everyone}
    for digit, ones in enumerate(digits_of(column, range(highest.bit_length()))):
        found = {}
        for value, rows in parts.items():
            if with_digit := rows & ones:
                found[value | 1 << digit] = with_digit
            if without := rows & ~ones:
                found[value] = without
        parts = found
    parts.pop(0, None)
    return parts


def planes_of(weights: Sequence[int]) -> tuple[tuple[int, Bits], ...]:
    """The rows whose weight has each binary digit, beside what the digit is worth."""
    digits = max(weights, default=0).bit_length()
    if digits <= 8:
        joined, width = bytes(weights), 1
    else:
        numbers = array("Q", weights)
        if sys.byteorder == "big":
            numbers.byteswap()
        joined, width = numbers.tobytes(), numbers.itemsize
    found = []
    for byte in range(-(-digits // 8)):
        planes = digits_of(joined[byte::width], range(min(8, digits - byte * 8)))
        found += [(1 << byte * 8 + digit, rows) for digit, rows in enumerate(planes) if rows]
    return tuple(found)


def pack(ballots: Ballots) -> Packed:
    """The ballots as bits; candidates keep their places."""
    highest = min(len(ballots.candidates) + 1, 255)
    [everyone] = digits_of(b"\1" * len(ballots.weights), range(1))
    return Packed(
        at=tuple(bits_of(column, everyone, highest) for column in ballots.columns),
        gaps=bits_of(ballots.gaps, everyone, highest),
        planes=planes_of(ballots.weights),
        everyone=everyone,
    )


def consecutive(packed: Packed, candidates: Sequence[int]) -> Packed:
    """The ballots as far as their preferences follow each other: cut where two are equal or a number is left out."""
    equal = packed.equal(candidates)
    if not packed.gaps and not equal:
        return packed
    at: list[dict[int, Bits]] = [{} for _ in packed.at]
    broken = 0
    for place in range(1, packed.last_place + 1):
        broken |= packed.gaps.get(place, 0) | equal.get(place, 0)
        for candidate in candidates:
            rows = packed.at[candidate].get(place, 0) & ~broken
            if rows:
                at[candidate][place] = rows
    return Packed(at=tuple(at), gaps={}, planes=packed.planes, everyone=packed.everyone)
