"""What becomes of a seat that is empty before its term is over. Pure.

The rule is a number of months: where more than so many are left of the term, somebody is appointed for the rest of it;
else the seat waits for the next election. A body may also want an election for every vacancy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from folkmoot.groups.domain.offices import months_after


class Way(StrEnum):
    """How an empty seat is filled."""

    APPOINT = "appoint"
    ELECT = "elect"
    WAIT = "wait"
    REGULAR = "regular"
    """Nobody's term was cut short: it is filled as it always is."""


@dataclass(frozen=True)
class Empty:
    """A seat since the day on which it fell empty, with the day on which the term would have ended (None: open)."""

    since: date
    until: date | None


def way_of(empty: Empty | None, *, on: date, months: int, by_election: bool = False) -> Way:
    """How a seat is filled on a day. It counts what is left on the day on which it fell empty, not later, so that
    waiting does not change the answer; a term that would be over by now is filled as usual.
    """
    if empty is None or empty.until is None or empty.until <= on:
        return Way.REGULAR
    if months_after(empty.since, months) < empty.until:
        return Way.ELECT if by_election else Way.APPOINT
    return Way.WAIT


def months_left(since: date, until: date) -> int:
    """Whole months from one day to another; 0 where it is the other way round."""
    months = (until.year - since.year) * 12 + until.month - since.month
    if months > 0 and months_after(since, months) > until:
        months -= 1
    return max(0, months)
