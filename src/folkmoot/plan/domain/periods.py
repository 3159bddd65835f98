"""The times that goals are set for: a year, or a quarter of it; and months, for reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from folkmoot.kit.errors import Refused

_PERIOD = re.compile(r"(\d{4})(?:-Q([1-4]))?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True, order=True)
class Period:
    """A calendar year, or a quarter of one; `quarter` is 1 to 4, or 0 for the whole year."""

    year: int
    quarter: int = 0

    @property
    def key(self) -> str:
        """ "2026" or "2026-Q4"."""
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def first(self) -> date:
        return date(self.year, (self.quarter - 1) * 3 + 1 if self.quarter else 1, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Period:
        """The period of the same length that follows."""
        if not self.quarter:
            return Period(self.year + 1)
        return Period(self.year + 1, 1) if self.quarter == 4 else Period(self.year, self.quarter + 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def quarter_of(day: date) -> Period:
    """The quarter that a day belongs to."""
    return Period(day.year, (day.month + 2) // 3)


def parse_period(text: str) -> Period:
    """A period from its key. Refused `invalid_period` for anything else."""
    found = _PERIOD.fullmatch(text.strip())
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise Refused(f"{text[:40]} is no year and no quarter, such as 2026 or 2026-Q4.", code="invalid_period")
    return Period(int(found[1]), int(found[2] or 0))


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @property
    def key(self) -> str:
        """ "2026-10"."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def before(self) -> Month:
        return month_of(self.first - timedelta(days=1))


def month_of(day: date) -> Month:
    """The month that a day belongs to."""
    return Month(day.year, day.month)


def parse_month(text: str) -> Month:
    """A month from its key. Refused `invalid_month` for anything else."""
    found = _MONTH.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise Refused(f"{text[:40]} is no month, such as 2026-10.", code="invalid_month")
    return Month(int(found[1]), int(found[2]))
