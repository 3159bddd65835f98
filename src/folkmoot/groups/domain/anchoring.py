"""Settling in which zone a regular call keeps its wall time, once somebody has said so.

A charter often leaves this open: it says "8 am PST", or gives a table of four zones. The answer is one zone.
If the charter states the call's time there, that is the time. Otherwise the time is worked out from the
offsets that the charter's letters stand for, on the day of the first call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule
from folkmoot.kit.timetable import Row, agreed_instant, day_shift


@dataclass(frozen=True)
class Anchored:
    """A call that can be scheduled as far as its clock goes: wall time in a zone, with rule and first day."""

    zone: str
    at: time
    rule: Rule | None
    first: date | None


def anchored(
    rows: Sequence[Row], zone: str, *, rule: Rule | None = None, first: date | None = None, today: date
) -> Anchored:
    """The call of these rows, anchored in `zone`.

    `rows` are the charter's table, or its one stated time as a single row; `rule` and `first` are as the
    charter words them, in days of the first row; without a first day, times are compared as they are `today`.
    Refused `zone_unknown` or `zone_abbreviation` for what is no zone, `zone_not_in_table` where the time
    there cannot be told.
    """
    zone = zones.canonical(zone)
    day = first or today
    for row in rows:
        if zone in row.zones:
            return _moved(zone, row.time, rule, first, day_shift(rows, row, zone, day))
    if len(rows) == 1 and not rows[0].zones:
        return Anchored(zone, rows[0].time, rule, first)
    instant = agreed_instant(rows, day)
    if instant is None:
        raise Refused(
            f"The charter does not say what time the call has in {zones.place(zone)}. "
            f"Name a zone of its own: {', '.join(zones_named(rows))}.",
            code="zone_not_in_table",
            zone=zone,
        )
    local = instant.astimezone(zones.zone(zone)).replace(tzinfo=None)
    return _moved(zone, local.time(), rule, first, (local.date() - day).days)


def _moved(zone: str, at: time, rule: Rule | None, first: date | None, days: int) -> Anchored:
    """The call in a zone where it falls some days after the days that the charter names."""
    return Anchored(
        zone,
        at,
        _shifted(rule, days) if rule and days else rule,
        first + timedelta(days=days) if first else None,
    )


def zones_named(rows: Sequence[Row]) -> tuple[str, ...]:
    """All zones that the rows' labels may mean, in their order, each once."""
    return tuple(dict.fromkeys(zone for row in rows for zone in row.zones))


def _shifted(rule: Rule, days: int) -> Rule:
    """A weekly rule on the neighbouring day; others have no neighbouring rule."""
    if rule.freq != "WEEKLY":
        raise Refused(
            "In that zone the call falls on another day of the month's count. Name a zone of the charter's own.",
            code="zone_not_in_table",
        )
    return replace(rule, weekdays=tuple(sorted((day + days) % 7 for day in rule.weekdays)))
