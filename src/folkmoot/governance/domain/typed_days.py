"""Reading a day as people type it, and saying in words what is wrong with one that does not exist. Pure."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

from folkmoot.kit.errors import Refused

MONTHS: Final = tuple(calendar.month_name)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES: Final = re.compile(r"(\d{1,2})([./])\s?(\d{1,2})\2\s?(\d{4})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([a-z]{3,9})\.?,?(?:\s+(\d{4}))?")
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_WEEKDAY: Final = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+")
LONGEST: Final = 60


def read_day(text: str, today: date) -> date:
    """The day that is meant by "11 September", "2027-09-11", "Sept 11, 2027" or "11.9.2027".

    Without a year it is the next such day. Refused `no_day` where it cannot be read, `no_such_day` where the month has
    no such day ("September has 30 days."), `unclear` for 9/11/2027, which is read differently in different places.
    """
    given = " ".join(text.split()).lower()[:LONGEST]
    given = _WEEKDAY.sub("", given, count=1)
    if found := _ISO.fullmatch(given):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(given):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "/" and day <= 12 and month <= 12 and day != month:
            raise Refused(
                f"“{text.strip()}” could be {day} {MONTHS[month]} or {month} {MONTHS[day]}. "
                "Please write the month as a word.",
                code="unclear",
            )
        return _day(year, day, month) if found[2] == "/" and month > 12 else _day(year, month, day)
    if found := _DAY_FIRST.fullmatch(given):
        return _named(int(found[1]), found[2], found[3], today)
    if found := _MONTH_FIRST.fullmatch(given):
        return _named(int(found[2]), found[1], found[3], today)
    raise Refused("Please write a day, such as 11 September 2027 or 2027-09-11.", code="no_day")


def _named(day: int, word: str, year: str | None, today: date) -> date:
    months = [number for number in range(1, 13) if MONTHS[number].lower().startswith(word)]
    if len(months) != 1:
        # "Sept" and "Sep" are one month; "Ju" would be two, and three letters are always enough.
        raise Refused(f"There is no month called “{word}”.", code="no_day")
    if year:
        return _day(int(year), months[0], day)
    if (months[0], day) == (2, 29):
        return next(date(one, 2, 29) for one in range(today.year, today.year + 9) if _is_coming(one, today))
    coming = _day(today.year, months[0], day)
    return coming if coming >= today else coming.replace(year=today.year + 1)


def _is_coming(year: int, today: date) -> bool:
    return calendar.isleap(year) and date(year, 2, 29) >= today


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise Refused(f"There are 12 months, and no month {month}.", code="no_such_day")
    if not 1900 <= year <= 9000:
        raise Refused(f"The year {year} is out of reach.", code="no_such_day")
    most = calendar.monthrange(year, month)[1]
    if not 1 <= day <= most:
        when = f" in {year}" if month == 2 else ""
        raise Refused(f"{MONTHS[month]} has {most} days{when}.", code="no_such_day")
    return date(year, month, day)
