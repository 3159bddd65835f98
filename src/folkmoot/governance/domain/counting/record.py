"""The record of a count: stages with what happened in each, as data. Tables, stories and checks are made from it.

All numbers of votes are whole numbers of the smallest unit, of which a vote has `10 ** decimals`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from folkmoot.decisions.domain.amounts import HALF, Of
from folkmoot.decisions.domain.tally import Result as Outcome
from folkmoot.decisions.domain.thresholds import Quorum
from folkmoot.governance.domain.counting.ballots import Ballots, Direction, by_name
from folkmoot.governance.domain.counting.ties import About, OpenTie, Tie, Ties


class Action(StrEnum):
    """What a stage did."""

    FIRST_PREFERENCES = "first_preferences"
    SURPLUS = "surplus"
    EXCLUSION = "exclusion"
    KEPT_SHARES = "kept_shares"
    """Meek: the elected keep less of each ballot, the rest goes on."""
    PAIRS = "pairs"
    SCORES = "scores"
    RUNOFF = "runoff"


class Why(StrEnum):
    """Why somebody was elected."""

    QUOTA = "quota"
    MAJORITY = "majority"
    LAST_SEATS = "last_seats"
    ORDER = "order"


@dataclass(frozen=True)
class Elected:
    name: str
    votes: int
    why: Why


@dataclass(frozen=True)
class Transferred:
    """Votes that went from one candidate to another; to None where the ballots name nobody else who is left."""

    source: str
    to: str | None
    ballots: int
    votes: int


@dataclass(frozen=True)
class Excluded:
    name: str
    votes: int


@dataclass(frozen=True)
class Displaced:
    """Kept from a seat because enough others of the same affiliation have one."""

    name: str
    affiliation: str
    votes: int


@dataclass(frozen=True)
class Pair:
    """One candidate against another: votes for the first and against. `counts`: whether the method went by it.

    Schulze: the strength of the strongest way from one to the other, and back. Ranked pairs: the voters of each.
    """

    winner: str
    loser: str
    votes: int
    against: int
    counts: bool = True


@dataclass(frozen=True)
class Guarded:
    """Not excluded, though lowest: with the caps, a seat would have stayed empty."""

    name: str
    votes: int


Event = Elected | Transferred | Excluded | Displaced | Guarded | Pair


@dataclass(frozen=True)
class Stage:
    """One stage: what it did, with whom, what happened, and what everybody had at its end.

    `exhausted` are votes whose ballots name nobody who is left, `lost` what was cut off by rounding (negative where the
    method rounds up). `quota` is the one that held at this stage.
    """

    number: int
    action: Action
    subject: str | None
    totals: Mapping[str, int]
    exhausted: int
    lost: int
    quota: int | None
    events: tuple[Event, ...]

    @property
    def elected(self) -> tuple[str, ...]:
        return tuple(event.name for event in self.events if isinstance(event, Elected))

    @property
    def excluded(self) -> tuple[str, ...]:
        return tuple(event.name for event in self.events if isinstance(event, Excluded))


@dataclass(frozen=True)
class Verdict:
    """What became of the question: `yes` out of `base`, of which `needed` had to agree; `there` out of `quorum`."""

    result: Outcome
    yes: int
    base: int
    needed: int
    there: int
    quorum: int


@dataclass(frozen=True)
class Result:
    """What became of a count.

    `elected` in order of election. `order` are all candidates, groups of equals together, as far as the method orders
    them. `open_tie` is the tie at which the count had to stop. `invalid` ballots are those the method cannot count.
    `holders` kept their seats in a count for a vacancy. `pairs[a][b]` voters prefer a to b, where the method asks it.
    `verdict` is what became of a question.
    """

    method: str
    seats: int
    candidates: tuple[str, ...]
    ballots: int
    invalid: int
    quota: int | None
    decimals: int
    direction: Direction
    elected: tuple[str, ...]
    order: tuple[tuple[str, ...], ...]
    ties: tuple[Tie, ...]
    stages: tuple[Stage, ...]
    displaced: tuple[Displaced, ...] = ()
    withdrawn: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    terms: Mapping[str, int] = field(default_factory=dict)
    pairs: Mapping[str, Mapping[str, int]] | None = None
    open_tie: Tie | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Cap:
    """At most `most` of one affiliation among all who hold seats. Who has none is not limited."""

    most: int
    affiliations: Mapping[str, str]

    def is_full(self, name: str, seated: Collection[str]) -> bool:
        """Whether nobody more of this one's affiliation can be seated."""
        own = self.affiliations.get(name)
        return own is not None and sum(self.affiliations.get(other) == own for other in seated) >= self.most

    def fillable(self, names: Collection[str], seated: Collection[str]) -> int:
        """How many more seats can be filled from these."""
        left = dict.fromkeys(self.affiliations.values(), self.most)
        for name in seated:
            if own := self.affiliations.get(name):
                left[own] -= 1
        waiting = Counter(self.affiliations.get(name) for name in names)
        return sum(many if own is None else max(0, min(many, left[own])) for own, many in waiting.items())


NO_CAP = Cap(most=0, affiliations={})


NO_QUORUM = Quorum(count=0)


@dataclass(frozen=True)
class Asked:
    """What a question needs: this share of `of` agrees (more than it, with `more`), and so many take part.

    `members` is how many may vote; None where nobody said, and then a share of them cannot be asked for.
    """

    threshold: Fraction = HALF
    more: bool = True
    of: Of = Of.CAST
    quorum: Quorum = NO_QUORUM
    members: int | None = None


ANY_MAJORITY = Asked()


Patience = Callable[[], None]
"""What a count asks again and again as it goes on; it is refused where this raises Refused."""


def endless() -> None:
    """The patience of whoever waits as long as it takes."""


@dataclass
class Recorder:
    """A count as it goes on: what every method writes into."""

    method: str
    ballots: Ballots
    seats: int
    ties: Ties
    cap: Cap = NO_CAP
    holders: tuple[str, ...] = ()
    unranked_last: bool = False
    asked: Asked = ANY_MAJORITY
    patience: Patience = endless
    decimals: int = 0
    quota: int | None = None
    invalid: int = 0
    elected: list[str] = field(default_factory=list)
    order: list[tuple[str, ...]] = field(default_factory=list)
    displaced: list[Displaced] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    pairs: Mapping[str, Mapping[str, int]] | None = None
    verdict: Verdict | None = None

    @property
    def vacancies(self) -> int:
        """How many seats are left."""
        return max(0, self.seats - len(self.holders) - len(self.elected))

    @property
    def seated(self) -> tuple[str, ...]:
        return (*self.holders, *self.elected)

    @property
    def number(self) -> int:
        """The number of the stage that is going on."""
        return len(self.stages) + 1

    @property
    def before(self) -> list[Mapping[str, int]]:
        """The totals of the stages that are over, the latest last."""
        return [stage.totals for stage in self.stages]

    def close(
        self, action: Action, subject: str | None, totals: Mapping[str, int], exhausted: int = 0, lost: int = 0
    ) -> None:
        """End a stage."""
        self.patience()
        full = {name: totals.get(name, 0) for name in self.ballots.candidates}
        self.stages.append(Stage(self.number, action, subject, full, exhausted, lost, self.quota, tuple(self.events)))
        self.events.clear()

    def add_to_last(self, events: Iterable[Event]) -> None:
        """Tell what the end of the latest stage brought: the method decides by what everybody had then."""
        last = self.stages[-1]
        self.stages[-1] = Stage(
            last.number, last.action, last.subject, last.totals, last.exhausted, last.lost, last.quota,
            (*last.events, *events),
        )  # fmt: skip

    def seat(self, names: Iterable[str], totals: Mapping[str, int], why: Why) -> None:
        """Seat those who have won at the end of the latest stage, those with most votes first, and order them so."""
        self.order += self.seat_groups(self.by_votes(names, totals), totals, why, self.before[:-1])

    def seat_groups(
        self, groups: Iterable[Sequence[str]], totals: Mapping[str, int], why: Why,
        before: Sequence[Mapping[str, int]] = (),
    ) -> list[tuple[str, ...]]:  # fmt: skip
        """Seat groups of equals in turn, as many as there are seats and their affiliations may have; groups of these.

        Who would have had a seat but for the cap is displaced. Where not all of a group can be seated, it is a tie.
        """
        found = []
        for group in groups:
            waiting = list(group)
            seated: list[str] = []
            while waiting and self.vacancies:
                for name in [name for name in waiting if self.cap.is_full(name, self.seated)]:
                    waiting.remove(name)
                    self.displace(name, totals[name])
                if waiting:
                    chosen = self.next_of(waiting, before)
                    self.elected.append(chosen)
                    seated.append(chosen)
                    waiting.remove(chosen)
            if seated:
                found.append(tuple(by_name(seated)))
                self.add_to_last(Elected(name, totals[name], why) for name in seated)
        return found

    def next_of(self, free: Sequence[str], before: Sequence[Mapping[str, int]]) -> str:
        """The next of equals to be seated: a tie only where not all of them can be seated, or terms differ."""
        contested = len(free) > self.vacancies or any(
            self.cap.is_full(one, (*self.seated, *(name for name in free if name != one))) for one in free
        )
        if not contested:
            return by_name(free)[0]
        return self.ties.choose(free, About.SEAT, stage=len(self.stages), before=before)

    def displace(self, name: str, votes: int) -> None:
        """Note that somebody is kept out by the cap."""
        event = Displaced(name, self.cap.affiliations.get(name, ""), votes)
        self.displaced.append(event)
        if self.stages:
            self.add_to_last([event])

    def by_votes(self, names: Iterable[str], totals: Mapping[str, int]) -> list[list[str]]:
        """Groups of equals, those with most votes first; equal ones parted by earlier stages where these differ."""
        history = [totals, *reversed(self.before[:-1])]
        groups: dict[tuple[int, ...], list[str]] = {}
        for name in names:
            groups.setdefault(tuple(each[name] for each in history), []).append(name)
        return [by_name(groups[key]) for key in sorted(groups, reverse=True)]

    def result(self, left: OpenTie | None = None) -> Result:
        """What became of it; with a tie at which it had to stop."""
        told = {name for group in self.order for name in group}
        behind = [name for name in reversed(self.excluded) if name not in told]
        rest = [
            name for name in self.ballots.names if name not in told and name not in behind and name not in self.holders
        ]
        order = [*self.order]
        if rest:
            totals = self.stages[-1].totals if self.stages else dict.fromkeys(rest, 0)
            order += [tuple(group) for group in self.by_votes(rest, totals)]
        order += [(name,) for name in behind]
        tie = None if left is None else Tie(left.options, left.about, None, None, left.stage)
        return Result(
            method=self.method,
            seats=self.seats,
            candidates=self.ballots.candidates,
            ballots=self.ballots.total,
            invalid=self.invalid,
            quota=self.quota,
            decimals=self.decimals,
            direction=self.ballots.direction,
            elected=tuple(self.elected),
            order=tuple(order),
            ties=(*self.ties.met, *((tie,) if tie else ())),
            stages=tuple(self.stages),
            displaced=tuple(self.displaced),
            withdrawn=tuple(name for name in self.ballots.candidates if name in self.ballots.withdrawn),
            holders=self.holders,
            pairs=self.pairs,
            open_tie=tie,
            verdict=self.verdict,
        )
