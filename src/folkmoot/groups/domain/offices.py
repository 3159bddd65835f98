"""Terms of office as plain dates: when a term ends, which overlap, how many follow one another, what falls free.

A span begins on its first day and ends on the day from which it no longer holds, which is the first day of whoever
comes next. An end of None is open.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """From a day until (not including) another."""

    begins: date
    ends: date | None = None

    @property
    def is_empty(self) -> bool:
        return self.ends is not None and self.ends <= self.begins

    def holds_on(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)

    def overlaps(self, other: Span) -> bool:
        if self.is_empty or other.is_empty:
            return False
        return (other.ends is None or self.begins < other.ends) and (self.ends is None or other.begins < self.ends)


@dataclass(frozen=True)
class Held:
    """One term in the history of a seat: whose it was, when, and whether it counts toward a limit."""

    holder: int
    span: Span
    counts: bool = True


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of_term(begins: date, months: int | None, turns_on: date | None = None) -> date | None:
    """The day on which a term that begins on this day ends; None when its length is open.

    With `turns_on`, a day on which the seat turns over, terms end on that day or a whole number of terms before or
    after it: whoever comes in between serves the rest, which keeps staggered seats staggered.
    """
    if months is None:
        return None
    if turns_on is None:
        return months_after(begins, months)
    apart = (begins.year - turns_on.year) * 12 + begins.month - turns_on.month
    turn = apart // months - 1
    while (end := months_after(turns_on, turn * months)) <= begins:
        turn += 1
    return end


def is_counted(span: Span, months: int | None) -> bool:
    """Whether a term counts toward a limit: it was to last at least half of a full one."""
    if span.is_empty:
        return False
    if months is None or span.ends is None:
        return True
    full = months_after(span.begins, months) - span.begins
    return (span.ends - span.begins) * 2 >= full


def consecutive(history: Iterable[Held], holder: int, before: date) -> int:
    """How many counted terms somebody has held one after the other when a new one begins on this day.

    Only somebody else's counted term in between breaks the line; a time without a holder does not.
    """
    count = 0
    for held in sorted(history, key=lambda one: one.span.begins, reverse=True):
        if held.span.begins >= before or not held.counts:
            continue
        if held.holder != holder:
            break
        count += 1
    return count


def free_from(spans: Iterable[Span], on: date) -> date | None:
    """The first day, this one or later, on which nobody holds the seat; None when it is held without an end."""
    day = on
    for span in sorted((one for one in spans if not one.is_empty), key=lambda one: one.begins):
        if span.holds_on(day):
            if span.ends is None:
                return None
            day = span.ends
    return day


def terms_ending(spans: Sequence[Span], on: date, within: timedelta) -> list[int]:
    """Positions of the spans that hold on a day and end within a time from it, the soonest first."""
    ending = [
        (span.ends, position)
        for position, span in enumerate(spans)
        if span.ends is not None and span.holds_on(on) and span.ends - on <= within
    ]
    return [position for _ends, position in sorted(ending)]


def staggered(first_turn: date, months: int, seats: int, cohorts: int) -> list[date]:
    """A day of turning over for each of some seats, so that they fall free in equal parts rather than all at once.

    Seats are dealt out to `cohorts` in turn; the first cohort turns over on `first_turn`, each following one
    `months / cohorts` later.
    """
    step = months // max(1, cohorts)
    return [months_after(first_turn, (seat % max(1, cohorts)) * step) for seat in range(seats)]
