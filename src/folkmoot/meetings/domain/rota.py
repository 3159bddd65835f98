"""Who is next: a fair proposal for the call roles of the coming calls, and why. Pure.

The least served in the past year come first, measured by how long they have been willing, so that somebody new is not
sent ahead of everybody for months. Where several are equal, the call should be in their waking hours, then whoever
has waited longest comes first. Nobody has two roles at one call while there are enough people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from folkmoot.kit import zones

LOOKED_BACK = timedelta(days=365)
WAKING = (time(7), time(22))


@dataclass(frozen=True)
class Willing:
    """A person who can take turns in a role, since a day; both by their keys."""

    person: int
    role: int
    since: date


@dataclass(frozen=True)
class Served:
    """A turn that somebody had, or has taken already, on the day of its call."""

    person: int
    role: int
    on: date


@dataclass(frozen=True)
class Call:
    """A coming call: its roles that are open, who has another one there, and who (role, person) is not asked again."""

    key: int
    starts_at: datetime
    on: date
    open_roles: tuple[int, ...]
    busy: frozenset[int] = frozenset()
    not_again: frozenset[tuple[int, int]] = frozenset()


class Why(StrEnum):
    """Why somebody is next; the first that holds."""

    FIRST = "first"
    """They have not had this role yet."""
    LONGEST = "longest"
    """Their last turn is longest ago of those willing."""
    FEWEST = "fewest"
    """They have had the fewest turns for as long as they have been willing."""
    FREE = "free"
    """Those before them have another role at this call, or were asked."""


@dataclass(frozen=True)
class Proposal:
    """Somebody for a role at a call.

    `last_on` is their last turn in it before this call, `local` the time on their clock (None where their zone is not
    known), `is_comfortable` whether they are likely to be awake. `twice`: they have another role there, since too few
    are willing.
    """

    call: int
    role: int
    person: int
    why: Why
    last_on: date | None
    local: time | None
    is_comfortable: bool
    twice: bool


@dataclass
class _Book:
    """Who is willing, and who has served when; proposals are entered as they are made."""

    willing: Mapping[int, Mapping[int, date]]
    turns: dict[tuple[int, int], list[date]] = field(default_factory=dict)

    def last(self, person: int, role: int, before: date) -> date | None:
        return max((day for day in self.turns.get((person, role), ()) if day < before), default=None)

    def share(self, person: int, role: int, on: date) -> Fraction:
        """Turns for each day on which they were willing, in the year before a day."""
        return Fraction(self._count(person, role, on), self._days(self.willing[role][person], on))

    def share_of_all(self, person: int, on: date) -> Fraction:
        since = min(people[person] for people in self.willing.values() if person in people)
        return Fraction(sum(self._count(person, role, on) for role in self.willing), self._days(since, on))

    def _count(self, person: int, role: int, on: date) -> int:
        return sum(abs(on - day) <= LOOKED_BACK for day in self.turns.get((person, role), ()))

    @staticmethod
    def _days(since: date, on: date) -> int:
        return max(1, (on - max(since, on - LOOKED_BACK)).days)


def propose(
    calls: Iterable[Call], willing: Iterable[Willing], served: Iterable[Served], zones_of: Mapping[int, str]
) -> list[Proposal]:
    """Somebody for each open role of these calls, as far as there are people, the earliest call first.

    Each call counts what was proposed for those before it. `zones_of` names the zone of each person where it is known.
    """
    by_role: dict[int, dict[int, date]] = {}
    for one in willing:
        by_role.setdefault(one.role, {})[one.person] = one.since
    book = _Book(by_role)
    for turn in served:
        book.turns.setdefault((turn.person, turn.role), []).append(turn.on)
    proposals: list[Proposal] = []
    for call in sorted(calls, key=lambda one: (one.starts_at, one.key)):
        for proposal in _for_call(call, book, zones_of):
            book.turns.setdefault((proposal.person, proposal.role), []).append(call.on)
            proposals.append(proposal)
    return proposals


def _for_call(call: Call, book: _Book, zones_of: Mapping[int, str]) -> list[Proposal]:
    able = {
        role: sorted(one for one in book.willing.get(role, {}) if (role, one) not in call.not_again)
        for role in call.open_roles
    }
    people = sorted({one for those in able.values() for one in those})
    clocks = {one: _clock(call.starts_at, zones_of.get(one, "")) for one in people}
    of_all = _ranks({one: book.share_of_all(one, call.on) for one in people})
    order = {role: _order(call, role, able[role], people, book, of_all, clocks) for role in call.open_roles}
    chosen = _assign({role: {one: cost for one, cost in order[role].items() if one not in call.busy} for role in order})
    found = []
    for role in call.open_roles:
        twice = role not in chosen
        if twice and not able[role]:
            continue
        person = chosen[role] if not twice else min(able[role], key=lambda one: order[role][one])
        local = clocks[person]
        found.append(
            Proposal(
                call=call.key,
                role=role,
                person=person,
                why=_why(call, role, person, book),
                last_on=book.last(person, role, call.on),
                local=local,
                is_comfortable=is_waking(local),
                twice=twice,
            )
        )
    return found


def _order(
    call: Call,
    role: int,
    able: Sequence[int],
    people: Sequence[int],
    book: _Book,
    of_all: Mapping[int, int],
    clocks: Mapping[int, time | None],
) -> dict[int, int]:
    """A cost for each person in a role: what weighs more stands in a higher digit, so that sums compare as well.

    After the turns in this role come those in all roles: so whoever is behind in several is not left until they are
    due in two at the same call.
    """
    shares = _ranks({one: book.share(one, role, call.on) for one in able})
    lasts = _ranks({one: book.last(one, role, call.on) or date.min for one in able})
    places = {one: place for place, one in enumerate(people)}
    base = (len(people) + 1) * (len(call.open_roles) + 1)
    costs = {}
    for one in able:
        cost = 0
        for digit in (shares[one], of_all[one], int(not is_waking(clocks[one])), lasts[one], places[one]):
            cost = cost * base + digit
        costs[one] = cost
    return costs


T = TypeVar("T", Fraction, date)


def _ranks(values: Mapping[int, T]) -> dict[int, int]:
    """The place of each value among them, from 0; equal values have the same."""
    places = {value: place for place, value in enumerate(sorted(set(values.values())))}
    return {key: places[value] for key, value in values.items()}


def _why(call: Call, role: int, person: int, book: _Book) -> Why:
    last = book.last(person, role, call.on)
    if last is None:
        return Why.FIRST
    others = [one for one in book.willing[role] if one != person]
    lasts = [book.last(one, role, call.on) for one in others]
    if all(one is not None and one >= last for one in lasts):
        return Why.LONGEST
    share = book.share(person, role, call.on)
    return Why.FEWEST if all(book.share(one, role, call.on) >= share for one in others) else Why.FREE


def _clock(instant: datetime, zone: str) -> time | None:
    return instant.astimezone(zones.zone(zone)).time() if zone else None


def is_waking(local: time | None) -> bool:
    """Whether a call begins when most people are awake; a clock that is not known speaks against nobody."""
    return local is None or WAKING[0] <= local < WAKING[1]


def _assign(costs: Mapping[int, Mapping[int, int]]) -> dict[int, int]:
    """A person for as many roles as can be, the first ones first, each in one at most, at the least cost altogether.

    Roles are given somebody one after the other; a later one may move an earlier one to its next best, by the cheapest
    way there is (successive shortest paths, which keep the whole at the least cost).
    """
    holder: dict[int, int] = {}  # who → role
    for start in costs:
        best: dict[int, tuple[int, int]] = {}  # person → cost of the way there, and the role before them
        reached = {start: 0}
        changed = True
        while changed:
            changed = False
            for role in list(reached):
                for person, cost in costs[role].items():
                    if holder.get(person) == role:
                        continue
                    way = reached[role] + cost
                    if person in best and best[person][0] <= way:
                        continue
                    best[person], changed = (way, role), True
                    if person in holder:
                        other = holder[person]
                        reached[other] = way - costs[other][person]
        free = [person for person in best if person not in holder]
        if not free:
            continue
        person = min(free, key=lambda one: (best[one][0], one))
        while True:
            role = best[person][1]
            given = next((one for one, held in holder.items() if held == role), None)
            holder[person] = role
            if given is None or role == start:
                break
            del holder[given]
            person = given
    return {role: person for person, role in holder.items()}
