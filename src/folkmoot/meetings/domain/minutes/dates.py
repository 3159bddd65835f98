"""Days and times of day as people write them in minutes and in the names of files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from folkmoot.meetings.domain.minutes import languages
from folkmoot.meetings.domain.minutes.plain import without_urls

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS: Final = (
    languages.MONTHS
    | {name: place for place, name in enumerate(_MONTHS, 1)}
    | {name[:3]: place for place, name in enumerate(_MONTHS, 1)}
    | {"sept": 9}
)
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK: Final = re.compile(r"\b(?:week|w/c|wc|woche|semaine|semana)\b[^\d]{0,16}$", re.IGNORECASE)
_WEEKDAY: Final = re.compile(
    r"(?<![^\W_])(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?(?![^\W_])", re.IGNORECASE
)
_MONTH: Final = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|ª)?(?!\d)"
_MORE: Final = (
    r"(?:\.?\s?(?:-|–|—|to|and|&|v|/|bis|und|au|et|al|y|e|a)\s?(?:"
    + _MONTH.replace("month", "month2")
    + r"\s)?(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?![\d:]))?"
)
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_OF: Final = r"(?:of\s|de\s|d['’]|del\s|di\s)?"
_BEFORE_DAYS: Final = frozenset(
    (
        "on",
        "from",
        "date",
        "dates",
        "the",
        "held",
        "of",
        "vom",
        "am",
        "datum",
        "du",
        "del",
        "den",
        "da",
        "de",
        "le",
        "el",
        "und",
        "and",
    )
)
_START: Final = r"(?<![^\W_])(?<!\d[./-])"
_TIMES: Final = r"(?!\s?(?:[ap]\.?m\b|:\d\d|h\b))"

_WITH_YEAR: Final = tuple(
    re.compile(_START + pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/._])(?P<number>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?:v(?P<day2>\d{1,2}))?(?!\d)",
        r"(?P<year>(?:19|20)\d\d) (?P<number>\d\d) (?P<day>\d\d)(?!\d)",
        r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<number>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
        rf"{_MONTH}\s{{0,3}}[-_]?\s{{0,3}}{_DAY}{_MORE}\s{{0,2}}[,.\-_]?\s{{0,3}}{_OF}{_YEAR}",
        rf"{_DAY}{_MORE}\s{{0,2}}[-._]?\s{{0,2}}{_OF}{_MONTH}\s{{0,2}}[,.\-_]?\s{{0,2}}{_OF}{_YEAR}",
        rf"{_YEAR}\s{{0,2}}[,\-_./]?\s{{0,2}}{_MONTH}\s{{0,2}}[-._]?\s{{0,2}}{_DAY}{_MORE}(?![:\d])",
    )
)
_NUMERIC: Final = re.compile(
    _START + r"(?P<one>\d{1,2})(?P<sep>[./-])(?P<two>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d|\d\d)(?![\d./-]*\d)"
)
_NO_YEAR: Final = tuple(
    re.compile(_START + pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MONTH}\s{{0,3}}[-_]?\s{{0,3}}{_DAY}{_MORE}{_TIMES}",
        rf"{_DAY}{_MORE}\s{{0,2}}[-._]?\s{{0,2}}{_OF}{_MONTH}(?![^\W_])",
    )
)
_SHORT: Final = re.compile(_START + r"(?P<one>\d{1,2})(?P<sep>[/-])(?P<two>\d{1,2})(?!\s?[\d/:]|-\d)")
_MONTH_ONLY: Final = re.compile(
    _START
    + rf"(?:{_MONTH},?\s{{0,2}}[-_/]?\s{{0,2}}{_YEAR}"
    + r"|(?P<year2>(?:19|20)\d\d)[-/_ ]?(?P<number>0[1-9]|1[0-2])(?![\d]))",
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<number>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_YEAR_ALONE: Final = re.compile(r"(?<![\d#/.-])((?:19|20)\d\d)(?!\d)")

EARLIEST: Final = 1985
LATEST: Final = 2100


@dataclass(frozen=True, slots=True)
class Dated:
    """A day found in a text.

    `day` is None where the text says too little: then `choices` holds the two days it may be, or `month` and
    `in_month` what it says without a year. `weekday` is the one written beside it, 0 = Monday.
    """

    text: str
    start: int
    end: int
    day: date | None = None
    until: date | None = None
    choices: tuple[date, ...] = ()
    month: int | None = None
    in_month: int | None = None
    year: int | None = None
    weekday: int | None = None
    two_digits: bool = False
    impossible: bool = False
    other: date | None = None
    """The day it would be with the month first, where a day with dots was read with the day first."""
    week: bool = False
    """Whether it only says which week."""

    def in_year(self, year: int) -> date | None:
        """The day in a year, for one that was written without."""
        return _day(year, self.month or 0, self.in_month or 0)


def find_dates(text: str, *, compact: bool = False, short: bool = False) -> list[Dated]:
    """Every date in a text, in its order. `compact` takes 20240305, `short` takes 03/05 as dates too."""
    text = without_urls(text)
    if not any(char.isdigit() for char in text):
        return []
    taken: list[tuple[int, int]] = []
    found: list[Dated] = []
    for one in _candidates(text, compact, short):
        if not any(start < one.end and one.start < end for start, end in taken):
            taken.append((one.start, one.end))
            one = _with_weekday(one, text)
            found.append(replace(one, week=True) if _WEEK.search(text, max(0, one.start - 30), one.start) else one)
    return sorted(found, key=lambda one: one.start)


def _candidates(text: str, compact: bool, short: bool) -> Iterator[Dated]:
    for pattern in _WITH_YEAR:
        for hit in pattern.finditer(text):
            yield _full(hit)
    if compact:
        for hit in _COMPACT.finditer(text):
            yield _full(hit)
    for hit in _NUMERIC.finditer(text):
        if (numeric := _numeric(hit)) is not None:
            yield numeric
    for pattern in _NO_YEAR:
        for hit in pattern.finditer(text):
            in_month = int(hit["day"])
            if 1 <= in_month <= 31:
                yield Dated(hit[0], hit.start(), hit.end(), month=MONTHS[hit["month"].lower()], in_month=in_month)
    if short:
        for hit in _SHORT.finditer(text):
            one, two = int(hit["one"]), int(hit["two"])
            if 1 <= one <= 12 and 1 <= two <= 31:
                yield Dated(hit[0], hit.start(), hit.end(), month=one, in_month=two)
    for hit in _MONTH_ONLY.finditer(text):
        number = MONTHS[hit["month"].lower()] if hit["month"] else int(hit["number"])
        yield Dated(hit[0], hit.start(), hit.end(), month=number, year=int(hit["year"] or hit["year2"]))


def _full(hit: re.Match[str]) -> Dated:
    parts = hit.groupdict()
    month = MONTHS[parts["month"].lower()] if parts.get("month") else int(parts["number"])
    year = int(parts["year"])
    day = _day(year, month, int(parts["day"]))
    until = None
    if day is not None and parts.get("day2"):
        last = MONTHS[parts["month2"].lower()] if parts.get("month2") else month
        until = _day(year, last, int(parts["day2"]))
        if until is not None and until <= day:
            until = None
        if until is not None and not parts.get("month2") and _is_number_before(hit):
            day, until = until, None  # "Slot 2 - 19 March" is the nineteenth
    text = hit[0]
    if day is None:
        return Dated(
            text, hit.start(), hit.end(), month=month if 1 <= month <= 12 else None, year=year, impossible=True
        )
    return Dated(text, hit.start(), hit.end(), day, until, month=month, in_month=day.day, year=year)


def _is_number_before(hit: re.Match[str]) -> bool:
    """Whether the first number of what looks like a span of days belongs to a word before it."""
    if hit.start("day") > hit.start("month"):
        return False
    before = hit.string[max(0, hit.start() - 30) : hit.start()].rstrip(" #")
    word = re.search(r"[^\W\d_]+$", before)
    between = hit.string[hit.end("day") : hit.start("day2")]
    if word is None or " " not in between:
        return False
    return not _WEEKDAY.fullmatch(word[0]) and word[0].lower() not in _BEFORE_DAYS


def _numeric(hit: re.Match[str]) -> Dated | None:
    one, two, year = int(hit["one"]), int(hit["two"]), int(hit["year"])
    short = len(hit["year"]) == 2
    if short and hit["sep"] == ".":
        return None  # more often a version of a program than a day
    if short:
        year += 2000
    choices = [day for day in (_day(year, one, two), _day(year, two, one)) if day is not None]
    choices = list(dict.fromkeys(choices))
    if short and _day(2000 + one, two, int(hit["year"])) is not None and not choices:
        return None
    if not choices:
        return None if short else Dated(hit[0], hit.start(), hit.end(), year=year, impossible=True)
    if hit["sep"] == "." and len(choices) == 2:  # 05.03.2024 is most often written with the day first
        other, day = choices
        return Dated(hit[0], hit.start(), hit.end(), day, None, (), day.month, day.day, year, other=other)
    if len(choices) == 1:
        day = choices[0]
        return Dated(hit[0], hit.start(), hit.end(), day, None, (), day.month, day.day, year, two_digits=short)
    return Dated(hit[0], hit.start(), hit.end(), choices=tuple(choices), year=year, two_digits=short)


def _with_weekday(one: Dated, text: str) -> Dated:
    before = list(_WEEKDAY.finditer(text, max(0, one.start - 14), one.start))
    after = _WEEKDAY.search(text, one.end, one.end + 14)
    hit = before[-1] if before else after
    if hit is None:
        return one
    weekday = next(place for place, name in enumerate(WEEKDAYS) if name.startswith(hit[1][:3].lower()))
    return replace(one, weekday=weekday)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def years_in(text: str) -> list[int]:
    """The years that stand in a text by themselves."""
    return [int(hit[1]) for hit in _YEAR_ALONE.finditer(without_urls(text))]


def date_in_name(name: str) -> Dated | None:
    """The date that the name of a file says, with the folders above it: `2019/CG-04-16.md`, `20240305.md`."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts:
        return None
    stem = re.sub(r"\.[A-Za-z]{1,8}$", "", parts[-1])
    words = stem.replace("_", "-")
    full = next((one for one in find_dates(words, compact=True) if one.day or one.choices), None)
    if full is not None:
        return full
    folders = "/".join(parts[:-1])
    # A path such as 2019/04/09 is a date by itself.
    whole = re.search(r"(?<!\d)((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?!\d)", f"{folders}/{stem}")
    if whole is not None and (day := _day(int(whole[1]), int(whole[2]), int(whole[3]))) is not None:
        return Dated(whole[0], 0, len(whole[0]), day, month=day.month, in_month=day.day, year=day.year)
    year = next(reversed(re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", folders)), None)
    part = next(iter(find_dates(words, short=True)), None)
    if part is not None and part.month and part.in_month and year:
        day = part.in_year(int(year))
        if day is not None:
            return Dated(part.text, 0, len(part.text), day, month=day.month, in_month=day.day, year=day.year)
    return part or next(iter(find_dates(words, compact=True)), None)


_CLOCK: Final = (
    r"(?P<{h}>[01]?\d|2[0-3])(?:[:.h](?P<{m}>[0-5]\d))?(?::[0-5]\d(?:\.\d{{1,6}})?)?"
    r"\s{{0,2}}(?P<{x}>[aApP]\.?[mM]\b\.?)?"
)
_ZONE: Final = (
    r"(?P<zone>(?:UTC|GMT)\s?[+-−]\s?\d{1,2}(?::?\d\d)?|Z(?![a-z])|(?:[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+)"
    r"|(?:US\s)?(?:Pacific|Eastern|Central|Mountain)(?:\s(?:US\s)?(?:Standard|Daylight))?(?:\sTime)?|[A-Z]{2,5}T?(?![A-Za-z]))"
)
_SPAN: Final = re.compile(
    r"(?<![\d:./-])" + _CLOCK.format(h="h1", m="m1", x="x1")
    + r"(?:\s{0,2}(?:-|–|—|to|until|till)\s{0,2}" + _CLOCK.format(h="h2", m="m2", x="x2") + r"(?![\d]))?"
    + r"\s{0,2}\(?" + _ZONE + "?"
)  # fmt: skip
_NO_ZONES: Final = frozenset({"AM", "PM", "TBD", "TBA", "TSC", "WG", "SIG", "CG", "TC", "IRC"})
_ZONE_FIRST: Final = re.compile(r"\b(UTC|GMT)\s(\d{1,2}):?(\d\d)\b")


@dataclass(frozen=True, slots=True)
class Clock:
    """Times on the wall, with the words of the zone beside them."""

    starts: time
    ends: time | None
    zone: str


def find_clock(text: str) -> Clock | None:
    """The first time of day in a text; a bare number is none."""
    text = re.sub(r"(?<=\d)T(?=\d\d:\d\d)", "  ", without_urls(text))
    for hit in _SPAN.finditer(text):
        if hit["m1"] is None and hit["x1"] is None and not (hit["h2"] and (hit["m2"] or hit["x2"])):
            continue
        if hit["m1"] is not None and hit[0][len(hit["h1"])] == "." and hit["x1"] is None and hit["zone"] is None:
            continue  # 1.30 is a version as well
        # "4-5pm" ends in the afternoon, and so it began there.
        starts = _clock(hit["h1"], hit["m1"], hit["x1"] or (hit["x2"] if _same_half(hit) else None))
        if starts is None:
            continue
        ends = _clock(hit["h2"], hit["m2"], hit["x2"]) if hit["h2"] else None
        zone = (hit["zone"] or "").strip()
        return Clock(starts, ends, "" if zone.upper() in _NO_ZONES else "UTC" if zone == "Z" else zone)
    if (bare := _ZONE_FIRST.search(text)) and int(bare[2]) < 24 and int(bare[3]) < 60:
        return Clock(time(int(bare[2]), int(bare[3])), None, bare[1])
    return None


def _same_half(hit: re.Match[str]) -> bool:
    return bool(hit["h2"]) and int(hit["h1"]) % 12 < int(hit["h2"]) % 12 + (12 if hit["h2"] == "12" else 0)


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    number = int(hour)
    if half is not None and number <= 12:
        number = number % 12 + (12 if half[0].lower() == "p" else 0)
    return time(number, int(minute or 0)) if number < 24 else None
