"""Ranked pairs, by winning votes.

Pairs that were won are taken in order: most voters for the winner first, of equals the one with fewer for the loser.
Each is locked, unless it would close a circle with those that are. Equal pairs that stand in each other's way are a
tie. Candidates are ordered by how many stand above each one.
"""

from __future__ import annotations

from itertools import groupby

from folkmoot.governance.domain.counting.ballots import by_name
from folkmoot.governance.domain.counting.pairwise import Pairs, pairs_of
from folkmoot.governance.domain.counting.record import Action, Pair, Recorder
from folkmoot.governance.domain.counting.schulze import seat_in_order
from folkmoot.governance.domain.counting.ties import About

Arrow = tuple[str, str]
"""The winner and the loser of a pair."""


def count_ranked_pairs(recorder: Recorder) -> None:
    """Count into the recorder."""
    pairs = pairs_of(recorder)
    graph = _Graph(by_name(pairs))
    for (votes, against), arrows in groupby(ranked(pairs), key=lambda arrow: _strength(pairs, arrow)):
        waiting = list(arrows)
        while waiting:
            for arrow in [arrow for arrow in waiting if graph.leads(arrow[1], arrow[0])]:
                waiting.remove(arrow)
                recorder.events.append(Pair(*arrow, votes, -against, counts=False))
            if not waiting:
                break
            circle = graph.in_circles(waiting)
            free = [arrow for arrow in waiting if arrow not in circle]
            if not free:
                winner = recorder.ties.choose({arrow[0] for arrow in circle}, About.PAIR, stage=1)
                losers = [loser for first, loser in circle if first == winner]
                free = [(winner, recorder.ties.choose(losers, About.PAIR, stage=1, last=True))]
            for arrow in free:
                graph.lock(arrow)
                waiting.remove(arrow)
                recorder.events.append(Pair(*arrow, votes, -against))
    recorder.close(Action.PAIRS, None, {name: len(graph.below(name)) for name in graph.names})
    seat_in_order(recorder, {name: len(graph.above(name)) for name in graph.names})


def _strength(pairs: Pairs, arrow: Arrow) -> tuple[int, int]:
    """What pairs are ordered by: votes for the winner, and the fewer against the better."""
    winner, loser = arrow
    return pairs[winner][loser], -pairs[loser][winner]


def ranked(pairs: Pairs) -> list[Arrow]:
    """All pairs that were won, the strongest first."""
    won = [(a, b) for a in by_name(pairs) for b in by_name(pairs[a]) if pairs[a][b] > pairs[b][a]]
    return sorted(won, key=lambda arrow: _strength(pairs, arrow), reverse=True)


class _Graph:
    """Locked pairs. `_down[i]` are the bits of all below the i-th name, over any number of pairs."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self._at = {name: number for number, name in enumerate(names)}
        self._down = [0] * len(names)

    def leads(self, upper: str, lower: str) -> bool:
        """Whether one stands above the other."""
        return bool(self._down[self._at[upper]] >> self._at[lower] & 1)

    def lock(self, arrow: Arrow) -> None:
        """Set the winner of a pair above its loser."""
        _lock(self._down, self._at[arrow[0]], self._at[arrow[1]])

    def in_circles(self, arrows: list[Arrow]) -> list[Arrow]:
        """Those of the arrows that stand on a circle of locked pairs and of these."""
        down = list(self._down)
        for winner, loser in arrows:
            _lock(down, self._at[winner], self._at[loser])
        return [(winner, loser) for winner, loser in arrows if down[self._at[loser]] >> self._at[winner] & 1]

    def below(self, name: str) -> list[str]:
        """All who stand below."""
        return [other for other in self.names if self.leads(name, other)]

    def above(self, name: str) -> list[str]:
        """All who stand above."""
        return [other for other in self.names if self.leads(other, name)]


def _lock(down: list[int], upper: int, lower: int) -> None:
    if down[upper] >> lower & 1:
        return
    added = down[lower] | 1 << lower
    for number, bits in enumerate(down):
        if number == upper or bits >> upper & 1:
            down[number] |= added
