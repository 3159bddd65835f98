"""Each candidate against each other: how many voters prefer one to the other.

A ballot that says nothing of one of the two says nothing about the pair; it does not rank them last. That other reading
is there to be compared with, by `unranked_last`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from folkmoot.governance.domain.counting.packed import Packed, pack
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
    places = [sorted(packed.at[c].items()) for c in candidates]
    above: list[list[int]] = []
    for at in places:
        here = dict(at)
        better, row = 0, []
        for place in range(packed.last_place + 1):
            row.append(better)
            better |= here.get(place, 0)
        row.append(better)
        above.append(row)
    table = []
    for i, _ in enumerate(candidates):
        mine, line = above[i], []
        for j, at in enumerate(places):
            prefer = 0
            if i != j:
                for place, rows in at:
                    prefer |= mine[place] & rows
                if unranked_last:
                    prefer |= mine[-1] & ~above[j][-1]
            line.append(packed.weigh(prefer))
        table.append(line)
    return table
