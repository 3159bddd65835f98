"""Office hours: slots that recur on the wall of whoever holds them, and what can be booked of them now. Pure.

A sitting begins at a wall time in the host's zone, as a series does (in a gap of the clocks by the offset before it, in
an overlap at the first of the two). Its slots follow one another from that instant on, so they are as long as they say
on every day of the year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule, dates
from folkmoot.kit.verdict import YES, Verdict, no

MOST_SLOTS: Final = 48
LONGEST_SITTING: Final = timedelta(hours=12)
MOST_SEATS: Final = 100
_MARGIN: Final = timedelta(days=2)


@dataclass(frozen=True)
class Hours:
    """A pattern of office hours.

    `rule` gives the days from `first` on. On each a sitting of `slots` slots of so many `minutes` begins at `start`,
    with `gap` minutes between two. `left_out` are days of the rule without one; `moved` gives another wall time,
    perhaps on another day, for a day of the rule; `extra` are further sittings by their wall times. Raises `Refused`
    for what makes no sense, and, as `kit.recurrence` does, for a first day that is not of the rule.
    """

    zone: str
    rule: Rule
    first: date
    start: time
    minutes: int = 30
    slots: int = 2
    gap: int = 0
    seats: int = 1
    """People in each slot."""
    notice: timedelta = timedelta(hours=12)
    """How long before a slot it can be booked at the latest."""
    ahead: timedelta = timedelta(days=28)
    """How long before a slot it can be booked at the earliest."""
    cancel: timedelta = timedelta(hours=2)
    """How long before a slot it can be given back at the latest; afterwards one tells the host."""
    left_out: frozenset[date] = frozenset()
    moved: Mapping[date, datetime] = field(default_factory=dict)
    extra: tuple[datetime, ...] = ()

    def __post_init__(self) -> None:
        if self.minutes < 5 or self.gap < 0 or not 1 <= self.slots <= MOST_SLOTS:
            raise Refused("A slot has at least 5 minutes, a sitting 1 to 48 slots.", code="invalid", field="minutes")
        if self.sitting > LONGEST_SITTING:
            raise Refused("A sitting lasts 12 hours at most.", code="invalid", field="slots")
        if not 1 <= self.seats <= MOST_SEATS:
            raise Refused(f"A slot has 1 to {MOST_SEATS} seats.", code="invalid", field="seats")
        if not timedelta() <= self.notice < self.ahead or self.cancel < timedelta():
            raise Refused("Booking ends before a slot begins, and opens before that.", code="invalid", field="notice")
        object.__setattr__(self, "zone", zones.canonical(self.zone))
        dates(self.rule, self.first, self.first, self.first)

    @property
    def sitting(self) -> timedelta:
        return timedelta(minutes=self.slots * self.minutes + (self.slots - 1) * self.gap)


@dataclass(frozen=True)
class Slot:
    """One slot. `key` stays what it is when its sitting is moved: the planned day and the number within the sitting."""

    key: str
    start: datetime
    end: datetime

    def on_wall(self, zone: str) -> tuple[datetime, datetime]:
        """Begin and end by the clock on the wall of a zone, naive."""
        place = zones.zone(zone)
        return self.start.astimezone(place).replace(tzinfo=None), self.end.astimezone(place).replace(tzinfo=None)


@dataclass(frozen=True)
class Offer:
    """A slot with the seats that are left, and whether it can be booked now, with the reason if not."""

    slot: Slot
    seats_left: int
    verdict: Verdict


def slots(hours: Hours, start: datetime, end: datetime) -> list[Slot]:
    """The slots that begin from an instant on (included) up to another one (excluded), in order.

    No two of them overlap: where a moved or an extra sitting runs into another one, those slots of the sitting that
    begins later fall away which any slot of the earlier one touches.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    earlier: list[Slot] = []
    kept: list[Slot] = []
    for begin, key in sorted(set(_sittings(hours, start - LONGEST_SITTING, end))):
        earlier = [slot for slot in earlier if slot.end > begin]
        sitting = [_slot(hours, begin, key, number) for number in range(hours.slots)]
        kept += [
            slot for slot in sitting if not any(slot.start < other.end and other.start < slot.end for other in earlier)
        ]
        earlier += sitting
    return sorted((slot for slot in kept if start <= slot.start < end), key=lambda slot: slot.start)


def _slot(hours: Hours, begin: datetime, key: str, number: int) -> Slot:
    first = begin + timedelta(minutes=number * (hours.minutes + hours.gap))
    return Slot(f"{key}.{number + 1}", first, first + timedelta(minutes=hours.minutes))


def offers(
    hours: Hours,
    booked: Mapping[str, int],
    now: datetime,
    *,
    own: Collection[str] = (),
    busy: Iterable[tuple[datetime, datetime]] = (),
) -> list[Offer]:
    """All slots that have not begun and whose booking is open, in order, for one reader.

    `booked` counts the people in each slot by its key; `own` are the keys of slots that the reader has; `busy` what
    else they have, as instants.
    """
    busy, found = list(busy), []
    for slot in slots(hours, now, now + hours.ahead + timedelta(microseconds=1)):
        left = max(hours.seats - booked.get(slot.key, 0), 0)
        found.append(Offer(slot, left, may_book(hours, slot, booked, now, own=own, busy=busy)))
    return found


def may_book(
    hours: Hours,
    slot: Slot,
    booked: Mapping[str, int],
    now: datetime,
    *,
    own: Collection[str] = (),
    busy: Iterable[tuple[datetime, datetime]] = (),
) -> Verdict:
    """Whether somebody can book a slot now; arguments as for `offers`."""
    if slot.key in own:
        return no("You have this one already.")
    if slot.start <= now:
        return no("This one has begun.")
    if slot.start - now < hours.notice:
        return no(f"It takes {_span(hours.notice)} notice; this one is sooner.")
    if slot.start - now > hours.ahead:
        return no(f"This one opens {_span(hours.ahead)} before it begins.")
    if booked.get(slot.key, 0) >= hours.seats:
        return no("This one is taken." if hours.seats == 1 else "All seats of this one are taken.")
    if any(start < slot.end and slot.start < end for start, end in busy):
        return no("You have something else at that time.")
    return YES


def may_cancel(hours: Hours, slot: Slot, now: datetime) -> Verdict:
    """Whether a booking can be given back by oneself."""
    if slot.start <= now:
        return no("This one has begun.")
    if slot.start - now < hours.cancel:
        return no(f"It begins in less than {_span(hours.cancel)}. Please tell whoever holds it.")
    return YES


def _sittings(hours: Hours, start: datetime, end: datetime) -> Iterable[tuple[datetime, str]]:
    """The beginnings of sittings from an instant on up to another one, each with what its slots are called by."""
    since, till = (start - _MARGIN).date(), (end + _MARGIN).date()
    planned = {
        day: datetime.combine(day, hours.start)
        for day in dates(hours.rule, hours.first, since, till)
        if day not in hours.left_out and day not in hours.moved
    }
    local = [(wall, day.isoformat()) for day, wall in planned.items()]
    local += [
        (wall, day.isoformat())
        for day, wall in hours.moved.items()
        if day not in hours.left_out and dates(hours.rule, hours.first, day, day)
    ]
    local += [(wall, f"extra-{wall.isoformat(timespec='minutes')}") for wall in hours.extra]
    for wall, key in local:
        begin = zones.local_to_utc(wall, hours.zone).utc
        if start <= begin < end:
            yield begin, key


def _span(span: timedelta) -> str:
    """A length of time in its largest whole unit: `2 days`, `12 hours`, `90 minutes`."""
    minutes = span // timedelta(minutes=1)
    for unit, name in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes % unit == 0 and minutes >= unit:
            return f"{minutes // unit} {name}" + ("" if minutes == unit else "s")
    return "no"
