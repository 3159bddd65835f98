"""What a sentence says about when a series takes place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.clock import Clock, find_clocks
from folkmoot.groups.domain.charter.dates import Dated, find_date
from folkmoot.groups.domain.charter.words import LANGUAGES, Frequency
from folkmoot.kit.recurrence import Rule

LONGEST_SENTENCE: Final = 1_000
LONGEST_CADENCE: Final = 200
LONGEST_MEETING: Final = 480
"""Minutes; what is said to last longer is a notice or a term."""


def _either(parts: Iterable[str]) -> str:
    return "|".join(f"(?:{part})" for part in parts)


_WEEKDAYS: Final = {name: day for words in LANGUAGES for name, day in words.times.weekdays.items()}
_SHORT: Final = {name: day for words in LANGUAGES for name, day in words.times.short_weekdays.items()}
_ORDINALS: Final = {name: n for words in LANGUAGES for name, n in words.times.ordinals.items()}
_NUMBERS: Final = {name: n for words in LANGUAGES for name, n in words.times.numbers.items()}
_AND: Final = _either(words.times.and_words for words in LANGUAGES)
_OR: Final = _either(words.times.either for words in LANGUAGES)
_THROUGH: Final = _either(words.times.through for words in LANGUAGES)
_EACH: Final = _either(words.times.each for words in LANGUAGES)
_MONTH: Final = _either(words.times.of_the_month for words in LANGUAGES)

# Short names count only with a capital: "mon" and "sat" are words elsewhere.
_DAY: Final = (
    rf"(?:(?i:{lexicon.phrases(_WEEKDAYS)})"
    rf"|(?:{lexicon.phrases([name.capitalize() for name in _SHORT] + [name.upper() for name in _SHORT])})\b\.?)"
)
_DAYS: Final = re.compile(
    rf"(?<![\w/]){_DAY}(?:(?:\s?(?i:{_AND})\s?(?:on\s)?(?:the\s)?|\s?(?i:{_OR})\s?(?:on\s)?|\s?(?i:{_THROUGH})\s?){_DAY}){{0,6}}(?![\w])"
)
_ONE_DAY: Final = re.compile(rf"(?<![\w]){_DAY}")
_BETWEEN_OR: Final = re.compile(rf"\s(?i:{_OR})\s|\s?/\s?")
_BETWEEN_THROUGH: Final = re.compile(rf"\s?(?i:{_THROUGH})\s?")
_ORDINAL: Final = rf"(?:{lexicon.phrases(_ORDINALS)})"
_NTH_BEFORE: Final = re.compile(
    rf"(?:(?P<each>{_EACH})\s)?(?:the\s)?(?P<nth>{_ORDINAL}(?:\s?(?:{_AND}|{_OR})\s?(?:the\s)?{_ORDINAL}){{0,4}})\s$"
)
_NTH_AFTER: Final = re.compile(
    rf"\s?[(,]\s?(?:the\s)?(?P<nth>{_ORDINAL}(?:\s?(?:{_AND}|{_OR})\s?(?:the\s)?{_ORDINAL}){{0,4}})"
    rf"(?P<month>\s(?:{_MONTH}))?(?=\s?[),.;]|\s?$|\sat\b)\)?"
)
_OTHER_BEFORE: Final = re.compile(rf"(?:{_either(words.times.every_other for words in LANGUAGES)})\s$")
_EACH_BEFORE: Final = re.compile(rf"(?:{_EACH})\s(?:single\s)?$")
_MONTH_AFTER: Final = re.compile(rf"\s?,?\s?(?:{_MONTH})\b")
_DAY_OF_MONTH: Final = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)\s(?:day\s)?(?:{_MONTH})\b")
_FREQUENCIES: Final = tuple(
    (re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])"), frequency)
    for words in LANGUAGES
    for pattern, frequency in words.times.frequencies
)
_STARTING: Final = re.compile(rf"\b(?:{_either(words.times.starting for words in LANGUAGES)})\s?[,:(]?\s?")
_DURATIONS: Final = tuple(
    (re.compile(rf"(?<![\w.-])(?:{pattern})"), minutes)
    for words in LANGUAGES
    for pattern, minutes in words.times.durations
)
_NOT_DURATION: Final = re.compile(_either(words.meetings.not_duration for words in LANGUAGES))
_HINT: Final = re.compile(r"\d|" + _either(words.times.hint for words in LANGUAGES), re.IGNORECASE)
_ALTERNATING: Final = re.compile(_either(words.times.alternating for words in LANGUAGES))


class Days(NamedTuple):
    """Weekdays in a text."""

    weekdays: tuple[int, ...]
    either: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is said about when; None and empty where nothing is."""

    frequency: Frequency | None = None
    plural: bool = False
    """The weekday is in the plural, "Tuesdays": every week, unless another sentence says how often."""
    weekdays: tuple[int, ...] = ()
    either: bool = False
    nth: tuple[int, ...] = ()
    month_day: int | None = None
    first: Dated | None = None
    clocks: tuple[Clock, ...] = ()
    alternating: bool = False
    minutes: int | None = None
    start: int = 0
    end: int = 0
    """Where in the sentence it is said; equal when nothing is."""

    def __bool__(self) -> bool:
        return self.end > self.start

    @property
    def tells_days(self) -> bool:
        """Whether it says how often, or on which days at what time."""
        return bool(self.often or self.nth or self.month_day or (self.weekdays and self.clocks))

    @property
    def often(self) -> Frequency | None:
        """How often, said outright or by the plural of a weekday."""
        return self.frequency or (Frequency("WEEKLY") if self.plural and not self.nth else None)

    def rule(self) -> Rule | None:
        """The rule, when it is settled which days are meant."""
        freq = self.often
        if self.either or (self.first is not None and _contradicts(self)):
            return None
        if self.nth:
            if len(self.weekdays) != 1 or (freq is not None and (freq.freq, freq.interval) != ("MONTHLY", 1)):
                return None
            return Rule("MONTHLY", weekdays=self.weekdays, nth=self.nth)
        if self.month_day:
            return Rule("MONTHLY", month_days=(self.month_day,))
        if freq is None:
            return None
        if freq.freq == "DAILY":
            days = self.weekdays or ((0, 1, 2, 3, 4) if freq.times == 5 else ())
            return Rule("WEEKLY", weekdays=days) if days else Rule("DAILY")
        if freq.freq != "WEEKLY":
            return None
        weekdays = self.weekdays or ((self.first.day.weekday(),) if self.first else ())
        if (
            not weekdays
            or (freq.times > 1 and len(weekdays) != freq.times)
            or (freq.times == 1 and freq.interval > 1 and len(weekdays) > 1 and self.first is None)
        ):
            return None
        return Rule("WEEKLY", interval=freq.interval, weekdays=weekdays)


def _contradicts(schedule: Schedule) -> bool:
    assert schedule.first is not None
    said = schedule.weekdays or ((schedule.first.weekday,) if schedule.first.weekday is not None else ())
    return bool(said) and schedule.first.day.weekday() not in said


def might_tell(text: str) -> bool:
    """Whether reading a sentence closely for a schedule is worth the time."""
    return bool(_HINT.search(text, 0, LONGEST_SENTENCE))


def read_schedule(sentence: str) -> Schedule:
    """Everything a sentence says about when; days and times that belong to a date are left to it."""
    text = sentence[:LONGEST_SENTENCE]
    low = lexicon.lowered(text)
    first = _first_date(low)
    blank = text if first is None else _blanked(text, first)
    # A meeting on another full date is one of many, or none of the series.
    while (other := find_date(lexicon.lowered(blank))) is not None:
        blank = _blanked(blank, other)
    clocks = tuple(find_clocks(blank))
    for clock in clocks:
        blank = blank[: clock.start] + " " * (clock.end - clock.start) + blank[clock.end :]
    found = Schedule(first=first, clocks=clocks, alternating=bool(_ALTERNATING.search(low)))
    edges = [(first.start, first.end)] if first else []
    edges.extend((clock.start, clock.end) for clock in clocks)
    found = _with_frequency(found, blank, edges)
    found = _with_days(found, blank, edges)
    found = _with_duration(found, blank, edges)
    if not edges:
        return found
    return replace(found, start=min(start for start, _ in edges), end=max(end for _, end in edges))


def _blanked(text: str, dated: Dated) -> str:
    return text[: dated.start] + "#" * (dated.end - dated.start) + text[dated.end :]


def _first_date(low: str) -> Dated | None:
    for hit in _STARTING.finditer(low):
        dated = find_date(low, hit.end(), at=True)
        if dated is not None:
            return dated._replace(start=hit.start())
    return None


def _with_frequency(found: Schedule, text: str, edges: list[tuple[int, int]]) -> Schedule:
    low = text.lower()
    best: tuple[int, int, Frequency] | None = None
    for pattern, frequency in _FREQUENCIES:
        hit = pattern.search(low)
        # Of two that begin together the longer one is listed first.
        if hit is not None and (best is None or hit.start() < best[0]):
            best = (hit.start(), hit.end(), frequency)
    if best is None:
        return found
    edges.append(best[:2])
    return replace(found, frequency=best[2])


def _with_days(found: Schedule, text: str, edges: list[tuple[int, int]]) -> Schedule:
    low = text.lower()
    days = find_days(text)
    if days is None:
        on_day = _DAY_OF_MONTH.search(low)
        if on_day is not None and 1 <= int(on_day["day"]) <= 31:
            edges.append(on_day.span())
            return replace(found, month_day=int(on_day["day"]))
        return found
    start, end = days.start, days.end
    before = low[max(0, start - 60) : start]
    shift = max(0, start - 60)
    month = _MONTH_AFTER.match(low, end)
    if month is not None:
        end = month.end()
    nth = _NTH_BEFORE.search(before)
    other = _OTHER_BEFORE.search(before)
    each = _EACH_BEFORE.search(before)
    plural = text[days.start : days.end].rstrip(".").lower().endswith("days")
    if nth is not None:
        numbers = tuple(_ORDINALS[name] for name in re.findall(_ORDINAL, nth["nth"]))
        start = shift + nth.start()
        monthly = (
            month is not None or len(numbers) > 1 or (found.frequency is not None and found.frequency.freq == "MONTHLY")
        )
        if monthly or (nth["each"] and numbers[0] in (1, 4, 5, -1)):
            freq = found.frequency if found.frequency and found.frequency.freq == "MONTHLY" else Frequency("MONTHLY")
            found = replace(found, frequency=freq, nth=numbers)
        elif nth["each"] and numbers == (2,):
            found = replace(found, frequency=Frequency("WEEKLY", 2))
        elif not nth["each"]:
            return found  # "the first Tuesday", of what is not said
    elif (after := _NTH_AFTER.match(low, end)) and (after["month"] or len(re.findall(_ORDINAL, after["nth"])) > 1):
        numbers = tuple(_ORDINALS[name] for name in re.findall(_ORDINAL, after["nth"]))
        found, end = replace(found, frequency=Frequency("MONTHLY"), nth=numbers), after.end()
    elif other is not None and found.frequency is None:
        start = shift + other.start()
        found = replace(found, frequency=Frequency("WEEKLY", 2))
    elif other is not None and len(days.weekdays) > 1:
        # "Weekly, alternating Tuesdays and Thursdays": which of them when is not said.
        days = days._replace(either=True)
    elif found.frequency is None and each is not None:
        start = shift + each.start()
        found = replace(found, frequency=Frequency("WEEKLY"))
    elif found.frequency is None and plural:
        found = replace(found, plural=True)
    elif found.frequency is None and not found.clocks:
        return found  # a weekday alone, of one week or another
    edges.append((start, end))
    return replace(found, weekdays=days.weekdays, either=days.either)


def find_days(text: str) -> Days | None:
    """The first weekday, or weekdays, named in a text."""
    hit = _DAYS.search(text)
    if hit is None:
        return None
    names = list(_ONE_DAY.finditer(hit[0]))
    numbers = [_day_number(name[0]) for name in names]
    between = [hit[0][one.end() : two.start()] for one, two in pairwise(names)]
    if len(numbers) == 2 and not _BETWEEN_OR.search(between[0]) and _BETWEEN_THROUGH.fullmatch(between[0]):
        span = (numbers[1] - numbers[0]) % 7
        numbers = [(numbers[0] + step) % 7 for step in range(span + 1)]
    either = any(_BETWEEN_OR.search(piece) for piece in between)
    return Days(tuple(sorted(set(numbers))), either, hit.start(), hit.end())


def _day_number(name: str) -> int:
    low = name.lower().rstrip(".")
    return _WEEKDAYS[low] if low in _WEEKDAYS else _SHORT[low]


def _with_duration(found: Schedule, text: str, edges: list[tuple[int, int]]) -> Schedule:
    minutes = next((clock.minutes for clock in found.clocks if clock.minutes), None)
    if minutes is None:
        minutes = read_duration(text)
    return replace(found, minutes=minutes) if minutes else found


def read_duration(text: str) -> int | None:
    """Minutes, from "1-hour", "for 90 minutes", "half an hour"; not "72 hours' notice"."""
    low = lexicon.lowered(text)
    for pattern, minutes in _DURATIONS:
        for hit in pattern.finditer(low):
            if _NOT_DURATION.match(low, hit.end()) or low[: hit.start()].rstrip().endswith(
                ("within", "least", "than", "every")
            ):
                continue
            length: float = minutes
            if minutes <= 0:
                said = hit["n"]
                number = float(said) if said.isdigit() else _NUMBERS.get(said)
                if number is None:
                    continue
                length = number * (60 if minutes < 0 else 1)
            if 0 < length <= LONGEST_MEETING:
                return int(length)
    return None


def starting(text: str) -> date | None:
    """The date after "starting" and the like, or the one that is all of a text."""
    dated = _first_date(lexicon.lowered(text)) or find_date(lexicon.lowered(text))
    return dated.day if dated else None
