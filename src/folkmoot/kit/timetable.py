"""A charter's table of times: what its rows say, and on which dates they agree.

A table gives one call as wall times in several zones ("PST 8 am, IST 9:30 pm"). Its labels are often letters
that can be read as wall time somewhere or as an offset that never changes. One reading may make the table
right all year where the other breaks it whenever clocks change in one country and not in another. Nothing is
guessed here: every reading is worked out, with the days on which its answer changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Final

from folkmoot.kit import zones
from folkmoot.kit.recurrence import Occurrence, Rule, aligned, dates

DAILY: Final = Rule("DAILY")
"""Stands for the series where a charter names a time but no days."""

MOST_ROWS: Final = 24
"""Rows that are looked at; no real table has more."""
MOST_CALLS: Final = 2_000
MOST_CHOICES: Final = 256
"""Choices are compared in company, row by row; no more than this many are carried on."""
MOST_READINGS: Final = 12
MOST_WRONG: Final = 3
"""Readings that are shown of a table which is right under none."""
SAMPLE: Final = 60
"""Calls, evenly spread, on which a reading has to be right at least once to be worth showing."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One row of a table: what heads it, its wall time, and the zones that its label may mean."""

    label: str
    time: time
    zones: tuple[str, ...]
    """Canonical names, the likeliest first; empty when the label is not understood."""


@dataclass(frozen=True)
class Call:
    """One call held against the table."""

    local: datetime
    """Planned wall time in the anchor's zone, naive."""
    utc: datetime
    right: bool
    """Whether every row is true."""
    wrong: tuple[str, ...]
    """Labels of the rows that are not."""


@dataclass(frozen=True)
class Change:
    """From one call on the table is right that was wrong, or the other way round."""

    right: bool
    """What the table is from here on."""
    clocks: date
    """The day, in the anchor's zone, from which on a call at the usual time has the new answer."""
    first_call: datetime
    """The first call with the new answer: aware, in UTC."""
    wrong: tuple[str, ...]
    """Labels of the rows that are wrong from here on."""


@dataclass(frozen=True)
class Assessment:
    """One reading of a table: the call is held at one row's time in one zone; which dates that suits."""

    anchor: str
    """The zone in which the call keeps its wall time; canonical."""
    at: time
    """That wall time."""
    same: tuple[tuple[str, time], ...]
    """Other rows that give the very same calls, as zone and time: 9:00 in Denver for 8:00 in Los Angeles."""
    day_shift: int
    """By how many days the calls fall after the days of the rule on the anchor's calendar: 1 for the Indian
    row of a table whose first row is an evening in America."""
    choice: tuple[str | None, ...]
    """The zone taken for each row; None for a row whose label is not understood."""
    calls: tuple[Call, ...]
    changes: tuple[Change, ...]

    @property
    def always_right(self) -> bool:
        return all(call.right for call in self.calls)

    @property
    def right_count(self) -> int:
        return sum(call.right for call in self.calls)

    @property
    def is_fixed(self) -> bool:
        """Whether the calls keep one time in UTC."""
        return len({call.utc.time() for call in self.calls}) <= 1

    def starts_right(self) -> bool:
        return bool(self.calls) and self.calls[0].right

    def changes_from(self, day: date, count: int = 2) -> tuple[Change, ...]:
        """The next `count` changes whose first call is on `day` (in UTC) or later."""
        return tuple(change for change in self.changes if change.first_call.date() >= day)[:count]


def is_true(row: Row, zone: str | tzinfo, instant: datetime) -> bool:
    """Whether a clock in this zone shows the row's time at this instant (aware)."""
    place = zones.zone(zone) if isinstance(zone, str) else zone
    return instant.astimezone(place).time() == row.time


def wrong_rows(rows: Sequence[Row], choice: Sequence[str | None], instant: datetime) -> tuple[str, ...]:
    """Labels of the rows that are false at this instant, under one choice of zones; None is not judged."""
    return tuple(
        row.label
        for row, zone in zip(rows, choice, strict=True)
        if zone is not None and not is_true(row, zone, instant)
    )


def is_right(rows: Sequence[Row], choice: Sequence[str | None], instant: datetime) -> bool | None:
    """Whether the whole table is true at this instant; None when no row can be judged."""
    if all(zone is None for zone in choice):
        return None
    return not wrong_rows(rows, choice, instant)


def best_choice(rows: Sequence[Row], instants: Sequence[datetime]) -> tuple[str | None, ...]:
    """The one choice of zones that keeps the whole table right at the most of these instants.

    Among choices that are equal in that, the one with the most true rows, then the one of the likelier zones.
    """
    # For each row, which instants each zone makes true, as the bits of a number. Zones that do the same (or
    # less than a likelier one) fall out at once, so that real tables leave a handful of choices.
    carried: dict[int, tuple[int, tuple[str | None, ...]]] = {(1 << len(instants)) - 1: (0, ())}
    for row in rows:
        grown: dict[int, tuple[int, tuple[str | None, ...]]] = {}
        options = _options(row, instants)
        for mask, (truths, choice) in carried.items():
            for zone, bits in options:
                both = mask & bits
                found = (truths + bits.bit_count(), (*choice, zone))
                if both not in grown or found[0] > grown[both][0]:
                    grown[both] = found
        best = sorted(grown.items(), key=lambda item: (-item[0].bit_count(), -item[1][0]))
        carried = dict(best[:MOST_CHOICES])
    _, (_, choice) = min(carried.items(), key=lambda item: (-item[0].bit_count(), -item[1][0]))
    return choice


def _options(row: Row, instants: Sequence[datetime]) -> list[tuple[str | None, int]]:
    if not row.zones:
        return [(None, (1 << len(instants)) - 1)]
    seen: dict[int, str | None] = {}
    for zone in row.zones:
        bits, place = 0, zones.zone(zone)
        for number, instant in enumerate(instants):
            bits |= is_true(row, place, instant) << number
        seen.setdefault(bits, zone)
    return [(zone, bits) for bits, zone in seen.items()]


def assess(
    rows: Sequence[Row],
    anchor: str,
    at: time,
    start: date,
    end: date,
    *,
    rule: Rule = DAILY,
    first: date | None = None,
    day_shift: int = 0,
) -> Assessment:
    """Hold the calls on the days of a rule from `start` to `end` (both included) against a table.

    The rule runs from `first` (by default the first suitable day from `start` on); the calls are at the wall
    time `at` in the zone `anchor`, `day_shift` days later. At most `MOST_CALLS` calls and `MOST_ROWS` rows
    are looked at.
    """
    rows, anchor = rows[:MOST_ROWS], zones.canonical(anchor)
    held = _held(rule, aligned(rule, start) if first is None else first, at, anchor, start, end, day_shift)
    choice = best_choice(rows, [call.utc for call in held])
    calls = tuple(_judged(rows, choice, call) for call in held)
    return Assessment(
        anchor=anchor,
        at=at,
        same=(),
        day_shift=day_shift,
        choice=choice,
        calls=calls,
        changes=tuple(_changes(rows, choice, anchor, calls)),
    )


@lru_cache(maxsize=256)
def _held(
    rule: Rule, first: date, at: time, anchor: str, start: date, end: date, day_shift: int
) -> tuple[Occurrence, ...]:
    place, found = zones.zone(anchor), []
    for day in dates(rule, first, max(start, first), end, limit=MOST_CALLS):
        try:
            local = datetime.combine(day + day_shift * _DAY, at.replace(fold=0))
            # Fold 0 is the reading of RFC 5545 in gaps and overlaps, as in `kit.recurrence`.
            found.append(Occurrence(local, local.replace(tzinfo=place).astimezone(UTC)))
        except OverflowError:
            continue  # the first and the last day of the calendar
    return tuple(found)


def _judged(rows: Sequence[Row], choice: Sequence[str | None], call: Occurrence) -> Call:
    wrong = wrong_rows(rows, choice, call.utc)
    return Call(call.local, call.utc, not wrong, wrong)


def _changes(rows: Sequence[Row], choice: Sequence[str | None], anchor: str, calls: Sequence[Call]) -> Iterator[Change]:
    for before, after in pairwise(calls):
        if before.right != after.right:
            yield Change(
                right=after.right,
                clocks=_since(rows, choice, anchor, before, after),
                first_call=after.utc,
                wrong=after.wrong,
            )


def _since(rows: Sequence[Row], choice: Sequence[str | None], anchor: str, before: Call, after: Call) -> date:
    """The first day from which calls at this time have the answer that the call `after` has."""
    day = after.local.date()
    while day - _DAY > before.local.date():
        local = datetime.combine(day - _DAY, after.local.time())
        if (not wrong_rows(rows, choice, zones.local_to_utc(local, anchor).utc)) != after.right:
            break
        day -= _DAY
    return day


def day_shift(rows: Sequence[Row], row: Row, zone: str, day: date) -> int:
    """By how many days a row's call falls after the day named, if that is the day of the first row.

    An evening in America is the next morning in India: -1, 0 or 1, whichever brings the call nearest to the
    first row's.
    """
    lead = next((other for other in rows if other.zones), row)
    if lead is row or day - _DAY < date.min + _DAY or day + _DAY > date.max - _DAY:
        return 0
    leads = [zones.local_to_utc(datetime.combine(day, lead.time), z).utc for z in lead.zones]
    instants = {
        shift: zones.local_to_utc(datetime.combine(day + shift * _DAY, row.time), zone).utc for shift in (0, -1, 1)
    }
    return min(instants, key=lambda shift: min(abs(instants[shift] - instant) for instant in leads))


def agreed_instant(rows: Sequence[Row], day: date) -> datetime | None:
    """The one instant that all rows name on a day, when letters are read as offsets that never change.

    A label that can only be wall time somewhere counts with its offset on that day. The day is the first
    row's; other rows may be on the day before or after. Rows without a reading are left out. None where the
    rows agree on no instant, or on more than one.
    """
    agreed: set[datetime] | None = None
    for row in rows[:MOST_ROWS]:
        named = [zone for zone in row.zones if _rests(zone, day.year)] or list(row.zones)
        shifts = (0,) if agreed is None else (-1, 0, 1)
        if not named:
            continue
        instants = {
            zones.local_to_utc(datetime.combine(day + shift * _DAY, row.time), zone).utc
            for zone in named
            for shift in shifts
        }
        agreed = instants if agreed is None else agreed & instants
    return agreed.pop() if agreed is not None and len(agreed) == 1 else None


def _rests(zone: str, year: int) -> bool:
    """Whether a zone's clocks are left alone for a year."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    return not zones.transitions(zone, start, start + 366 * _DAY)


def readings(
    rows: Sequence[Row],
    start: date,
    end: date,
    *,
    rule: Rule = DAILY,
    first: date | None = None,
) -> tuple[Assessment, ...]:
    """Every way to read a table, the one that keeps it right most often first; at most `MOST_READINGS`.

    Each row's time in each of its zones may be what the call goes by; those that give the very same calls are
    one reading, named by the first of them, the others being listed in `same`. The days of the rule are days
    of the first row. Readings under which the table is never right are left out, unless there is no other.
    Empty when no row's label is understood.
    """
    rows = rows[:MOST_ROWS]
    first = aligned(rule, start) if first is None else first
    found: dict[tuple[datetime, ...], list[tuple[str, time, int]]] = {}
    for row in rows:
        for name in row.zones:
            zone = zones.canonical(name)
            shift = day_shift(rows, row, zone, first)
            held = _held(rule, first, row.time, zone, start, end, shift)
            anchors = found.setdefault(tuple(call.utc for call in held), [])
            if (zone, row.time, shift) not in anchors:
                anchors.append((zone, row.time, shift))
    possible = [anchors for instants, anchors in found.items() if _ever_right(rows, instants)]
    assessed = []
    for anchors in possible[:MOST_READINGS] or list(found.values())[:MOST_WRONG]:
        (anchor, at, shift), *others = anchors
        one = assess(rows, anchor, at, start, end, rule=rule, first=first, day_shift=shift)
        assessed.append(replace(one, same=tuple((zone, when) for zone, when, _ in others)))
    return tuple(sorted(assessed, key=lambda one: -one.right_count))


def _ever_right(rows: Sequence[Row], instants: Sequence[datetime]) -> bool:
    """Whether on any of a sample of calls each row is true in one of its zones."""
    judged = [(row, [zones.zone(zone) for zone in row.zones]) for row in rows if row.zones]
    return any(
        all(any(is_true(row, place, instant) for place in places) for row, places in judged)
        for instant in instants[:: -(-len(instants) // SAMPLE) or 1]
    )
