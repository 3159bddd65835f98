"""Whether a charter's table of times is right on the day of a meeting. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from folkmoot.kit import timetable, zones
from folkmoot.kit.timetable import Assessment, Change, Row
from folkmoot.meetings.domain.plan import Plan


@dataclass(frozen=True)
class RowTruth:
    """One row: what it states, and what clocks show there. `zone` and `shows` are None where nobody knows what
    its label means; `is_right` is None then."""

    label: str
    states: time
    zone: str | None
    shows: datetime | None
    is_right: bool | None

    @property
    def place(self) -> str:
        return zones.place(self.zone) if self.zone else ""


@dataclass(frozen=True)
class TableTruth:
    """The whole table at one instant, read in the one way that keeps it right most often.

    `is_ever_right` tells a table that clocks put wrong for a while from one that contradicts itself or the call.
    `next_change` is the next one from which its answer is another, None when it stays.
    """

    rows: tuple[RowTruth, ...]
    is_right: bool | None
    is_ever_right: bool
    next_change: Change | None


def truth(rows: Sequence[Row], plan: Plan, instant: datetime) -> TableTruth | None:
    """A table held against clocks at an instant (aware); None for no table."""
    if not rows or plan.is_empty:
        return None
    year = instant.astimezone(zones.zone(plan.zone)).year
    assessed = _assessed(tuple(rows), plan, year)
    found = tuple(_row(row, zone, instant) for row, zone in zip(rows, assessed.choice, strict=True))
    later = [change for change in assessed.changes if change.first_call > instant]
    return TableTruth(
        rows=found,
        is_right=timetable.is_right(rows, assessed.choice, instant),
        is_ever_right=assessed.right_count > 0,
        next_change=later[0] if later else None,
    )


@lru_cache(maxsize=256)
def _assessed(rows: tuple[Row, ...], plan: Plan, year: int) -> Assessment:
    # Two whole years, so that all meetings of a year are held against one and the same reading.
    start, end = date(year, 1, 1), date(min(year + 1, 9999), 12, 31)
    return timetable.assess(rows, plan.zone, plan.at, start, end, rule=plan.rule, first=plan.first)


def _row(row: Row, zone: str | None, instant: datetime) -> RowTruth:
    if zone is None:
        return RowTruth(row.label, row.time, None, None, None)
    shows = instant.astimezone(zones.zone(zone)).replace(tzinfo=None)
    return RowTruth(row.label, row.time, zone, shows, timetable.is_true(row, zone, instant))
