"""Each candidate against each other: how many voters prefer one to the other.

A ballot that says nothing of one of the two says nothing about the pair; it does not rank them last. That other reading
is there to be compared with, by `unranked_last`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from folkmoot.governance.domain.counting.ballots import Ballots
from folkmoot.governance.domain.counting.packed import digits_of, planes_of, weigh
from folkmoot.governance.domain.counting.record import Recorder

Pairs = Mapping[str, Mapping[str, int]]
"""`pairs[a][b]`: how many voters prefer a to b."""


def pairs_of(recorder: Recorder) -> Pairs:
    """The pairs of all who stand, kept in the recorder."""
    ballots = recorder.ballots
    standing = ballots.standing
    table, recorder.invalid = preferences(ballots, standing, unranked_last=recorder.unranked_last)
    found = {
        ballots.candidates[a]: {ballots.candidates[b]: table[i][j] for j, b in enumerate(standing) if a != b}
        for i, a in enumerate(standing)
    }
    recorder.pairs = found
    return found


def preferences(
    ballots: Ballots, candidates: Sequence[int], *, unranked_last: bool = False
) -> tuple[list[list[int]], int]:
    """`table[i][j]`: how many voters prefer the i-th of these candidates to the j-th; and how many rank none of them.

    Places are compared as binary digits, the highest first, of all ballots at once.
    """
    [everyone] = digits_of(b"\1" * len(ballots.weights), range(1))
    weights = planes_of(ballots.weights)
    digits = range(min(len(ballots.candidates) + 1, 255).bit_length() - 1, -1, -1)
    planes = [digits_of(ballots.columns[candidate], digits) for candidate in candidates]
    ranked = [reduce(or_, digits_of_one, 0) for digits_of_one in planes]
    table = [[0] * len(candidates) for _ in candidates]
    for i, mine in enumerate(planes):
        for j in range(i):
            both = equal = ranked[i] & ranked[j]
            first = 0
            for a, b in zip(mine, planes[j], strict=True):
                differ = equal & (a ^ b)
                first |= differ & b
                equal ^= differ
            second = both ^ first ^ equal
            if unranked_last:
                first |= ranked[i] & ~ranked[j]
                second |= ranked[j] & ~ranked[i]
            table[i][j] = weigh(first, weights)
            table[j][i] = weigh(second, weights)
    return table, weigh(everyone & ~reduce(or_, ranked, 0), weights)
