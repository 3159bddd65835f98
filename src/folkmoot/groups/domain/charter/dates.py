"""Dates as people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.words import LANGUAGES

_MONTH: Final = lexicon.phrases(lexicon.MONTHS)
_DAYS_OF_WEEK: Final = {
    name: day
    for words in LANGUAGES
    for table in (words.times.weekdays, words.times.short_weekdays)
    for name, day in table.items()
}
_WEEKDAY: Final = rf"(?:(?P<weekday>{lexicon.phrases(_DAYS_OF_WEEK)})\b\.?,?\s+(?:the\s+)?)?"
_NTH: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_PATTERNS: Final = tuple(
    re.compile(rf"(?<![\w/.-]){_WEEKDAY}{pattern}(?![\w/-])")
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)[-/](?P<number>\d{1,2})[-/](?P<day>\d{1,2})",
        rf"{_NTH}\s+(?:of\s+)?(?P<month>{_MONTH})\.?,?\s+(?P<year>(?:19|20)\d\d)",
        rf"(?P<month>{_MONTH})\.?\s+{_NTH},?\s+(?P<year>(?:19|20)\d\d)",
        r"(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)",
        r"(?P<either>\d{1,2})/(?P<other>\d{1,2})/(?P<year>(?:19|20)\d\d)",
    )
)
_MONTH_OF_YEAR: Final = re.compile(rf"(?<!\w)(?P<month>{_MONTH})\.?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)")


class Dated(NamedTuple):
    """A date in a text."""

    day: date
    weekday: int | None
    """The weekday that the author wrote beside it; 0 = Monday."""
    start: int
    end: int


def find_date(low: str, start: int = 0, *, at: bool = False) -> Dated | None:
    """The first full date from `start` on, in text in lower case; with `at`, only one that begins there.

    A date without a year is none, and so is 03/04/2025, which is read differently on either side of the
    Atlantic; 22/01/2025 can only mean one day.
    """
    found: list[Dated] = []
    for pattern in _PATTERNS:
        hit = pattern.match(low, start) if at else pattern.search(low, start)
        if hit is not None and (dated := _dated(hit)) is not None:
            found.append(dated)
    return min(found, key=lambda dated: (dated.start, -dated.end), default=None)


def _dated(hit: re.Match[str]) -> Dated | None:
    parts = hit.groupdict()
    if parts.get("either"):
        first, second = int(parts["either"]), int(parts["other"])
        if (first > 12) == (second > 12) and first != second:
            return None
        month, day = (second, first) if first > 12 else (first, second)
    else:
        month = lexicon.MONTHS[parts["month"]] if parts.get("month") else int(parts["number"])
        day = int(parts["day"])
    try:
        when = date(int(parts["year"]), month, day)
    except ValueError:
        return None
    weekday = _DAYS_OF_WEEK[parts["weekday"]] if parts.get("weekday") else None
    return Dated(when, weekday, hit.start(), hit.end())


def written_date(text: str) -> str | None:
    """The first date in a text, as exact as it is given, in ISO 8601: `2025-09-14` or `2025-09`."""
    low = lexicon.lowered(text)
    full = find_date(low)
    if full is not None:
        return full.day.isoformat()
    month = _MONTH_OF_YEAR.search(low)
    if month is not None:
        return f"{month['year']}-{lexicon.MONTHS[month['month']]:02}"
    return None
