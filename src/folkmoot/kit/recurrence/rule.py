"""The rule of a series: how its days repeat. A value, checked when it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from folkmoot.kit.errors import Refused

Freq = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]

MOST_REPEATS: Final = 10_000
"""The largest count that a rule may carry: a call on every day for 27 years."""

LARGEST_INTERVAL: Final = 1_000

_FURTHEST_WEEKDAY: Final = {"MONTHLY": 5, "YEARLY": 53}


@dataclass(frozen=True)
class Rule:
    """A rule of RFC 5545 section 3.3.10 as far as it speaks of days; times of day belong to the series.

    Weekdays count from 0 = Monday, as in `date.weekday`. Every part is put in order and freed of doubles, so
    that rules which say the same compare equal. Raises `Refused` with code `rule_invalid` for what makes no
    sense and `rule_too_dense` for a count above `MOST_REPEATS`.
    """

    freq: Freq
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    """Which of the weekdays within the month (or year): 1 the first, -1 the last; empty means each."""
    month_days: tuple[int, ...] = ()
    """Days of the month; -1 is the last one."""
    months: tuple[int, ...] = ()
    set_positions: tuple[int, ...] = ()
    """BYSETPOS: which days of all that match within one month or year; -1 is the last one."""
    count: int | None = None
    until: date | None = None
    """The last day on which an occurrence may start, in the zone of the series."""
    week_start: int = 0
    """First day of the week; counts when every second week (or fewer) has several weekdays."""

    def __post_init__(self) -> None:
        if self.freq not in get_args(Freq):
            raise _invalid(f"A series cannot repeat {self.freq!r}: daily, weekly, monthly or yearly.")
        for part in ("weekdays", "nth", "month_days", "months", "set_positions"):
            object.__setattr__(self, part, tuple(sorted(set(getattr(self, part)))))
        _within("interval", (self.interval,), 1, LARGEST_INTERVAL)
        _within("weekday", (*self.weekdays, self.week_start), 0, 6)
        _within("month", self.months, 1, 12)
        _within("day of the month", self.month_days, -31, 31, nonzero=True)
        _within("position", self.set_positions, -366, 366, nonzero=True)
        _within("position of a weekday", self.nth, *self._positions(), nonzero=True)
        if self.nth and not self.weekdays:
            raise _invalid("“The first” or “the last” needs a weekday.")
        if self.nth and self.month_days:
            raise _invalid("A series names the n-th weekday or days of the month, not both.")
        if self.freq == "WEEKLY" and self.month_days:
            raise _invalid("A weekly series cannot name days of the month; make it monthly.")
        if self.set_positions and (self.freq not in _FURTHEST_WEEKDAY or not (self.weekdays or self.month_days)):
            raise _invalid("Positions need a monthly or yearly series and the days to choose from.")
        if self.count is not None and self.until is not None:
            raise _invalid("A series ends after a number of times or on a date, not both.")
        if self.count is not None and self.count < 1:
            raise _invalid("A series has to take place at least once.")
        if self.count is not None and self.count > MOST_REPEATS:
            raise Refused(
                f"A series may repeat {MOST_REPEATS:,} times at most, not {self.count:,} times.",
                code="rule_too_dense",
                count=self.count,
                most=MOST_REPEATS,
            )

    def _positions(self) -> tuple[int, int]:
        if self.nth and self.freq not in _FURTHEST_WEEKDAY:
            raise _invalid("“The first” or “the last” weekday needs a monthly or yearly series.")
        within = "MONTHLY" if self.months else self.freq
        furthest = _FURTHEST_WEEKDAY.get(within, 0)
        return -furthest, furthest


def _invalid(words: str, **params: object) -> Refused:
    return Refused(words, code="rule_invalid", **params)


def _within(what: str, values: tuple[int, ...], least: int, most: int, *, nonzero: bool = False) -> None:
    for value in values:
        if not least <= value <= most or (nonzero and value == 0):
            allowed = f"1 to {most} or -1 to {least}" if nonzero else f"{least} to {most}"
            raise _invalid(f"{value} is no {what} that a series can have: {allowed}.", value=value)
