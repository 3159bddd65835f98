"""Scottish STV, by the rules in schedule 1 of the Scottish Local Government Elections Order 2011.

The quota is a whole number, one more than the whole part of the votes divided by one more than the seats. Every
ballot of a candidate with a surplus moves on, at a transfer value with five decimals of which the rest is cut off.
The largest surplus goes first. With no surplus left, whoever has fewest votes is excluded, and their ballots move on
at the value they came with. Ties by the latest earlier stage at which the votes differed, then by lot. A ballot
counts as far as its preferences follow each other: where two are equal or a number is left out, it says nothing
more.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Final

from folkmoot.governance.domain.counting.packed import Bits, Packed, consecutive, pack
from folkmoot.governance.domain.counting.record import Action, Recorder, Transferred, Why
from folkmoot.governance.domain.counting.ties import About
from folkmoot.governance.domain.counting.transfers import displaced_next, exclude, lowest

DECIMALS: Final = 5
VOTE: Final = 10**DECIMALS


def count_scottish(recorder: Recorder) -> None:
    """Count into the recorder."""
    _Count(recorder).run()


class _Count:
    """One count: `piles[c]` are the ballots that candidate `c` holds, by the value at which they came."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        recorder.decimals = DECIMALS
        self.names = recorder.ballots.candidates
        self.standing = list(recorder.ballots.standing)
        self.packed: Packed = consecutive(pack(recorder.ballots), self.standing)
        self.piles: list[dict[int, Bits]] = [{} for _ in self.names]
        self.totals = dict.fromkeys(self.names, 0)
        self.exhausted = 0
        self.lost = 0

    def run(self) -> None:
        recorder = self.recorder
        self._first()
        while not self._is_complete():
            continuing = [self.names[c] for c in self.standing]
            if out := displaced_next(recorder, continuing):
                self._exclude(self._least(out, 0))
            elif over := [name for name in recorder.seated if self.totals[name] > (recorder.quota or 0)]:
                most = max(self.totals[name] for name in over)
                tied = [name for name in over if self.totals[name] == most]
                before = recorder.before[:-1]
                self._surplus(recorder.ties.choose(tied, About.SURPLUS, stage=len(recorder.stages), before=before))
            else:
                free = [name for name in continuing if name not in recorder.holders]
                self._exclude(self._least(free, recorder.vacancies))

    def _least(self, among: list[str], vacancies: int) -> str:
        return lowest(self.recorder, among, self.totals, vacancies)

    def _first(self) -> None:
        """First preferences and the quota."""
        recorder = self.recorder
        found, silent = self.packed.split(self.packed.everyone, self.standing)
        for candidate, rows in found.items():
            self.piles[candidate] = {VOTE: rows}
            self.totals[self.names[candidate]] = self.packed.weigh(rows) * VOTE
        recorder.invalid = self.packed.weigh(silent)
        valid = recorder.ballots.total - recorder.invalid
        recorder.quota = (valid // (recorder.seats + 1) + 1) * VOTE
        recorder.close(Action.FIRST_PREFERENCES, None, self.totals)

    def _is_complete(self) -> bool:
        """Seat whoever has the quota; then, if nobody has to be left out any more, all who are left."""
        recorder = self.recorder
        out = {event.name for event in recorder.displaced}
        at_quota = [
            name
            for c in self.standing
            if (name := self.names[c]) not in out
            and name not in recorder.holders
            and self.totals[name] >= (recorder.quota or 0)
        ]
        recorder.seat(at_quota, self.totals, Why.QUOTA)
        sure = {name for name in recorder.holders if self.totals[name] >= (recorder.quota or 0)}
        self.standing = [c for c in self.standing if self.names[c] not in sure.union(recorder.elected)]
        if not recorder.vacancies:
            return True
        left = [name for c in self.standing if (name := self.names[c]) not in recorder.holders]
        full = displaced_next(recorder, left)
        free = [name for name in left if name not in full]
        if len(free) <= recorder.vacancies:
            recorder.seat(free, self.totals, Why.LAST_SEATS)
            return True
        return False

    def _surplus(self, name: str) -> None:
        """Move all ballots of an elected candidate on, at their share of the surplus."""
        total, quota = self.totals[name], self.recorder.quota or 0
        moved = {value: (total - quota) * value // total for value in self.piles[self.names.index(name)]}
        self._move(name, moved, keeps=quota)
        self.recorder.close(Action.SURPLUS, name, self.totals, self.exhausted, self.lost)

    def _exclude(self, name: str) -> None:
        """Move all ballots of an excluded candidate on, at the value they came with."""
        candidate = self.names.index(name)
        self.standing.remove(candidate)
        exclude(self.recorder, name, self.totals[name])
        self._move(name, {value: value for value in self.piles[candidate]}, keeps=0)
        self.recorder.close(Action.EXCLUSION, name, self.totals, self.exhausted, self.lost)

    def _move(self, name: str, moved: dict[int, int], *, keeps: int) -> None:
        source = self.names.index(name)
        gained: dict[int | None, list[int]] = {}
        piles = self.piles[source]
        found, ended = self.packed.split(reduce(or_, piles.values(), 0), self.standing)
        goes_to: list[tuple[int | None, Bits]] = [*found.items(), (None, ended)]
        for value, rows in piles.items():
            worth = moved[value]
            for candidate, theirs in goes_to:
                part = theirs & rows
                if part:
                    _add(gained, candidate, self.packed.weigh(part), worth)
                    if candidate is not None:
                        pile = self.piles[candidate]
                        pile[worth] = pile.get(worth, 0) | part
        gone = self.totals[name] - keeps
        self.totals[name] = keeps
        self.piles[source] = {}
        for to, (ballots, votes) in sorted(gained.items(), key=lambda item: (item[0] is None, item[0] or 0)):
            target = None if to is None else self.names[to]
            self.recorder.events.append(Transferred(name, target, ballots, votes))
            if target is None:
                self.exhausted += votes
            else:
                self.totals[target] += votes
            gone -= votes
        self.lost += gone


def _add(gained: dict[int | None, list[int]], to: int | None, ballots: int, worth: int) -> None:
    entry = gained.setdefault(to, [0, 0])
    entry[0] += ballots
    entry[1] += ballots * worth
