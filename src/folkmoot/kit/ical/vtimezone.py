"""VTIMEZONE: a zone's clock changes as a calendar needs them, no more (RFC 5545 section 3.6.5)."""

from __future__ import annotations

import calendar as days_of
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple

from folkmoot.kit import zones
from folkmoot.kit.ical import lines
from folkmoot.kit.recurrence import Rule, aligned, dates, to_rrule

HORIZON: Final = 10
"""Years for which changes are listed one by one where no yearly rule describes them."""

# Zone data follow one rule for good after the years that they list; the longest list (Moroccan Ramadans)
# ends in 2087. 28 years hold every day of the week on every date.
_SETTLED: Final = 2100
_CYCLE: Final = 28


class _Observance(NamedTuple):
    """What a clock shows from one change to the next."""

    onset: datetime
    """Wall time of the change by the clock as it was before: naive, as DTSTART wants it."""
    before: timedelta
    after: timedelta
    name: str
    daylight: bool

    @property
    def sort(self) -> tuple[timedelta, timedelta, str, bool]:
        """What has to be equal for two changes to be written together."""
        return (self.before, self.after, self.name, self.daylight)


@dataclass(frozen=True)
class _Yearly:
    """A change that comes every year by rule; more than one where its days straddle the end of a month."""

    rules: tuple[Rule, ...]
    at: time


def tzid(zone: str) -> str:
    """The TZID of a zone: its name, or for a fixed offset the nearest thing to a name that calendars know."""
    name = zones.canonical(zone)
    if not name.startswith("UTC") or name == "UTC":
        return name
    if name.endswith(":00"):
        # The POSIX names count west of Greenwich: UTC-08:00 is Etc/GMT+8.
        return f"Etc/GMT{'+' if name[3] == '-' else '-'}{int(name[4:6])}"
    return name.replace(":", "")


def timezones(spans: Iterable[tuple[str, date, date | None]]) -> list[str]:
    """The VTIMEZONEs for events in several zones: each zone once, from its first to its last day.

    A span is a zone's name, the day of the first occurrence and that of the last one (None: no end).
    """
    wide: dict[str, tuple[date, date | None]] = {}
    for name, first, last in spans:
        zone = zones.canonical(name)
        if zone in wide:
            since, till = wide[zone]
            first = min(since, first)
            last = None if till is None or last is None else max(till, last)
        wide[zone] = (first, last)
    return [vtimezone(zone, *wide[zone]) for zone in sorted(wide) if zone != "UTC"]


@lru_cache(maxsize=512)
def vtimezone(zone: str, first: date, last: date | None) -> str:
    """The VTIMEZONE of a zone for events from `first` to `last`, or without end.

    It opens with what is in force at `first`. For an open end the changes follow as yearly rules where the
    zone has such, and are listed for `HORIZON` years where it has not. Empty for UTC, which needs none.
    """
    name = zones.canonical(zone)
    if name == "UTC":
        return ""
    place = zones.zone(name)
    # Events may start on the evening before by UTC, or end on the day after.
    since = _midnight(first) - timedelta(days=1)
    opening, later = _opening(place, since)
    yearly: dict[tuple[timedelta, timedelta, str, bool], _Yearly] = {}
    listed_until = since.year
    if last is not None:
        later += _between(place, since, _midnight(last) + timedelta(days=2))
    else:
        listed_until, yearly = _settled(place, since.year)
        later += _between(place, since, datetime(listed_until, 1, 1, tzinfo=UTC))
    groups: dict[tuple[timedelta, timedelta, str, bool], list[_Observance]] = {}
    for one in [opening, *later]:
        groups.setdefault(one.sort, []).append(one)
    found = ["BEGIN:VTIMEZONE", "TZID:" + tzid(name)]
    start = later[-1].onset if later else opening.onset
    if listed_until > since.year:
        # The clocks may have rested before they took up these rules: Lithuania had no summer time from 2000 to 2002.
        start = max(start, datetime(listed_until, 1, 1) - timedelta(seconds=1))  # noqa: DTZ001 -- a wall time
    elif not later and opening.sort in yearly and _starts(yearly[opening.sort], opening.onset):
        del groups[opening.sort]  # the rule may as well begin with what is in force
        start = opening.onset - timedelta(seconds=1)
    for group in groups.values():
        found += _written(group[0], [one.onset for one in group])
    for sort, rule in yearly.items():
        for part in rule.rules:
            onset = datetime.combine(aligned(part, start.date()), rule.at)
            if onset <= start:
                onset = datetime.combine(aligned(part, start.date() + timedelta(days=1)), rule.at)
            found += _written(_Observance(onset, *sort), [onset], part)
    found.append("END:VTIMEZONE")
    return "".join(map(lines.fold, found))


def _starts(yearly: _Yearly, onset: datetime) -> bool:
    """Whether a rule of one part would give this very change."""
    return (
        len(yearly.rules) == 1 and onset.time() == yearly.at and aligned(yearly.rules[0], onset.date()) == onset.date()
    )


def _midnight(day: date) -> datetime:
    """Midnight UTC, kept off the ends of the calendar."""
    inside = min(max(day, date(1, 1, 3)), date(9999, 12, 28))
    return datetime.combine(inside, time(), UTC)


def _written(one: _Observance, onsets: Sequence[datetime], rule: Rule | None = None) -> list[str]:
    kind = "DAYLIGHT" if one.daylight else "STANDARD"
    found = [
        "BEGIN:" + kind,
        "DTSTART:" + lines.wall(onsets[0]),
        "TZOFFSETFROM:" + lines.offset(one.before),
        "TZOFFSETTO:" + lines.offset(one.after),
        "TZNAME:" + lines.text(one.name),
    ]
    if rule is not None:
        found.append("RRULE:" + to_rrule(rule))
    if len(onsets) > 1:
        # The first one again: ical.js passes over DTSTART where there are RDATEs, for others it is the same.
        found.extend("RDATE:" + lines.wall(onset) for onset in onsets)
    found.append("END:" + kind)
    return found


def _observance(place: tzinfo, change: zones.Transition) -> _Observance:
    after = change.at.astimezone(place)
    before = (change.at - timedelta(seconds=1)).astimezone(place)
    # Zone data calls Irish winter time "negative daylight saving"; people and calendars call the summer
    # time so. Forward is daylight, wherever saving is in force on either side.
    saving = bool(after.dst()) or bool(before.dst())
    return _Observance(
        onset=(change.at + change.before).replace(tzinfo=None),
        before=change.before,
        after=change.after,
        name=after.tzname() or "",
        daylight=saving and change.after > change.before,
    )


def _between(place: tzinfo, start: datetime, end: datetime) -> list[_Observance]:
    return [_observance(place, change) for change in zones.transitions(place, start, end)]


def _opening(place: tzinfo, since: datetime) -> tuple[_Observance, list[_Observance]]:
    """What is in force at an instant: from the last change before it, if that is at most two years ago."""
    back = max(since.year - 2, 2)
    earlier = _between(place, datetime(back, 1, 1, tzinfo=UTC), since)
    if earlier:
        return earlier[-1], []
    moment = since.astimezone(place)
    offset = moment.utcoffset()
    assert offset is not None
    onset = datetime(back, 1, 1)  # noqa: DTZ001 -- a wall time
    return _Observance(onset, offset, offset, moment.tzname() or "", False), []


@lru_cache(maxsize=512)
def _final(place: tzinfo) -> dict[tuple[timedelta, timedelta, str, bool], _Yearly] | None:
    """The rules that a zone follows for good; empty when its clocks rest, None when no rule was found."""
    by_sort: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    for year in range(_SETTLED + 1, _SETTLED + 1 + _CYCLE):
        for one in _of_year(place, year):
            by_sort.setdefault(one.sort, []).append(one.onset)
    found = {}
    for sort, onsets in by_sort.items():
        rule = _inferred(onsets)
        if rule is None:
            return None
        found[sort] = rule
    return found


def _of_year(place: tzinfo, year: int) -> list[_Observance]:
    return _between(place, datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))


def _inferred(onsets: Sequence[datetime]) -> _Yearly | None:
    """The yearly rule behind one change a year over a whole cycle, verified; None if there is none."""
    if len({onset.time() for onset in onsets}) != 1 or len(onsets) != _CYCLE:
        return None
    weekdays = {onset.weekday() for onset in onsets}
    months = sorted({onset.month for onset in onsets})
    rules = tuple(_of_month(month, [onset for onset in onsets if onset.month == month], weekdays) for month in months)
    first, last = onsets[0].replace(month=1, day=1), onsets[-1].replace(month=12, day=31)
    given = sorted(day for rule in rules for day in dates(rule, aligned(rule, first.date()), first.date(), last.date()))
    return _Yearly(rules, onsets[0].time()) if given == [onset.date() for onset in onsets] else None


def _of_month(month: int, onsets: Sequence[datetime], weekdays: set[int]) -> Rule:
    numbers = {onset.day for onset in onsets}
    if len(weekdays) > 1:
        return Rule("YEARLY", months=(month,), month_days=tuple(numbers))
    weekday = tuple(weekdays)
    weeks = {(onset.day - 1) // 7 + 1 for onset in onsets}
    whole = len(onsets) == _CYCLE  # otherwise the days straddle the end of a month
    if whole and all(onset.day > days_of.monthrange(onset.year, month)[1] - 7 for onset in onsets):
        return Rule("YEARLY", months=(month,), weekdays=weekday, nth=(-1,))
    if whole and len(weeks) == 1:
        return Rule("YEARLY", months=(month,), weekdays=weekday, nth=tuple(weeks))
    return Rule("YEARLY", months=(month,), weekdays=weekday, month_days=tuple(numbers))


@lru_cache(maxsize=512)
def _settled(place: tzinfo, since: int) -> tuple[int, dict[tuple[timedelta, timedelta, str, bool], _Yearly]]:
    """From which year on the final rules describe a zone, and those rules.

    Where they do so only beyond the horizon, or never, the year after the horizon and no rules.
    """
    beyond = min(since + HORIZON + 1, MAXYEAR)
    rules = _final(place)
    if rules is None:
        return beyond, {}
    year = max(beyond, since)
    while year > since and _follows(place, year - 1, rules):
        year -= 1
    if year >= beyond or not all(_follows(place, later, rules) for later in range(year, _SETTLED, 1)):
        return beyond, {}
    return year, rules


def _follows(place: tzinfo, year: int, rules: dict[tuple[timedelta, timedelta, str, bool], _Yearly]) -> bool:
    """Whether a year's changes are just those of the rules."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    given = sorted(
        (datetime.combine(day, rule.at), sort)
        for sort, rule in rules.items()
        for part in rule.rules
        for day in dates(part, aligned(part, start), start, end)
    )
    return given == [(one.onset, one.sort) for one in _of_year(place, year)]
