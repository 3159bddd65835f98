"""The hours that a poll asks for, as instants, and how they lie on the clock of whoever looks at them. Pure.

A poll either asks for a week like any other, or for named days. Hours of a week are named by their minute of the week
in the zone of the poll, and stay at that wall time when clocks change; to be shown elsewhere they are looked at in one
week in which no clock of the poll's zone changes. Hours of named days are instants: a day on which clocks change has
an hour more or less, and no hour is asked for twice or missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused

DAY: Final = 24 * 60
WEEK: Final = 7 * DAY
STEPS: Final = (15, 30, 60)
MOST_CELLS: Final = 400
MOST_DAYS: Final = 31
LOOKED_AHEAD: Final = timedelta(days=182)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE: Final = timedelta(minutes=1)


class Sort(StrEnum):
    """What a poll asks for."""

    WEEK = "week"
    """A week like any other; a regular call is looked for."""
    DAYS = "days"
    """Named days."""


@dataclass(frozen=True)
class Shape:
    """What a poll asks for: from one minute of the day up to another, in steps, in its zone.

    `weekdays` (0 = Monday) count for a week, which begins with the Monday `week`; `days` for named days.
    Refused `invalid` with a sentence where that is no poll, or one with more hours than anybody would fill in.
    """

    sort: Sort
    zone: str
    start: int
    end: int
    step: int
    weekdays: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    week: date = date(2024, 1, 1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))
        object.__setattr__(self, "days", tuple(sorted(set(self.days))))
        if self.step not in STEPS:
            raise Refused("Steps are of 15, 30 or 60 minutes.", code="invalid")
        if not 0 <= self.start < self.end <= DAY:
            raise Refused("The hours end later on the day than they begin.", code="invalid")
        if self.sort is Sort.WEEK:
            if not self.weekdays or not all(0 <= day <= 6 for day in self.weekdays):
                raise Refused("Please choose at least one day of the week.", code="invalid")
            if self.week.weekday() != 0:
                raise Refused("A week begins with a Monday.", code="invalid")
        elif not 0 < len(self.days) <= MOST_DAYS:
            raise Refused(f"Please name between one and {MOST_DAYS} days.", code="invalid")
        columns = len(self.weekdays if self.sort is Sort.WEEK else self.days)
        if columns * ((self.end - self.start) // self.step) > MOST_CELLS:
            raise Refused(
                "Those are too many hours to fill in; please ask for fewer, or in longer steps.", code="invalid"
            )
        if not (self.end - self.start) // self.step:
            raise Refused("There is no room for a single step between these hours.", code="invalid")


@dataclass(frozen=True)
class Cell:
    """One step of a poll: its key as answers keep it, and the instant at which it begins (aware, UTC)."""

    key: int
    at: datetime


def cells_of(shape: Shape) -> tuple[Cell, ...]:
    """All steps of a poll, in order of time."""
    if shape.sort is Sort.WEEK:
        monday = datetime.combine(shape.week, time())
        found = []
        for day in shape.weekdays:
            for minute in _steps(shape):
                key = day * DAY + minute
                found.append(Cell(key, zones.local_to_utc(monday + timedelta(minutes=key), shape.zone).utc))
        return tuple(found)
    instants: set[datetime] = set()
    for on in shape.days:
        midnight = datetime.combine(on, time())
        at = zones.local_to_utc(midnight + timedelta(minutes=shape.start), shape.zone).utc
        end = zones.local_to_utc(midnight + timedelta(minutes=shape.end), shape.zone).utc
        while at + shape.step * _MINUTE <= end:
            instants.add(at)
            at += shape.step * _MINUTE
    return tuple(Cell((at - _EPOCH) // _MINUTE, at) for at in sorted(instants))


def _steps(shape: Shape) -> range:
    return range(shape.start, shape.end - shape.step + 1, shape.step)


def plain_week(zone: str, after: date) -> date:
    """The first Monday after a day whose week has no change of clocks in a zone; the next one where each has."""
    monday = after + timedelta(days=7 - after.weekday())
    for number in range(53):
        first = monday + timedelta(weeks=number)
        begins = datetime.combine(first, time(), UTC) - timedelta(days=1)
        if not zones.transitions(zone, begins, begins + timedelta(days=9)):
            return first
    return monday


@dataclass(frozen=True, order=True)
class Line:
    """A row of the table: a minute of the day, and whether clocks show it for the second time."""

    minute: int
    again: bool = False

    @property
    def at(self) -> time:
        return time(*divmod(self.minute, 60))


@dataclass(frozen=True)
class Laid:
    """Cells as they lie on one clock: `columns` are dates, or weekdays (0 = Monday) for a week."""

    columns: tuple[date | int, ...]
    lines: tuple[Line, ...]
    cells: Mapping[tuple[Line, date | int], Cell]

    def at(self, line: Line, column: date | int) -> Cell | None:
        """The cell in this place; None where nothing is asked."""
        return self.cells.get((line, column))


def laid_out(cells: Sequence[Cell], sort: Sort, zone: str) -> Laid:
    """Cells as they lie on the clock of a zone.

    A week is laid out with the offset that the zone has at its end: its hours are those of any week, and clocks that
    change within the one that is looked at would show some of them twice.
    """
    found: dict[tuple[Line, date | int], Cell] = {}
    place = zones.zone(zone)
    if sort is Sort.WEEK:
        offset = cells[-1].at.astimezone(place).utcoffset() or timedelta()
        for cell in cells:
            shown = cell.at + offset
            found[Line(shown.hour * 60 + shown.minute), shown.weekday()] = cell
    else:
        for cell in cells:
            shown = cell.at.astimezone(place)
            found[Line(shown.hour * 60 + shown.minute, bool(shown.fold)), shown.date()] = cell
    columns = sorted({column for _line, column in found}, key=str)
    return Laid(tuple(columns), tuple(sorted({line for line, _column in found})), found)


def on_clock(at: datetime, last: datetime, sort: Sort, zone: str) -> datetime:
    """What a clock shows at the beginning of a cell, naive; `last` is the instant of the poll's last cell."""
    place = zones.zone(zone)
    if sort is Sort.WEEK:
        return (at + (last.astimezone(place).utcoffset() or timedelta())).replace(tzinfo=None)
    return at.astimezone(place).replace(tzinfo=None)


@dataclass(frozen=True)
class Moves:
    """From a day on, a weekly time of one zone is so many minutes later on another’s clocks (earlier, below 0)."""

    on: date
    minutes: int


def first_move(home: str, away: str, since: datetime) -> Moves | None:
    """When a weekly time that `home` keeps is next at another time for `away`, within half a year; None where not."""
    until = since + LOOKED_AHEAD
    changes = [*zones.transitions(home, since, until), *zones.transitions(away, since, until)]
    before = _apart(home, away, since)
    for at in sorted(change.at for change in changes):
        after = _apart(home, away, at)
        if after != before:
            return Moves(at.astimezone(zones.zone(away)).date(), (after - before) // _MINUTE)
    return None


def _apart(home: str, away: str, at: datetime) -> timedelta:
    here, there = at.astimezone(zones.zone(home)).utcoffset(), at.astimezone(zones.zone(away)).utcoffset()
    return (there or timedelta()) - (here or timedelta())


def known(keys: Iterable[int], cells: Iterable[Cell]) -> tuple[int, ...]:
    """Those of these keys that the poll asks for, each once, in order."""
    return tuple(sorted(set(keys) & {cell.key for cell in cells}))
