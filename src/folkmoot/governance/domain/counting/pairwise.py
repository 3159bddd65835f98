"""Each candidate against each other: how many voters prefer one to the other.

A ballot that says nothing of one of the two says nothing about the pair; it does not rank them last. That other reading
is there to be compared with, by `unranked_last`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from folkmoot.governance.domain.counting.packed import Bits, Packed, pack
from folkmoot.governance.domain.counting.record import Recorder

Pairs = Mapping[str, Mapping[str, int]]
"""`pairs[a][b]`: how many voters prefer a to b."""


def pairs_of(recorder: Recorder) -> Pairs:
    """The pairs of all who stand, kept in the recorder."""
    ballots = recorder.ballots
    packed = pack(ballots)
    standing = ballots.standing
    table = preferences(packed, standing, unranked_last=recorder.unranked_last)
    found = {
        ballots.candidates[a]: {ballots.candidates[b]: table[i][j] for j, b in enumerate(standing) if a != b}
        for i, a in enumerate(standing)
    }
    recorder.pairs = found
    silent = packed.everyone
    for candidate in standing:
        for rows in packed.at[candidate].values():
            silent &= ~rows
    recorder.invalid = packed.weigh(silent)
    return found


def preferences(packed: Packed, candidates: Sequence[int], *, unranked_last: bool = False) -> list[list[int]]:
    """`table[i][j]`: how many voters prefer the i-th of these candidates to the j-th."""
    planes, ranked = _binary(packed, candidates)
    table = [[0] * len(candidates) for _ in candidates]
    for i, mine in enumerate(planes):
        for j in range(i):
            first, equal = 0, ranked[i] & ranked[j]
            for a, b in zip(mine, planes[j], strict=True):
                differ = equal & (a ^ b)
                first |= differ & b
                equal ^= differ
            both = ranked[i] & ranked[j]
            second = both & ~first & ~equal
            if unranked_last:
                first |= ranked[i] & ~ranked[j]
                second |= ranked[j] & ~ranked[i]
            table[i][j] = packed.weigh(first)
            table[j][i] = packed.weigh(second)
    return table


def _binary(packed: Packed, candidates: Sequence[int]) -> tuple[list[list[Bits]], list[Bits]]:
    """For each candidate the rows whose place has each binary digit, the highest first; and the rows that rank them."""
    digits = range(packed.last_place.bit_length() - 1, -1, -1)
    planes = []
    ranked = []
    for candidate in candidates:
        rows = [0 for _ in digits]
        everyone = 0
        for place, here in packed.at[candidate].items():
            everyone |= here
            for number, digit in enumerate(digits):
                if place >> digit & 1:
                    rows[number] |= here
        planes.append(rows)
        ranked.append(everyone)
    return planes, ranked
