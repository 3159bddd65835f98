"""Ranked pairs, by winning votes.

Pairs that were won are taken in order: most voters for the winner first, of equals the one with fewer for the loser.
Each is locked, unless it would close a circle with those that are. Equal pairs that stand in each other's way are a
tie. Candidates are ordered by how many stand above each one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    graph, ties = _Graph(by_name(pairs)), recorder.ties
    for (votes, against), arrows in groupby(ranked(pairs), key=lambda arrow: _strength(pairs, arrow)):
        waiting = _Waiting(graph.names, arrows)
        while waiting:
            for arrow in waiting.take(graph.up):
                recorder.events.append(Pair(*arrow, votes, -against, counts=False))
            # What is true already stands in nobody's way.
            free = waiting.take(graph.down)
            if not free and waiting:
                free = waiting.take([~circle for circle in waiting.circles(graph)])
            if not free and waiting:
                winner = ties.choose(waiting.winners, About.PAIR, stage=1)
                losers = waiting.losers(winner)
                # The rule would choose the same winner until none of their pairs waits.
                if not ties.has_rule:
                    losers = [ties.choose(losers, About.PAIR, stage=1, last=True)]
                free = waiting.take_of(winner, losers)
            for arrow in free:
                graph.lock(arrow)
                recorder.events.append(Pair(*arrow, votes, -against))
    below = {name: bits.bit_count() for name, bits in zip(graph.names, graph.down, strict=True)}
    recorder.close(Action.PAIRS, None, below)
    seat_in_order(recorder, {name: bits.bit_count() for name, bits in zip(graph.names, graph.up, strict=True)})


def _strength(pairs: Pairs, arrow: Arrow) -> tuple[int, int]:
    """What pairs are ordered by: votes for the winner, and the fewer against the better."""
    winner, loser = arrow
    return pairs[winner][loser], -pairs[loser][winner]


def ranked(pairs: Pairs) -> list[Arrow]:
    """All pairs that were won, the strongest first."""
    won = [(a, b) for a in by_name(pairs) for b in by_name(pairs[a]) if pairs[a][b] > pairs[b][a]]
    return sorted(won, key=lambda arrow: _strength(pairs, arrow), reverse=True)


class _Graph:
    """Locked pairs as bits: `down[i]` are all below the i-th name, over any number of pairs, `up[i]` all above."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.down = [0] * len(names)
        self.up = [0] * len(names)
        self._at = {name: number for number, name in enumerate(names)}

    def lock(self, arrow: Arrow) -> None:
        """Set the winner of a pair above its loser."""
        winner, loser = self._at[arrow[0]], self._at[arrow[1]]
        if self.down[winner] >> loser & 1:
            return
        above, below = self.up[winner] | 1 << winner, self.down[loser] | 1 << loser
        for number in _bits(above):
            self.down[number] |= below
        for number in _bits(below):
            self.up[number] |= above


class _Waiting:
    """Pairs of one strength that are not locked yet, as bits: the losers to each winner, and the winners to each."""

    def __init__(self, names: list[str], arrows: Iterable[Arrow]) -> None:
        self.names = names
        self._at = {name: number for number, name in enumerate(names)}
        self._losers = [0] * len(names)
        self._winners = [0] * len(names)
        for winner, loser in arrows:
            self._losers[self._at[winner]] |= 1 << self._at[loser]
            self._winners[self._at[loser]] |= 1 << self._at[winner]

    def __bool__(self) -> bool:
        return any(self._losers)

    @property
    def winners(self) -> list[str]:
        """Whose pairs wait."""
        return [name for name, losers in zip(self.names, self._losers, strict=True) if losers]

    def losers(self, winner: str) -> list[str]:
        """Against whom the pairs of one wait."""
        return [self.names[number] for number in _bits(self._losers[self._at[winner]])]

    def take(self, which: Iterable[int]) -> list[Arrow]:
        """Take out those pairs whose losers are among the bits of each winner, in the order of names."""
        taken = []
        for number, bits in enumerate(which):
            out = self._losers[number] & bits
            self._losers[number] ^= out
            for loser in _bits(out):
                self._winners[loser] ^= 1 << number
                taken.append((self.names[number], self.names[loser]))
        return taken

    def take_of(self, winner: str, losers: Iterable[str]) -> list[Arrow]:
        """Take out the pairs of one winner against these."""
        bits = [0] * len(self.names)
        for loser in losers:
            bits[self._at[winner]] |= 1 << self._at[loser]
        return self.take(bits)

    def circles(self, graph: _Graph) -> list[int]:
        """For each name all who stand on a circle with it, of locked pairs and of those that wait."""
        ways = [down | losers for down, losers in zip(graph.down, self._losers, strict=True)]
        back = [up | winners for up, winners in zip(graph.up, self._winners, strict=True)]
        found = [0] * len(ways)
        left = (1 << len(ways)) - 1
        while left:
            first = (left & -left).bit_length() - 1
            circle = _reached(ways, first, left) & _reached(back, first, left)
            for number in _bits(circle):
                found[number] = circle
            left &= ~circle
        return found


def _reached(ways: Sequence[int], first: int, among: int) -> int:
    """One, and all of these whom ways lead to from there."""
    found = new = 1 << first
    while new:
        lowest = new & -new
        added = ways[lowest.bit_length() - 1] & among & ~found
        found |= added
        new = new ^ lowest | added
    return found


def _bits(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
