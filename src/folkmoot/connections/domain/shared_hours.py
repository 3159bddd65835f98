"""Which minutes suit somebody, and which suit two or three people at once, as bits of integers. Pure.

A minute is an instant: it suits somebody when the clock on their wall then shows one of their comfortable hours. So an
hour that comes twice counts twice, one that does not exist does not count, and a day that a zone skipped has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.fair_times import USUAL_HOURS, Hours, Span

DAY: Final = 24 * 60
WEEK: Final = 7 * DAY
MOST_DAYS: Final = 62
WEEKDAYS: Final = Hours(working=Span(0, DAY), off=None)
"""All hours from Monday to Friday."""


EVERY_DAY: Final = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Rhythm:
    """Somebody's zone (an IANA name), the hours of a week that suit them, and the weekdays on which they count.

    0 = Monday. Hours that begin on one of these days and reach over midnight count as a whole.
    """

    zone: str
    hours: Hours = USUAL_HOURS
    weekdays: tuple[int, ...] = EVERY_DAY


@dataclass(frozen=True)
class Window:
    """So many whole days from an instant on (aware; seconds are dropped)."""

    start: datetime
    days: int

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MOST_DAYS:
            raise Refused(f"A round lasts 1 to {MOST_DAYS} days.", code="invalid")
        object.__setattr__(self, "start", self.start.astimezone(UTC).replace(second=0, microsecond=0))

    @property
    def minutes(self) -> int:
        return self.days * DAY

    @property
    def end(self) -> datetime:
        return self.start + timedelta(days=self.days)

    def instant(self, minute: int) -> datetime:
        return self.start + timedelta(minutes=minute)


@dataclass(frozen=True)
class SharedTime:
    """A stretch of time that suits everybody concerned: instants in UTC, and the same on each one's wall (naive)."""

    start: datetime
    end: datetime
    local: tuple[tuple[datetime, datetime], ...]

    @property
    def minutes(self) -> int:
        return round((self.end - self.start).total_seconds()) // 60


@lru_cache(maxsize=4096)
def of_week(hours: Hours, weekdays: tuple[int, ...] = EVERY_DAY) -> int:
    """The minutes of a week that suit, Monday's first as the lowest bit."""
    found = 0
    for weekday in weekdays:
        span = hours.of(weekday)
        if span is None:
            continue
        length = (span.end - span.start) % DAY or DAY
        found |= ((1 << length) - 1) << (weekday * DAY + span.start)
    return (found & ((1 << WEEK) - 1)) | (found >> WEEK)  # Sunday's night reaches into Monday


@lru_cache(maxsize=8192)
def suiting(rhythm: Rhythm, window: Window) -> int:
    """The minutes of a window that suit somebody: bit n is the n-th minute of it.

    Raises `Refused` for a zone that is not known, as `kit.zones` does.
    """
    week, place = of_week(rhythm.hours, rhythm.weekdays), zones.zone(rhythm.zone)
    edges = [0, *(_minute(window, one.at) for one in zones.transitions(place, window.start, window.end))]
    found = 0
    for first, last in zip(edges, [*edges[1:], window.minutes], strict=True):
        if first < last:
            local = window.instant(first).astimezone(place)
            found |= _stretch(week, local.weekday() * DAY + local.hour * 60 + local.minute, last - first) << first
    return found


def _minute(window: Window, at: datetime) -> int:
    """The first minute of the window that begins at this instant or later."""
    return -((window.start - at) // timedelta(minutes=1))


def _stretch(week: int, first: int, length: int) -> int:
    """So many minutes of weeks that are all alike, from a minute of the week on."""
    turned = (week >> first) | ((week & ((1 << first) - 1)) << (WEEK - first))
    found, have = turned, WEEK
    while have < length:
        found |= found << have
        have *= 2
    return found & ((1 << length) - 1)


def without(minutes: int, window: Window, busy: Iterable[tuple[datetime, datetime]]) -> int:
    """Minutes of a window without those touched by what somebody has then: from an instant up to another one."""
    for start, end in busy:
        first = max(0, (start - window.start) // timedelta(minutes=1))
        last = min(window.minutes, _minute(window, end))
        if first < last:
            minutes &= ~(((1 << (last - first)) - 1) << first)
    return minutes


def has_stretch(minutes: int, length: int) -> bool:
    """Whether so many minutes in a row are among these."""
    have = 1
    while have < length and minutes:
        step = min(have, length - have)
        minutes &= minutes >> step
        have += step
    return bool(minutes)


def stretches(minutes: int) -> Iterator[tuple[int, int]]:
    """Minutes that follow each other, as first and one past the last, in order."""
    at = 0
    while minutes:
        gap = (minutes & -minutes).bit_length() - 1
        minutes >>= gap
        length = (~minutes & (minutes + 1)).bit_length() - 1
        yield at + gap, at + gap + length
        minutes >>= length
        at += gap + length


def in_common(rhythms: Sequence[Rhythm], window: Window) -> int:
    """The minutes of a window that suit everybody."""
    found = (1 << window.minutes) - 1
    for rhythm in rhythms:
        found &= suiting(rhythm, window)
    return found


def shared_times(
    rhythms: Sequence[Rhythm],
    window: Window,
    *,
    least: int = 30,
    most: int = 20,
    busy: Sequence[Iterable[tuple[datetime, datetime]]] = (),
) -> tuple[SharedTime, ...]:
    """The next stretches of at least so many minutes in which everybody is free, at most `most`, in order.

    `busy` gives for each of the rhythms what that person has already, as aware instants; empty means that nothing is
    known.
    """
    free = in_common(rhythms, window)
    for taken in busy:
        free = without(free, window, taken)
    found = []
    places = [zones.zone(rhythm.zone) for rhythm in rhythms]
    for first, last in stretches(free):
        if last - first >= least:
            start, end = window.instant(first), window.instant(last)
            local = tuple(
                (start.astimezone(place).replace(tzinfo=None), end.astimezone(place).replace(tzinfo=None))
                for place in places
            )
            found.append(SharedTime(start, end, local))
            if len(found) == most:
                break
    return tuple(found)


def minutes_a_weekday(rhythms: Sequence[Rhythm], window: Window) -> int:
    """How many minutes of a usual weekday suit everybody: those that are Monday to Friday for all, spread evenly."""
    days = [window.instant(day * DAY).weekday() for day in range(window.days)]
    weekdays = sum(day < 5 for day in days)
    if not weekdays:
        return 0
    shared = in_common(rhythms, window)
    for rhythm in rhythms:
        shared &= suiting(Rhythm(rhythm.zone, WEEKDAYS), window)
    return shared.bit_count() // weekdays
