"""Meek STV, by the reference rule of the Proportional Representation Foundation, with nine decimals.

Everybody elected keeps a share of each ballot that reaches them, and the rest goes on to whom the ballot names next.
The shares are lowered step by step until everybody elected has just the quota, which itself falls as ballots run
out. Products are rounded up, the quota is rounded down and one smallest unit added. When the surplus is below a
millionth of a vote, or no longer falls, whoever has fewest votes is excluded; whoever is within the surplus of the
lowest is tied with them. Equal preferences have no rule and are refused; numbers left out are closed up.

Ballots that name the same elected candidates in the same order before the same other are one line: the steps work on
a few lines rather than on every ballot, and all of it in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from folkmoot.governance.domain.counting.ballots import by_name
from folkmoot.governance.domain.counting.packed import Bits, pack
from folkmoot.governance.domain.counting.record import Action, Recorder, Why
from folkmoot.governance.domain.counting.ties import About
from folkmoot.governance.domain.counting.transfers import displaced_next, excludable, exclude, refuse_equals

DECIMALS: Final = 9
VOTE: Final = 10**DECIMALS
OMEGA: Final = VOTE // 10**6

Line = tuple[tuple[int, ...], int | None, int]
"""Elected candidates in the order in which ballots name them, then the first other one, and how many ballots."""


def count_meek(recorder: Recorder) -> None:
    """Count into the recorder."""
    _Count(recorder).run()


class _Count:
    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        recorder.decimals = DECIMALS
        self.names = recorder.ballots.candidates
        self.packed = pack(recorder.ballots)
        refuse_equals(recorder.ballots, self.packed, "Meek STV")
        self.hopeful = list(recorder.ballots.standing)
        self.keeping: list[int] = []
        self.keep = dict.fromkeys(self.hopeful, VOTE)
        _, silent = self.packed.split(self.packed.everyone, self.hopeful)
        recorder.invalid = self.packed.weigh(silent)
        self.valid = recorder.ballots.total - recorder.invalid
        self.voting = self.packed.everyone & ~silent
        self.votes: dict[int, int] = {}
        self.surplus = 0

    def run(self) -> None:
        recorder = self.recorder
        action, subject = Action.FIRST_PREFERENCES, None
        while True:
            is_over = self._iterate(action, subject)
            if is_over or self._is_complete():
                return
            if recorder.elected and recorder.stages[-1].elected:
                action, subject = Action.KEPT_SHARES, None
                if not displaced_next(recorder, self._others()):
                    continue
            out = displaced_next(recorder, self._others())
            loser = self._lowest(out) if out else self._lowest(self._others())
            candidate = self.names.index(loser)
            self.hopeful.remove(candidate)
            exclude(recorder, loser, self.votes[candidate])
            action, subject = Action.EXCLUSION, loser

    def _others(self) -> list[str]:
        """Who is hopeful and not sure of a seat already."""
        return [self.names[c] for c in self.hopeful if self.names[c] not in self.recorder.holders]

    def _iterate(self, action: Action, subject: str | None) -> bool:
        """Lower the shares until somebody is elected or nothing moves; one stage. Whether all seats are filled."""
        recorder = self.recorder
        lines = self._lines()
        last: int | None = None
        while True:
            recorder.patience()
            self._distribute(lines)
            quota = sum(self.votes.values()) // (recorder.seats + 1) + 1
            recorder.quota = quota
            over = [c for c in self.hopeful if self.votes[c] >= quota]
            held = [c for c in over if self.names[c] in recorder.holders]
            out = {event.name for event in recorder.displaced}
            free = [self.names[c] for c in over if c not in held and self.names[c] not in out]
            self.surplus = max(0, sum(self.votes[c] - quota for c in [*self.keeping, *over]))
            if held or free:
                self._close(action, subject)
                recorder.seat(free, self._totals(), Why.QUOTA)
                for c in over:
                    if c in held or self.names[c] in recorder.elected:
                        self.hopeful.remove(c)
                        self.keeping.append(c)
                if held and not recorder.stages[-1].elected and recorder.vacancies:
                    action, subject, lines, last = Action.KEPT_SHARES, None, self._lines(), None
                    continue
                return not recorder.vacancies
            if self.surplus < OMEGA or (last is not None and self.surplus >= last):
                self._close(action, subject)
                return False
            last = self.surplus
            for c in self.keeping:
                self.keep[c] = _up(_up(self.keep[c] * quota, VOTE) * VOTE, self.votes[c])

    def _is_complete(self) -> bool:
        """Whether those who are left can all be seated; then they are."""
        recorder = self.recorder
        out = displaced_next(recorder, self._others()) if recorder.vacancies else []
        free = [name for name in self._others() if name not in out]
        if recorder.vacancies and len(free) <= recorder.vacancies:
            recorder.seat(free, self._totals(), Why.LAST_SEATS)
            return True
        return not recorder.vacancies

    def _lowest(self, among: Sequence[str]) -> str:
        """Who is excluded: fewest votes, those within the surplus of the lowest being tied."""
        totals = self._totals()
        among = excludable(self.recorder, list(among), totals)
        fewest = min(totals[name] for name in among)
        tied = [name for name in among if totals[name] <= fewest + self.surplus]
        no_votes = fewest == self.surplus == 0 and not self.recorder.cap.affiliations
        if no_votes and len(among) - len(tied) >= self.recorder.vacancies:
            return by_name(tied)[0]
        stage = len(self.recorder.stages)
        return self.recorder.ties.choose(tied, About.EXCLUSION, stage=stage, last=True)

    def _lines(self) -> list[Line]:
        """The ballots by whom they name, as far as it matters now."""
        hopeful = set(self.hopeful)
        found: list[Line] = []

        def follow(rows: Bits, path: tuple[int, ...], open_to: list[int]) -> None:
            parts, ended = self.packed.split(rows, open_to)
            for candidate, part in parts.items():
                if candidate in hopeful:
                    found.append((path, candidate, self.packed.weigh(part)))
                else:
                    follow(part, (*path, candidate), [c for c in open_to if c != candidate])
            if ended:
                found.append((path, None, self.packed.weigh(ended)))

        follow(self.voting, (), [*self.keeping, *self.hopeful])
        return found

    def _distribute(self, lines: Sequence[Line]) -> None:
        """Give each candidate what they keep of the ballots, at the present shares."""
        votes = dict.fromkeys([*self.keeping, *self.hopeful], 0)
        keep = self.keep
        for path, end, ballots in lines:
            left = VOTE
            for candidate in path:
                kept = -(-left * keep[candidate] // VOTE)
                votes[candidate] += kept * ballots
                left -= kept
            if end is not None:
                votes[end] += left * ballots
        self.votes = votes

    def _totals(self) -> dict[str, int]:
        return {name: self.votes.get(c, 0) for c, name in enumerate(self.names)}

    def _close(self, action: Action, subject: str | None) -> None:
        totals = self._totals()
        exhausted = self.valid * VOTE - sum(totals.values())
        self.recorder.close(action, subject, totals, exhausted)


def _up(number: int, by: int) -> int:
    """Divided, and rounded up."""
    return -(-number // by)
