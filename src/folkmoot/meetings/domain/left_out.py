"""On which days a series is not held: breaks, and holidays of chosen countries. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from folkmoot.kit.public_holidays import names_of
from folkmoot.meetings.domain.plan import Plan

LONGEST_REASON = 200


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included, without calls; with `meets_anyway` the calls take place in spite."""

    first: date
    last: date
    reason: str
    meets_anyway: bool = False

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class HolidaysOf:
    """No calls on the holidays of a country or of a part of it, from `since` to `until` (None: for good)."""

    country: str
    subdivision: str
    since: date
    until: date | None = None

    def counts_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class LeavesOut:
    """All that keeps a series from being held."""

    spans: Sequence[Span] = ()
    holidays: Sequence[HolidaysOf] = ()

    def why(self, day: date) -> str:
        """Why there is no call on a day; empty where there is one."""
        if any(span.meets_anyway and span.has(day) for span in self.spans):
            return ""
        said = next((span.reason for span in self.spans if span.has(day)), "")
        if said:
            return said
        places = [(rule.country, rule.subdivision) for rule in self.holidays if rule.counts_on(day)]
        return names_of(places, day)[:LONGEST_REASON] if places else ""

    def of_plan(self, plan: Plan, today: date) -> dict[datetime, str]:
        """The wall times of a plan that are left out, each with the reason, up to the end of the year after next.

        Years end together, so that calendars are told of further holidays once a year.
        """
        if not (self.spans or self.holidays) or plan.is_empty:
            return {}
        begins = min([span.first for span in self.spans] + [rule.since for rule in self.holidays])
        days = plan.days(max(begins, plan.first), _end(today))
        return {datetime.combine(day, plan.at): why for day in days if (why := self.why(day))}


def _end(today: date) -> date:
    return date(today.year + 2, 12, 31) if today.year < date.max.year - 2 else date.max - timedelta(days=1)
