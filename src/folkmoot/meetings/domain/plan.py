"""When a series takes place: a rule with its first day, a wall time and a zone. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from folkmoot.kit import recurrence
from folkmoot.kit.recurrence import Occurrence, Rule

HORIZON: Final = timedelta(weeks=13)
"""How far ahead meetings are made."""
AT_LEAST: Final = 6
"""How many are made ahead where the horizon holds fewer."""
FURTHEST: Final = timedelta(days=366 * 6)
_COMPARED: Final = timedelta(days=366 * 2)


@dataclass(frozen=True)
class Plan:
    """`first` is a day of `rule`; `at` is wall time in `zone`. `is_empty` when no day is left of it."""

    rule: Rule
    first: date
    at: time
    zone: str
    is_empty: bool = False

    @property
    def starts(self) -> datetime:
        """Wall time of the first occurrence."""
        return datetime.combine(self.first, self.at)

    def days(self, start: date, end: date, *, limit: int = recurrence.MOST_REPEATS) -> list[date]:
        """The days on which it takes place, from `start` to `end`, both included."""
        return [] if self.is_empty else recurrence.dates(self.rule, self.first, start, end, limit=limit)

    def occurrences(self, start: datetime, end: datetime, *, limit: int) -> list[Occurrence]:
        """What starts from `start` (included) to `end` (excluded), both aware."""
        if self.is_empty:
            return []
        return recurrence.occurrences(self.rule, self.first, self.at, self.zone, start, end, limit=limit)

    def until(self, last: date) -> Plan:
        """The same with no occurrence after `last`."""
        kept = self.days(self.first, last)
        if not kept:
            return replace(self, is_empty=True)
        if self.rule.until is not None and self.rule.until <= last:
            return self
        # A count cannot stand beside an end by date, and by then it is known what it comes to.
        return replace(self, rule=replace(self.rule, count=None, until=min(last, kept[-1])))

    def from_day(self, day: date) -> Plan:
        """The same without what comes before `day`, in step with the original: a second week stays a second week."""
        if day <= self.first or self.is_empty:
            return self
        left = self.days(day, _later(day, FURTHEST), limit=1)
        if not left:
            return replace(self, is_empty=True)
        rule = self.rule
        if rule.count is not None:
            rule = replace(rule, count=rule.count - len(self.days(self.first, left[0])) + 1)
        return replace(self, rule=rule, first=left[0])

    def agrees_with(self, other: Plan, day: date) -> bool:
        """Whether both say the same from `day` on, for as long as anyone plans ahead."""
        if (self.at, self.zone) != (other.at, other.zone):
            return False
        end = _later(day, _COMPARED)
        return self.days(day, end) == other.days(day, end)

    def ahead(self, now: datetime, duration: timedelta) -> list[Occurrence]:
        """The occurrences for which there should be a meeting: what is under way, and the coming months."""
        found = self.occurrences(now - duration, now + HORIZON, limit=400)
        if len(found) < AT_LEAST:
            found = self.occurrences(now - duration, now + FURTHEST, limit=AT_LEAST)
        return found


def planned(rule: Rule, first: date, at: time, zone: str) -> Plan:
    """A plan from what a charter says; where its first date is no day of the rule, from the next one that is."""
    return Plan(rule, recurrence.aligned(rule, first), at, zone)


def _later(day: date, by: timedelta) -> date:
    return day + by if day < date.max - by else date.max
