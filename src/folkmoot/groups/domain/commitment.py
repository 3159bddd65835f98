"""How much time a charter asks of those who lead, and for how long."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1, "eighteen": 18, "twenty-four": 24}
_COUNT: Final = r"(\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_HOURS: Final = re.compile(
    rf"\b{_COUNT}\s+hours?\s+(?:a|per|each|every)\s+(week|month)\b|\b{_COUNT}\s+hours?\s+(weekly|monthly)\b",
    re.IGNORECASE,
)
_MONTHS: Final = re.compile(
    rf"\b(?:for|of|at least|lasts?|serve|term is)\s+(?:a\s+(?:term|period)\s+of\s+)?(?:at least\s+)?"
    rf"{_COUNT}[\s-]+(month|year)s?\b"
    rf"|\b{_COUNT}[\s-]+(month|year)s?[\s-]+(?:term|commitment|mandate)",
    re.IGNORECASE,
)
WEEKS_IN_A_MONTH: Final = 4
MOST_HOURS: Final = 60
MOST_MONTHS: Final = 60


@dataclass(frozen=True)
class Commitment:
    """Hours a week and months of a term; None where nothing is said."""

    hours_a_week: int | None = None
    months: int | None = None


def commitment_in(texts: Iterable[str]) -> Commitment:
    """What the first of these texts that speaks of hours says, and the first that speaks of a term."""
    hours = months = None
    for text in texts:
        said = " ".join(text[:2_000].split())
        if hours is None and (found := _HOURS.search(said)):
            count, unit = (part for part in found.groups() if part)
            hours = _number(count) if unit.lower().startswith("week") else -(-_number(count) // WEEKS_IN_A_MONTH)
        if months is None and (found := _MONTHS.search(said)):
            count, unit = (part for part in found.groups() if part)
            months = _number(count) * (12 if unit.lower() == "year" else 1)
    return Commitment(
        hours if hours and hours <= MOST_HOURS else None, months if months and months <= MOST_MONTHS else None
    )


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def months_later(day: date, months: int) -> date:
    """The last day of a term of so many months that begins on a day: 5 March and 6 months give 4 September."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) - timedelta(days=1)
