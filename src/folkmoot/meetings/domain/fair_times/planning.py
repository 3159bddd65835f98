"""What today's slot costs whom, and the fairest slot or rotation instead. Pure.

People who live in one zone and find the same hours comfortable are one class, however many they are. What a call costs
a class is worked out once for every slot and every call of the horizon; rotations of any length are sums of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.fair_times.burden import USUAL_HOURS, USUAL_SCALE, Hours, Level, Scale, level_of_call
from folkmoot.meetings.domain.fair_times.search import MOST_STEPS, Costs, Key, fairest, leximin
from folkmoot.meetings.domain.fair_times.slots import (
    Clocks,
    Slot,
    all_slots,
    apart,
    instant,
    since_epoch,
    without_repeats,
)

MOST_TURNS: Final = 4
MOST_CALLS: Final = 60
MOST_SLOTS: Final = 700
MOST_CLASSES: Final = 400


@dataclass(frozen=True)
class Party:
    """People of one zone with the same comfortable hours."""

    zone: str
    hours: Hours = USUAL_HOURS
    people: int = 1


@dataclass(frozen=True)
class Share:
    """What some slots mean to one party: the cost, and each call of the horizon by its own clock."""

    party: Party
    cost: int
    calls: tuple[tuple[datetime, Level], ...]
    """The start on the party's clock (naive), and what that is to them."""

    def count(self, least: Level) -> int:
        """How many calls are so bad or worse."""
        return sum(level >= least for _local, level in self.calls)

    def times(self, least: Level = Level.COMFORTABLE) -> tuple[time, ...]:
        """The times of day at which calls begin that are so bad or worse, each once, in order."""
        return tuple(sorted({local.time() for local, level in self.calls if level >= least}))


@dataclass(frozen=True)
class Outlook:
    """Slots that take turns over the horizon, and what they mean to every party; the worst off come first."""

    slots: tuple[Slot, ...]
    shares: tuple[Share, ...]
    key: Key
    is_proven: bool = True
    """False where the search was cut short: then it is the best that was found."""

    @property
    def worst(self) -> Share:
        return self.shares[0]

    @property
    def total(self) -> int:
        return sum(share.cost * share.party.people for share in self.shares)

    @property
    def calls(self) -> int:
        return len(self.worst.calls)

    def most(self, least: Level) -> int:
        """The most calls that anybody has which are so bad or worse."""
        return max(share.count(least) for share in self.shares)


@dataclass(frozen=True)
class Planner:
    """A series of calls and the people who come to them.

    `days` are the planned days of the horizon, in order; `today` the slots in use, in turns from the first day on;
    `zone` that of the series, `minutes` how long a call takes. `slots` are the ones to choose from, next to those of
    today. Raises `Refused`: `no_zones` without anybody, `invalid` for what makes no plan, `too_many` beyond what is
    searched.
    """

    days: tuple[date, ...]
    zone: str
    minutes: int
    today: tuple[Slot, ...]
    parties: tuple[Party, ...]
    slots: tuple[Slot, ...] = tuple(all_slots())
    scale: Scale = USUAL_SCALE
    most_steps: int = MOST_STEPS

    def __post_init__(self) -> None:
        if not self.parties:
            raise Refused("Nobody’s time zone is known yet.", code="no_zones")
        if not self.days or not 1 <= len(self.today) <= MOST_TURNS:
            raise Refused("There is no call to plan.", code="invalid")
        if len({slot.weekday is None for slot in (*self.today, *self.slots)}) > 1:
            raise Refused("Either all slots name a weekday or none does.", code="invalid")
        merged = merge(self.parties)
        if len(self.days) > MOST_CALLS or len(self.slots) > MOST_SLOTS or len(merged) > MOST_CLASSES:
            raise Refused("That is more than can be planned at once.", code="too_many")
        object.__setattr__(self, "parties", merged)
        object.__setattr__(self, "days", tuple(sorted(self.days)))
        every = {slot.order: slot for slot in (*self.slots, *self.today)}
        object.__setattr__(self, "slots", tuple(every[order] for order in sorted(every)))

    @cached_property
    def _people(self) -> tuple[int, ...]:
        return tuple(party.people for party in self.parties)

    @cached_property
    def _clocks(self) -> Clocks:
        margin = timedelta(days=8)  # a slot may be on any day of the week of a planned one
        first = zones.local_to_utc(datetime.combine(self.days[0], time()), self.zone).utc
        last = zones.local_to_utc(datetime.combine(self.days[-1], time()), self.zone).utc
        return Clocks(first - margin, last + margin)

    @cached_property
    def _costs(self) -> dict[Slot, list[Costs]]:
        """What each slot's call in the week of each planned day costs each party."""
        starts = [since_epoch(instant(slot, day, self.zone)) for slot in self.slots for day in self.days]
        minutes = {zone: self._clocks.minutes_of_week(starts, zone) for zone in {party.zone for party in self.parties}}
        tables = {
            hours: self._table(hours, {minute for found in minutes.values() for minute in found})
            for hours in {party.hours for party in self.parties}
        }
        columns = [map(tables[party.hours].__getitem__, minutes[party.zone]) for party in self.parties]
        rows = list(zip(*columns, strict=True))
        calls = len(self.days)
        return {slot: rows[place * calls : (place + 1) * calls] for place, slot in enumerate(self.slots)}

    def _table(self, hours: Hours, minutes: Iterable[int]) -> dict[int, int]:
        """What a call costs somebody with these hours, by the minute of their week."""
        return {minute: self.scale.cost(level_of_call(self.scale, hours, minute, self.minutes)) for minute in minutes}

    def now(self) -> Outlook:
        """What the slots of today mean."""
        return self.outlook(self.today)

    def outlook(self, slots: Sequence[Slot], *, is_proven: bool = True) -> Outlook:
        """What these slots mean, in turns from the first day on."""
        starts = [instant(slots[place % len(slots)], day, self.zone) for place, day in enumerate(self.days)]
        shares = [self._share(party, starts) for party in self.parties]
        shares.sort(key=lambda share: (-share.cost, -share.party.people, _order(share.party)))
        key = leximin(tuple(share.cost for share in shares), [share.party.people for share in shares])
        return Outlook(tuple(slots), tuple(shares), key, is_proven)

    def _share(self, party: Party, starts: Iterable[datetime]) -> Share:
        calls, place = [], zones.zone(party.zone)
        for start in starts:
            (minute,) = self._clocks.minutes_of_week([since_epoch(start)], party.zone)
            level = level_of_call(self.scale, party.hours, minute, self.minutes)
            calls.append((start.astimezone(place).replace(tzinfo=None), level))
        return Share(party, sum(self.scale.cost(level) for _local, level in calls), tuple(calls))

    def fairest(self, turns: int) -> Outlook:
        """The fairest `turns` slots in turn, which may repeat; those of today where no others are fairer."""
        if not 1 <= turns <= MOST_TURNS:
            raise Refused(f"Calls take turns between one and {MOST_TURNS} times.", code="invalid")
        if turns > len(self.days):
            raise Refused("There are fewer calls than turns.", code="invalid")
        by_turn = [[_total(self._costs[slot][turn::turns]) for slot in self.slots] for turn in range(turns)]
        far = [min(apart(slot, old) for old in self.today) for slot in self.slots]
        found = fairest(by_turn, self._people, [far] * turns, most_steps=self.most_steps)
        chosen = without_repeats([self.slots[number] for number in found.slots])
        best = self.outlook(chosen, is_proven=found.is_proven)
        now = self.now()
        return best if best.key < now.key else now

    def proposal(self, most_turns: int) -> Outlook:
        """The fairest of all rotations of up to `most_turns`; of equally fair ones the one with the fewest turns."""
        found = [self.fairest(turns) for turns in range(1, min(most_turns, len(self.days)) + 1)]
        return min([self.now(), *found], key=lambda outlook: outlook.key)


def merge(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The same people with one party for each zone and hours, in an order of its own."""
    found: dict[tuple[str, Hours], int] = {}
    for party in parties:
        if party.people < 1:
            raise Refused("A party has at least one person.", code="invalid")
        at = (zones.canonical(party.zone), party.hours)
        found[at] = found.get(at, 0) + party.people
    return tuple(sorted((Party(zone, hours, many) for (zone, hours), many in found.items()), key=_order))


def _order(party: Party) -> tuple[str, str]:
    return party.zone, repr(party.hours)


def _total(costs: Sequence[Costs]) -> Costs:
    return tuple(map(sum, zip(*costs, strict=True)))
