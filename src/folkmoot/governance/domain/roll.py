"""Who is on a roll: plain facts about a person, held against what an election asks. Pure.

Days are days in the zone of the election, made of instants before they come here. What lasts has no end; ends are the
first day on which something no longer holds. `today` is the last day that is known: what holds then is taken to last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from folkmoot.groups.domain.offices import Span, is_counted, months_after

OBSERVE: Final = "observe"
LONGEST = date.max


class Unit(StrEnum):
    """In what a length of time is counted."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True)
class Stay:
    """A role in the group from a day on. `power` is "manage", "take_part" or "observe"; `role` its key, None for a
    seat that carries no role of its own here."""

    role: int | None
    power: str
    span: Span


@dataclass(frozen=True)
class Call:
    """A call that was held."""

    key: int
    on: date


@dataclass(frozen=True)
class Length:
    """So many days or months; with `more` exactly so long is not enough."""

    number: int
    unit: Unit
    more: bool = False


@dataclass(frozen=True)
class Tenure:
    """Since when somebody takes part without a break, and the first day on which that is long enough."""

    holds: bool
    since: date | None = None
    enough_on: date | None = None


@dataclass(frozen=True)
class Turnouts:
    """At how many of the calls that count somebody was; `missing` is how many more it takes."""

    holds: bool
    was_at: int
    of: int
    missing: int = 0


def after(day: date, number: int, unit: Unit) -> date:
    """The day that lies so many days or months after another; a month that is too short gives its last day."""
    try:
        return months_after(day, number) if unit == Unit.MONTHS else day + timedelta(days=number)
    except (OverflowError, ValueError):
        return LONGEST


def known_on(day: date, today: date) -> date:
    """The day whose state is looked at: the one that is asked about, or today while that is still to come."""
    return min(day, today)


def unbroken_since(stays: Iterable[Stay], day: date) -> date | None:
    """The first day from which somebody takes part without a break up to a day; None if they do not on that day.

    A change of role is no break, nor is coming back on the day of leaving.
    """
    spans = sorted((stay.span for stay in stays if not stay.span.is_empty), key=lambda span: span.begins)
    begins: date | None = None
    until: date | None = None
    for span in spans:
        if span.begins > day:
            break
        if begins is None or (until is not None and span.begins > until):
            begins, until = span.begins, span.ends
        elif until is not None:
            until = None if span.ends is None else max(until, span.ends)
    return begins if begins is not None and (until is None or day < until) else None


def long_enough(stays: Iterable[Stay], length: Length, *, by: date, today: date) -> Tenure:
    """Whether somebody takes part for so long before a day. Who came after it takes part, and not long enough."""
    spans = list(stays)
    since = unbroken_since(spans, known_on(by, today)) or unbroken_since(spans, today)
    if since is None:
        return Tenure(False)
    enough_on = after(since, length.number, length.unit)
    if length.more and enough_on < LONGEST:
        enough_on += timedelta(days=1)
    return Tenure(enough_on <= by, since, enough_on)


def held_on(stays: Iterable[Stay], day: date, today: date) -> list[Stay]:
    """The roles that somebody has on a day, as far as it is known today."""
    return [stay for stay in stays if stay.span.holds_on(known_on(day, today))]


def has_role(held: Iterable[Stay], roles: Collection[int], powers: Collection[str]) -> bool:
    """Whether one of the roles that somebody has is one of these, or has one of these powers."""
    return any(stay.role in roles or stay.power in powers for stay in held)


def observes_only(held: Iterable[Stay]) -> bool:
    """Whether somebody follows, and does nothing else."""
    powers = {stay.power for stay in held}
    return bool(powers) and powers == {OBSERVE}


def last_calls(calls: Iterable[Call], was_at: Collection[int], *, needed: int, of_last: int, day: date) -> Turnouts:
    """Whether somebody was at enough of the last calls before a day. Fewer calls than that ask for no more than all."""
    counted = sorted((call for call in calls if call.on < day), key=lambda call: (call.on, call.key))[-of_last:]
    there = sum(call.key in was_at for call in counted)
    asked = min(needed, len(counted))
    return Turnouts(there >= asked, there, len(counted), max(0, asked - there))


def calls_since(calls: Iterable[Call], was_at: Collection[int], *, needed: int, since: date, day: date) -> Turnouts:
    """Whether somebody was at enough calls from one day until before another."""
    counted = [call for call in calls if since <= call.on < day]
    there = sum(call.key in was_at for call in counted)
    return Turnouts(there >= needed, there, len(counted), max(0, needed - there))


def terms_running(spans: Iterable[Span], before: date, months: int | None) -> int:
    """How many counted terms somebody has behind them, one after the other, when a new one begins on a day.

    A break of half a full term or more ends the line: somebody else's counted term had room in it.
    """
    held = sorted((span for span in spans if span.begins < before and is_counted(span, months)), key=_begins)
    count = 0
    next_begins = before
    for span in reversed(held):
        ends = span.ends or next_begins
        if ends < next_begins and is_counted(Span(ends, next_begins), months):
            break
        count += 1
        next_begins = span.begins
    return count


def free_again(spans: Iterable[Span], months: int | None) -> date | None:
    """The first day on which a new term stands in no line with these; None if it cannot be said."""
    ends = [span.ends for span in spans if not span.is_empty]
    last = max((end for end in ends if end is not None), default=None)
    if last is None or None in ends or months is None:
        return None
    half = -(-(after(last, months, Unit.MONTHS) - last).days // 2)
    return after(last, half, Unit.DAYS)


def _begins(span: Span) -> date:
    return span.begins
