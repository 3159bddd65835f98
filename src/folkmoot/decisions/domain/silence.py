"""How long silence lasts: whole days that everybody on Earth has, until the last one is over everywhere.

A day is counted when it begins everywhere after the text was laid open, so that nobody is short of a part of it. It
first begins at UTC+14, and it is over last at UTC-12, "Anywhere on Earth".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

EARLIEST = timezone(timedelta(hours=14))
ANYWHERE_ON_EARTH = timezone(timedelta(hours=-12))
WEEKEND = "weekend"
MOST_DAYS = 60
LONGEST_SEARCH = timedelta(days=400)


@dataclass(frozen=True)
class Skipped:
    """A day that was not counted: `why` is "weekend" or the name of a holiday."""

    on: date
    why: str


@dataclass(frozen=True)
class Period:
    """The days of a silence; `ends_at` is the instant (UTC) at which `last_day` is over Anywhere on Earth."""

    first_day: date
    last_day: date
    ends_at: datetime
    skipped: tuple[Skipped, ...]


def period(
    opened_at: datetime, days: int, *, skips_weekends: bool = False, holidays: Mapping[date, str] | None = None
) -> Period:
    """The period of `days` counted days for a text that lies open since an aware instant.

    `holidays` names days to be left out. ValueError for fewer than one day, more than `MOST_DAYS`, or when more than a
    year passes without enough days to count.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"A silence has 1 to {MOST_DAYS} days, not {days}.")
    named, skipped, counted = holidays or {}, [], 0
    day = first_whole_day(opened_at)
    latest = day + LONGEST_SEARCH
    first: date | None = None
    while True:
        why = _why_not(day, skips_weekends, named)
        if why:
            skipped.append(Skipped(day, why))
        else:
            first = first or day
            counted += 1
            if counted == days:
                return Period(first, day, end_of_day(day), tuple(skipped))
        day += timedelta(days=1)
        if day > latest:
            raise ValueError("There are not enough days to count within a year.")


def first_whole_day(opened_at: datetime) -> date:
    """The first day that begins everywhere on Earth at or after an instant."""
    there = opened_at.astimezone(EARLIEST)
    return there.date() if there.time() == time() else there.date() + timedelta(days=1)


def end_of_day(day: date) -> datetime:
    """The instant, in UTC, at which a day is over Anywhere on Earth."""
    return datetime.combine(day + timedelta(days=1), time(), ANYWHERE_ON_EARTH).astimezone(UTC)


def _why_not(day: date, skips_weekends: bool, holidays: Mapping[date, str]) -> str:
    if skips_weekends and day.weekday() >= 5:
        return WEEKEND
    return holidays.get(day, "")
