"""Occurrences as a list by week and day, in one zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from folkmoot.kit import zones

WEEKS_SHOWN = 6
REACH = timedelta(days=366 * 2)
"""How far before and after today the page goes."""


class TakesPlace(Protocol):
    """Whatever can stand in the list: something of ours, or of a calendar that others keep."""

    @property
    def starts_at(self) -> datetime: ...


@dataclass
class Day:
    """A day on which something takes place."""

    date: date
    shown: list[TakesPlace] = field(default_factory=list)


@dataclass
class Week:
    """A week from its Monday on, with those of its days on which something takes place."""

    monday: date
    days: list[Day] = field(default_factory=list)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def midnight(day: date, zone: str) -> datetime:
    """The first instant of a day in a zone, in UTC."""
    return zones.local_to_utc(datetime.combine(day, datetime.min.time()), zone).utc


def by_week(shown: Iterable[TakesPlace], zone: str) -> list[Week]:
    """The weeks in which something takes place, by the days of `zone`; occurrences come in order of time."""
    found: list[Week] = []
    for one in shown:
        day = one.starts_at.astimezone(zones.zone(zone)).date()
        monday = monday_of(day)
        if not found or found[-1].monday != monday:
            found.append(Week(monday))
        days = found[-1].days
        if not days or days[-1].date != day:
            days.append(Day(day))
        days[-1].shown.append(one)
    return found
