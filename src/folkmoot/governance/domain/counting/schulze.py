"""The Schulze method, by winning votes.

From each candidate to each other there are ways, over pairs that were won; a way is as strong as the weakest of its
pairs, and a pair as strong as the voters who prefer its winner. One candidate beats another whose strongest way back
is weaker. Candidates are ordered by how many beat each of them, so that those who are equal stand together.
"""

from __future__ import annotations

from folkmoot.governance.domain.counting.ballots import by_name
from folkmoot.governance.domain.counting.pairwise import Pairs, pairs_of
from folkmoot.governance.domain.counting.record import Action, Pair, Recorder, Why


def count_schulze(recorder: Recorder) -> None:
    """Count into the recorder."""
    pairs = pairs_of(recorder)
    names = by_name(pairs)
    ways = strongest_ways(pairs, names)
    beaten_by = dict.fromkeys(names, 0)
    beats = dict.fromkeys(names, 0)
    for i, a in enumerate(names):
        for j, b in enumerate(names):
            if ways[i][j] > ways[j][i]:
                beats[a] += 1
                beaten_by[b] += 1
                recorder.events.append(Pair(a, b, ways[i][j], ways[j][i]))
    recorder.close(Action.PAIRS, None, beats)
    seat_in_order(recorder, beaten_by)


def seat_in_order(recorder: Recorder, beaten_by: dict[str, int]) -> None:
    """Order all by how many beat each, and seat them in that order."""
    groups: dict[int, list[str]] = {}
    for name in by_name(beaten_by):
        groups.setdefault(beaten_by[name], []).append(name)
    recorder.order = [tuple(groups[number]) for number in sorted(groups)]
    waiting = [[name for name in group if name not in recorder.holders] for group in recorder.order]
    totals = recorder.stages[-1].totals
    recorder.seat_groups(waiting, totals, Why.ORDER)


def strongest_ways(pairs: Pairs, names: list[str]) -> list[list[int]]:
    """`ways[i][j]`: the strength of the strongest way from the i-th name to the j-th; 0 where there is none.

    Pairs are added from the strongest on: the first that connects two names is the weakest step of their strongest way.
    """
    size = len(names)
    ways = [[0] * size for _ in names]
    reached = [0] * size
    won = [(pairs[a][b], i, j) for i, a in enumerate(names) for j, b in enumerate(names) if i != j]
    won = [(votes, i, j) for votes, i, j in won if votes > pairs[names[j]][names[i]]]
    for votes, i, j in sorted(won, reverse=True):
        if reached[i] >> j & 1:
            continue
        added = reached[j] | 1 << j
        for start in range(size):
            if start == i or reached[start] >> i & 1:
                new = added & ~reached[start]
                reached[start] |= new
                while new:
                    lowest = new & -new
                    ways[start][lowest.bit_length() - 1] = votes
                    new ^= lowest
    return ways
