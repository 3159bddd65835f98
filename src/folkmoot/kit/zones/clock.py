"""Wall time and instants: where clocks change, and what that does to a time that was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from folkmoot.kit.errors import Refused
from folkmoot.kit.zones.names import zone as zone_named


class Transition(NamedTuple):
    """An instant at which a zone's offset from UTC changes."""

    at: datetime
    """Aware, in UTC, exact to the second: the first second of the new offset."""
    before: timedelta
    after: timedelta


class Candidate(NamedTuple):
    """An instant that a wall time may stand for."""

    utc: datetime
    local: datetime
    """What the clock on the wall shows then: naive, and in a gap not what was asked for."""
    offset: timedelta


@dataclass(frozen=True)
class Resolved:
    """What became of a wall time.

    `plain`: it happens once. `gap`: clocks jumped over it; the candidates are the same time read with the
    offset before and with the one after the jump. `overlap`: it happens twice; the candidates are the first
    and the second, which Python's `datetime` would call equal.
    """

    kind: Literal["plain", "gap", "overlap"]
    candidates: tuple[Candidate, ...]

    @property
    def chosen(self) -> Candidate:
        """The instant of a planned meeting by RFC 5545 section 3.3.5.

        The first of two in an overlap; in a gap the offset before it counts, so that the meeting moves by the
        length of the gap.
        """
        return self.candidates[0]

    @property
    def utc(self) -> datetime:
        return self.chosen.utc


def _as_zone(zone: str | tzinfo) -> tzinfo:
    return zone_named(zone) if isinstance(zone, str) else zone


def _offset_of(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    assert offset is not None
    return offset


def local_to_utc(local: datetime, zone: str | tzinfo) -> Resolved:
    """Resolve a naive wall time in a zone, telling gaps and overlaps apart.

    Raises `Refused` with code `time_out_of_range` where UTC would leave the years 1 to 9999.
    """
    if local.tzinfo is not None:
        raise ValueError("local_to_utc wants a naive wall time")
    place = _as_zone(zone)
    early = _offset_of(local.replace(tzinfo=place, fold=0))
    late = _offset_of(local.replace(tzinfo=place, fold=1))
    try:
        if early == late:
            return Resolved("plain", (_candidate(local, early, place),))
        both = (_candidate(local, early, place), _candidate(local, late, place))
    except OverflowError:
        raise Refused("That time lies outside the years 1 to 9999.", code="time_out_of_range", local=local) from None
    # Python gives the offset before a transition for fold=0 in a gap as in an overlap (PEP 495). Clocks that
    # were put forward leave a gap, so there the offset before is the smaller one.
    return Resolved("gap" if early < late else "overlap", both)


def _candidate(local: datetime, offset: timedelta, place: tzinfo) -> Candidate:
    utc = (local.replace(fold=0) - offset).replace(tzinfo=UTC)
    shown = utc.astimezone(place)
    return Candidate(utc, shown.replace(tzinfo=None), _offset_of(shown))


_STEP: Final = timedelta(days=4)
"""Shorter than the time between any two changes on record; the closest are a week less an hour apart."""


@lru_cache(maxsize=8192)
def _of_year(place: tzinfo, year: int) -> tuple[Transition, ...]:
    """The transitions of one year of UTC, found by asking for the offset every few days."""
    # At either end of the calendar local time would leave the years that Python knows; no zone changes there.
    start = datetime(year, 1, 2 if year == MINYEAR else 1, tzinfo=UTC)
    end = datetime(year + 1, 1, 1, tzinfo=UTC) if year < MAXYEAR else datetime(year, 12, 31, tzinfo=UTC)
    found: list[Transition] = []
    moment, offset = start, _offset_of(start.astimezone(place))
    while moment < end:
        following = min(moment + _STEP, end)
        after = _offset_of(following.astimezone(place))
        if after != offset:
            found.append(_between(moment, following, offset, after, place))
        moment, offset = following, after
    return tuple(found)


def _between(low: datetime, high: datetime, before: timedelta, after: timedelta, place: tzinfo) -> Transition:
    seconds = round((high - low).total_seconds())
    first, last = 0, seconds  # offset at `first` is the old one, at `last` the new one
    while last - first > 1:
        middle = (first + last) // 2
        if _offset_of((low + timedelta(seconds=middle)).astimezone(place)) == before:
            first = middle
        else:
            last = middle
    return Transition(low + timedelta(seconds=last), before, after)


def transitions(zone: str | tzinfo, start: datetime, end: datetime) -> list[Transition]:
    """The changes of a zone's offset from `start` (included) to `end` (excluded), aware datetimes, in order.

    Exact to the second. Changes of the abbreviation alone are not transitions. Years are kept, so asking
    again costs nothing.
    """
    place = _as_zone(zone)
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    if isinstance(place, type(UTC)) or first >= last:
        return []
    return [
        found
        for year in range(first.year, last.year + 1)
        for found in _of_year(place, year)
        if first <= found.at < last
    ]


@dataclass(frozen=True)
class Drift:
    """From one occurrence of a series on, a reader's clock shows another time than for the next one."""

    at: datetime
    """The first occurrence at which the time differs: aware, in UTC."""
    now: datetime
    """The reader's wall time of the next occurrence: naive."""
    then: datetime
    """The reader's wall time of the first one that differs: naive."""
    moved_by: timedelta
    """How much later (or, negative, earlier) the call is for the reader from then on."""
    changed: Literal["anchor", "reader", "both"]
    """Whose clocks changed between the two occurrences."""
    clocks: tuple[Transition, ...]
    """Those changes, in order of time."""


def drift(
    occurrences: Iterable[tuple[datetime, datetime]],
    anchor: str | tzinfo,
    reader: str | tzinfo,
) -> Drift | None:
    """The first upcoming occurrence at which the reader's time or weekday is another than for the next one.

    `occurrences` are pairs of planned wall time in the anchor zone (naive) and instant (aware), in order of
    time and from the next one on, as `kit.recurrence.occurrences` gives them. A series may have several
    weekdays or times: each occurrence is held against its own planned wall time. None if nothing moves.
    """
    home, away = _as_zone(anchor), _as_zone(reader)
    first: tuple[datetime, datetime, timedelta] | None = None
    for planned, instant in occurrences:
        shown = instant.astimezone(away)
        apart = shown.replace(tzinfo=None) - planned
        if first is None:
            first = (instant, shown.replace(tzinfo=None), apart)
            continue
        if apart == first[2]:
            continue
        of_anchor = transitions(home, first[0], instant + timedelta(seconds=1))
        of_reader = transitions(away, first[0], instant + timedelta(seconds=1))
        moved_home = _offset_of(first[0].astimezone(home)) != _offset_of(instant.astimezone(home))
        moved_away = _offset_of(first[0].astimezone(away)) != _offset_of(shown)
        changed: Literal["anchor", "reader", "both"] = "reader"
        if moved_home:
            changed = "both" if moved_away else "anchor"
        clocks = (of_anchor if moved_home else []) + (of_reader if moved_away else [])
        return Drift(
            at=instant.astimezone(UTC),
            now=first[1],
            then=shown.replace(tzinfo=None),
            moved_by=apart - first[2],
            changed=changed,
            clocks=tuple(sorted(clocks)),
        )
    return None
