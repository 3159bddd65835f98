"""When a message may go: quiet hours and digests, on the reader's clock. Pure; `now` is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from folkmoot.kit import zones


class Choice(StrEnum):
    """How soon somebody wants to hear about a topic by one channel."""

    NOW = "now"
    DIGEST = "digest"
    NOT = "not"


class Every(StrEnum):
    """How often a digest comes."""

    WEEK = "week"
    DAY = "day"
    NEVER = "never"


@dataclass(frozen=True)
class Rhythm:
    """When somebody's digest comes: `weekday` counts from Monday as 0 and matters for weekly ones only."""

    every: Every = Every.WEEK
    weekday: int = 0
    hour: int = 8


@dataclass(frozen=True)
class Period:
    """A digest that has come due: its key ("2026-W48", "2026-11-26") and the instant at which it was due, in UTC."""

    key: str
    at: datetime


def quiet_until(now: datetime, zone: str, begins: time | None, ends: time | None) -> datetime | None:
    """The end of the quiet hours in which `now` lies, in UTC; None when it lies in none.

    Hours run over midnight where they end before they begin. An end that clocks jump over comes as much later as
    they jump; one that comes twice is taken the first time, or the second time when the first has passed.
    """
    if begins is None or ends is None or begins == ends:
        return None
    here = now.astimezone(zones.zone(zone))
    clock = here.time().replace(tzinfo=None)
    if begins < ends:
        inside, last_day = begins <= clock < ends, here.date()
    else:
        inside = clock >= begins or clock < ends
        last_day = here.date() + timedelta(days=1 if clock >= begins else 0)
    if not inside:
        return None
    ends_at = (candidate.utc for candidate in zones.local_to_utc(datetime.combine(last_day, ends), zone).candidates)
    return next((instant for instant in ends_at if instant > now), None)


def period_due(rhythm: Rhythm, zone: str, now: datetime) -> Period | None:
    """The newest digest that has come due by `now`; None for somebody who wants none."""
    if rhythm.every == Every.NEVER:
        return None
    today = now.astimezone(zones.zone(zone)).date()
    # A day more than a week, since a day may be missing in a zone that changed sides of the date line.
    for back in range(9):
        day = today - timedelta(days=back)
        if rhythm.every == Every.WEEK and day.weekday() != rhythm.weekday:
            continue
        at = zones.local_to_utc(datetime.combine(day, time(rhythm.hour)), zone).utc
        if at <= now:
            return Period(_key(rhythm.every, day), at)
    return None


def _key(every: Every, day: date) -> str:
    if every == Every.DAY:
        return day.isoformat()
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"
