"""Days on which somebody is away. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """From one day to another, both of them days away."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def away_until(spans: Iterable[Span], on: date) -> date | None:
    """The last day away of somebody who is away on a day; None for who is not. Spans that meet or overlap are one."""
    until = None
    for span in sorted(spans, key=lambda one: (one.first, one.last)):
        if span.covers(on) or (until is not None and span.first <= until + timedelta(days=1)):
            until = max(until or span.last, span.last)
    return until


def has_missed(spans: Iterable[Span], day: date, *, today: date, within: timedelta) -> bool:
    """Whether a day fell into an absence that has ended, not longer ago than `within`, and somebody is here again."""
    spans = list(spans)
    if day >= today or away_until(spans, today) is not None:
        return False
    until = away_until(spans, day)
    return until is not None and until < today <= until + within
