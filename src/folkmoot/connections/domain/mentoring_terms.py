"""When a mentoring programme takes applications, when it runs, and when its pairs are asked how it goes. Pure.

All days are dates by one calendar, which is handed in; nothing here knows what day it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

SHORTEST_TERM: Final = 28
LONGEST_TERM: Final = 2 * 366
LONGEST_WINDOW: Final = 183
"""Days that a term lasts, both ends counted, and that applications are taken."""
BEFORE_THE_END: Final = 7
A_MONTH: Final = 30
APART: Final = 10
"""Two questions how it goes are at least so many days apart."""


class Phase(StrEnum):
    """Where a programme stands on a day."""

    PLANNED = "planned"
    OPEN = "open"
    MATCHING = "matching"
    RUNNING = "running"
    ENDED = "ended"


class Moment(StrEnum):
    """When the two of a pair are asked how it goes."""

    MONTH = "month"
    MIDDLE = "middle"
    END = "end"


class Odd(StrEnum):
    """What is impossible about the days of a programme; the name of each field is before the colon."""

    CLOSES_BEFORE_OPENING = "closes_on:before_opening"
    OPEN_TOO_LONG = "closes_on:too_long"
    WINDOW_IS_OVER = "closes_on:over"
    STARTS_BEFORE_CLOSING = "starts_on:before_closing"
    ENDS_BEFORE_START = "ends_on:before_start"
    TERM_TOO_SHORT = "ends_on:too_short"
    TERM_TOO_LONG = "ends_on:too_long"
    TERM_IS_OVER = "ends_on:over"

    @property
    def field(self) -> str:
        return self.value.partition(":")[0]


@dataclass(frozen=True)
class Term:
    """First and last day for applications, and first and last day of the time together; all four belong to it."""

    opens_on: date
    closes_on: date
    starts_on: date
    ends_on: date

    def odd(self, *, on: date, is_new: bool) -> Odd | None:
        """What cannot be about these days, or None; something new cannot take applications that are over."""
        length = (self.ends_on - self.starts_on).days + 1
        checks = (
            (self.closes_on < self.opens_on, Odd.CLOSES_BEFORE_OPENING),
            ((self.closes_on - self.opens_on).days >= LONGEST_WINDOW, Odd.OPEN_TOO_LONG),
            (is_new and self.closes_on < on, Odd.WINDOW_IS_OVER),
            (self.starts_on <= self.closes_on, Odd.STARTS_BEFORE_CLOSING),
            (length < 1, Odd.ENDS_BEFORE_START),
            (self.ends_on < on, Odd.TERM_IS_OVER),
            (length < SHORTEST_TERM, Odd.TERM_TOO_SHORT),
            (length > LONGEST_TERM, Odd.TERM_TOO_LONG),
        )
        return next((odd for is_so, odd in checks if is_so), None)

    def phase(self, on: date) -> Phase:
        """Where it stands on a day."""
        if on < self.opens_on:
            return Phase.PLANNED
        if on <= self.closes_on:
            return Phase.OPEN
        if on < self.starts_on:
            return Phase.MATCHING
        return Phase.RUNNING if on <= self.ends_on else Phase.ENDED


def check_in_days(began: date, ends: date) -> dict[Moment, date]:
    """When two who began on a day are asked: after a month, half way, and a week before the end.

    What would come within `APART` days of the one before it, or not before the end, is left out; the last one stays.
    """
    last = max(began, ends - timedelta(days=BEFORE_THE_END))
    wanted = (
        (Moment.MONTH, began + timedelta(days=A_MONTH)),
        (Moment.MIDDLE, began + (ends - began) / 2),
    )
    found: dict[Moment, date] = {}
    before = began
    for moment, day in wanted:
        if (day - before).days >= APART and (last - day).days >= APART:
            found[moment] = before = day
    return found | {Moment.END: last}


def check_in_due(began: date, ends: date, asked: Collection[Moment], *, on: date) -> Moment | None:
    """What the two are to be asked on a day, or None.

    Of several moments that have come at once, as after a long stop of the clock, only the last one; a moment before one
    that was asked is never asked any more.
    """
    if on > ends:
        return None
    come = [moment for moment, day in check_in_days(began, ends).items() if day <= on]
    order = list(Moment)
    latest = max((order.index(moment) for moment in asked), default=-1)
    return come[-1] if come and order.index(come[-1]) > latest else None
