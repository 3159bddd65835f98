"""Which days of a series a group joins, and what of its plan that leaves. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from folkmoot.meetings.domain.plan import Plan


@dataclass(frozen=True)
class Span:
    """From a day up to and with another one, or without an end."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def ended_before(self, day: date) -> Span | None:
        """The same up to the day before `day`; None where nothing is left of it."""
        last = date.fromordinal(day.toordinal() - 1)
        if self.last is not None and self.last <= last:
            return self
        return replace(self, last=last) if last >= self.first else None

    def overlaps(self, other: Span) -> bool:
        return (other.last is None or self.first <= other.last) and (self.last is None or other.first <= self.last)

    def of(self, plan: Plan) -> Plan:
        """What of a plan falls into it, in step with the whole; `is_empty` where nothing does."""
        kept = plan.from_day(self.first)
        return kept if self.last is None or kept.is_empty else kept.until(self.last)
