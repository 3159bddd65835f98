"""When something is open: hours of a week on the wall of one zone, less public holidays and own closed days. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Final

from folkmoot.kit import public_holidays, zones
from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.fair_times import Span

Stretch = tuple[datetime, datetime]
"""From an instant (included) to another one (excluded), both aware, in UTC."""

FURTHEST: Final = timedelta(days=5 * 366)
"""How far ahead is looked for open hours."""
_CHUNK: Final = timedelta(days=28)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Opening:
    """Open hours of a week. An instant is open when the clock on the wall of `zone` then shows an open minute.

    So an hour that comes twice is open twice, one that does not exist never, and a day that a zone skipped not at all.
    Hours over midnight belong to the day on which they begin, and fall away with it.
    """

    zone: str
    week: tuple[tuple[Span, ...], ...]
    """The hours of each weekday, Monday first: seven, each perhaps empty."""
    holidays: tuple[tuple[str, str], ...] = ()
    """Countries and their parts, as `kit.public_holidays` knows them, on whose holidays it is closed."""
    closed: frozenset[date] = frozenset()
    """Further days on which it is closed."""

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise Refused("Name open hours for at least one day of the week.", code="invalid", field="week")
        checked = tuple(public_holidays.checked(*place) for place in self.holidays)
        object.__setattr__(self, "holidays", checked)
        object.__setattr__(self, "zone", zones.canonical(self.zone))

    def is_on(self, day: date) -> bool:
        """Whether hours that begin on a day of the calendar count."""
        return day not in self.closed and not public_holidays.names_of(self.holidays, day)

    def stretches(self, start: datetime, end: datetime | None = None) -> Iterator[Stretch]:
        """The open stretches from an instant on, in order and apart from each other; the first may have begun before.

        Up to `end`, or else for `FURTHEST` at most. Stretches are cut at both ends.
        """
        start = start.astimezone(UTC)
        last = start + FURTHEST if end is None else end.astimezone(UTC)
        held: Stretch | None = None
        while start < last:
            following = min(start + _CHUNK, last)
            for found in _between(self, start, following):
                if held is not None and found[0] <= held[1]:
                    held = (held[0], max(held[1], found[1]))
                    continue
                if held is not None:
                    yield held
                held = found
            start = following
        if held is not None:
            yield held


def usual_week(start: time = time(9), end: time = time(17), weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)) -> tuple[
    tuple[Span, ...], ...
]:  # fmt: skip
    """The same hours on some weekdays, 0 = Monday; midnight as the end is the end of the day."""
    hours = Span(start.hour * 60 + start.minute, end.hour * 60 + end.minute or 24 * 60)
    return tuple((hours,) if weekday in weekdays else () for weekday in range(7))


@lru_cache(maxsize=1024)
def _between(opening: Opening, start: datetime, end: datetime) -> tuple[Stretch, ...]:
    place = zones.zone(opening.zone)
    changes = [change.at for change in zones.transitions(place, start, end) if change.at > start]
    edges = [start, *changes, end]
    return tuple(
        stretch for first, last in pairwise(edges) for stretch in _while_clocks_rest(opening, place, first, last)
    )


def _while_clocks_rest(opening: Opening, place: tzinfo, start: datetime, end: datetime) -> list[Stretch]:
    """Open stretches between two instants with no change of clocks in between, in order."""
    wall = start.astimezone(place).replace(tzinfo=None)
    back = start.replace(tzinfo=None) - wall
    until = wall + (end - start)
    found: list[tuple[datetime, datetime]] = []
    day = wall.date() - _DAY
    while day <= until.date():
        if opening.is_on(day):
            midnight = datetime.combine(day, time())
            for span in opening.week[day.weekday()]:
                length = span.end - span.start + (24 * 60 if span.is_over_midnight else 0)
                first = midnight + timedelta(minutes=span.start)
                found.append((max(first, wall), min(first + timedelta(minutes=length), until)))
        day += _DAY
    merged: list[tuple[datetime, datetime]] = []
    for first, last in sorted(one for one in found if one[0] < one[1]):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return [((first + back).replace(tzinfo=UTC), (last + back).replace(tzinfo=UTC)) for first, last in merged]
