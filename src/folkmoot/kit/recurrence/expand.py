"""From a rule to days, and from days to instants.

Days are computed in the calendar alone; the zone is attached afterwards, so that a call keeps its wall time
when clocks change. All arithmetic is our own: weekly rules are strides of day numbers, and the others look
at one month or year at a time. That keeps the work bounded by the window even for rules which never match (a
general rule engine searches up to the year 9999 for the next 30 February), and it is what makes a year of a
thousand series cheap.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final, NamedTuple

from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence.rule import MOST_REPEATS, Rule
from folkmoot.kit.zones import zone as zone_named

LAST_DAY: Final = date.max.toordinal()
_MARGIN: Final = timedelta(days=2)


class Occurrence(NamedTuple):
    """One time that a series takes place."""

    local: datetime
    """The planned wall time in the zone of the series, naive. In a gap of the clocks it is the time as
    planned, although no clock shows it; `utc` is right there too."""
    utc: datetime
    """Aware, in UTC."""


def dates(rule: Rule, first: date, start: date, end: date, *, limit: int = MOST_REPEATS) -> list[date]:
    """The days of a series from `start` to `end`, both included, at most the `limit` earliest ones.

    `first` is the first day of the series: it anchors the interval, and the count starts there. Raises
    `Refused` with code `first_not_in_rule` when it is not itself a day of the rule; `aligned` gives one.
    """
    if not _matches(rule, first):
        raise Refused(f"{first.isoformat()} is not a day of this series.", code="first_not_in_rule", first=first)
    end = min(end, rule.until) if rule.until is not None else end
    if end < start or end < first:
        return []
    low, high = max(start, first).toordinal(), end.toordinal()
    anchor = first.toordinal()
    days: Iterable[int] = _days(rule, first, anchor if rule.count is not None else low, high)
    if rule.count is not None:
        # The count runs from the first day on, wherever the window begins.
        days = (day for day in islice(days, rule.count) if day >= low)
    return [date.fromordinal(day) for day in islice(days, limit)]


def occurrences(
    rule: Rule,
    first: date,
    at: time,
    zone: str | tzinfo,
    start: datetime,
    end: datetime,
    *,
    limit: int = MOST_REPEATS,
) -> list[Occurrence]:
    """The instants of a series from `start` (included) to `end` (excluded), both aware.

    `at` is the wall time in `zone`. Where clocks jump over it, the offset before the jump counts; where it
    comes twice, the first of the two (RFC 5545 section 3.3.5). At most the `limit` earliest ones are given.
    """
    place = zone_named(zone) if isinstance(zone, str) else zone
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    since, till = start.date(), end.date()
    since = since - _MARGIN if since > date.min + _MARGIN else date.min
    till = till + _MARGIN if till < date.max - _MARGIN else date.max
    # Up to two days on either side fall outside the window once the zone is attached.
    days = dates(rule, first, since, till, limit=limit + 5)
    combine, found, at = datetime.combine, [], at.replace(fold=0)
    for day in days:
        try:
            # Fold 0 means just what RFC 5545 asks for, in a gap and in an overlap (PEP 495).
            utc = combine(day, at, place).astimezone(UTC)
        except OverflowError:
            continue  # the first and the last day of the calendar, where UTC would leave it
        if start <= utc < end:
            found.append(Occurrence(combine(day, at), utc))
    return found[:limit]


def aligned(rule: Rule, first: date) -> date:
    """The first day on or after `first` that matches the rule's weekdays, days and months.

    The interval is left out of account, since it is the first day of a series which anchors it. Raises
    `Refused` with code `rule_empty` when no day in the next 40 years matches.
    """
    low = first.toordinal()
    high = min(low + 40 * 366, LAST_DAY)
    if rule.freq in ("WEEKLY", "DAILY"):
        found = (day for day in range(low, high + 1) if _matches(rule, date.fromordinal(day)))
    else:
        each = _monthly if rule.freq == "MONTHLY" else _yearly
        found = (day for day in each(replace(rule, interval=1), first, low, high) if day >= low)
    for day in found:
        return date.fromordinal(day)
    raise Refused("No day matches this series.", code="rule_empty", first=first)


def _matches(rule: Rule, day: date) -> bool:
    """Whether a day could be the first of the series."""
    number = day.toordinal()
    if rule.until is not None and day > rule.until:
        return False
    if rule.freq == "WEEKLY":
        return (not rule.weekdays or day.weekday() in rule.weekdays) and _in_months(rule, day)
    if rule.freq == "DAILY":
        return _of_day(rule, day)
    if rule.freq == "MONTHLY":
        return number in _of_month(rule, day.year, day.month, day.day)
    return number in _of_year(rule, day.year, day)


def _days(rule: Rule, first: date, low: int, high: int) -> Iterator[int]:
    """Day numbers of the rule from `low` to `high`, in order; `low` is never before the first day."""
    match rule.freq:
        case "WEEKLY":
            return _weekly(rule, first, low, high)
        case "DAILY":
            return _daily(rule, first, low, high)
        case "MONTHLY":
            found = _monthly(rule, first, low, high)
        case _:
            found = _yearly(rule, first, low, high)
    return takewhile(lambda day: day <= high, (day for day in found if day >= low))


def _weekly(rule: Rule, first: date, low: int, high: int) -> Iterator[int]:
    anchor, stride = first.toordinal(), 7 * rule.interval
    if len(rule.weekdays) < 2 and not rule.months:
        return iter(range(anchor + -(-(low - anchor) // stride) * stride, high + 1, stride))
    week = anchor - (first.weekday() - rule.week_start) % 7
    week += max(0, (low - week) // stride) * stride
    steps = sorted((day - rule.week_start) % 7 for day in rule.weekdays or (first.weekday(),))
    found = (start + step for start in range(week, high + 1, stride) for step in steps)
    within = (day for day in found if low <= day <= high)
    if not rule.months:
        return within
    return (day for day in within if date.fromordinal(day).month in rule.months)


def _daily(rule: Rule, first: date, low: int, high: int) -> Iterator[int]:
    anchor, stride = first.toordinal(), rule.interval
    days = range(anchor + -(-(low - anchor) // stride) * stride, high + 1, stride)
    if not (rule.weekdays or rule.month_days or rule.months):
        return iter(days)
    return (day for day in days if _of_day(rule, date.fromordinal(day)))


def _monthly(rule: Rule, first: date, low: int, high: int) -> Iterator[int]:
    anchor = first.year * 12 + first.month - 1
    since, till = date.fromordinal(low), date.fromordinal(high)
    steps = (since.year * 12 + since.month - 1 - anchor) // rule.interval
    for number in range(anchor + steps * rule.interval, till.year * 12 + till.month, rule.interval):
        yield from _of_month(rule, number // 12, number % 12 + 1, first.day)


def _yearly(rule: Rule, first: date, low: int, high: int) -> Iterator[int]:
    since, till = date.fromordinal(low).year, date.fromordinal(high).year
    steps = (since - first.year) // rule.interval
    for year in range(first.year + steps * rule.interval, till + 1, rule.interval):
        yield from _of_year(rule, year, first)


def _of_day(rule: Rule, day: date) -> bool:
    if rule.weekdays and day.weekday() not in rule.weekdays:
        return False
    if not _in_months(rule, day):
        return False
    if not rule.month_days:
        return True
    length = calendar.monthrange(day.year, day.month)[1]
    return day.day in rule.month_days or day.day - length - 1 in rule.month_days


def _in_months(rule: Rule, day: date) -> bool:
    return not rule.months or day.month in rule.months


@lru_cache(maxsize=4096)
def _month(year: int, month: int) -> tuple[int, int, int]:
    """The month's first day as a number, that day's weekday, and the month's length."""
    weekday, length = calendar.monthrange(year, month)
    return date(year, month, 1).toordinal(), weekday, length


def _of_month(rule: Rule, year: int, month: int, day_of_first: int) -> list[int]:
    if rule.months and month not in rule.months:
        return []
    start, weekday, length = _month(year, month)
    if not rule.month_days and not rule.weekdays:
        return [start + day_of_first - 1] if day_of_first <= length else []
    if not rule.month_days:
        return _placed(rule, _weekdays_between(rule, start, weekday, length))
    days = {start + (day - 1 if day > 0 else length + day) for day in rule.month_days if abs(day) <= length}
    if rule.weekdays:
        days.intersection_update(_weekdays_between(rule, start, weekday, length))
    return _placed(rule, sorted(days))


def _weekdays_between(rule: Rule, start: int, weekday: int, length: int) -> list[int]:
    """The rule's weekdays (or only the n-th ones) among `length` days from `start`, which is a `weekday`."""
    found: list[int] = []
    for wanted in rule.weekdays:
        all_of_it = range(start + (wanted - weekday) % 7, start + length, 7)
        if not rule.nth:
            found.extend(all_of_it)
            continue
        many = len(all_of_it)
        found.extend({all_of_it[n - 1 if n > 0 else n] for n in rule.nth if -many <= n <= many})
    found.sort()
    return found


def _of_year(rule: Rule, year: int, first: date) -> list[int]:
    if rule.months or rule.month_days:
        # As in each of these months: RFC 5545 counts the n-th weekday within the month here.
        months = rule.months or range(1, 13)
        monthly = rule if not rule.set_positions else _without_positions(rule)
        days = [day for month in months for day in _of_month(monthly, year, month, first.day)]
        return _placed(rule, days)
    if rule.weekdays:
        start = date(year, 1, 1)
        length = 366 if calendar.isleap(year) else 365
        return _placed(rule, _weekdays_between(rule, start.toordinal(), start.weekday(), length))
    start_of_month, _, length = _month(year, first.month)
    return [start_of_month + first.day - 1] if first.day <= length else []


@lru_cache(maxsize=256)
def _without_positions(rule: Rule) -> Rule:
    return Rule(rule.freq, weekdays=rule.weekdays, nth=rule.nth, month_days=rule.month_days, months=rule.months)


def _placed(rule: Rule, days: list[int]) -> list[int]:
    if not rule.set_positions:
        return days
    many = len(days)
    return sorted({days[n - 1 if n > 0 else n] for n in rule.set_positions if -many <= n <= many})
