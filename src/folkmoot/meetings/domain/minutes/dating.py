"""The day of a meeting: from its title, the words beside "Date", the front matter or the name of the file.

Where these speak of different days the first of them is taken, and it is noted. A day that is only guessed is
always noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from folkmoot.meetings.domain.minutes import languages
from folkmoot.meetings.domain.minutes.dates import (
    EARLIEST,
    LATEST,
    WEEKDAYS,
    Clock,
    Dated,
    date_in_name,
    find_clock,
    find_dates,
    years_in,
)
from folkmoot.meetings.domain.minutes.extents import labelled
from folkmoot.meetings.domain.minutes.lexicon import OF_TIME, OTHER_DATES
from folkmoot.meetings.domain.minutes.lines import Line
from folkmoot.meetings.domain.minutes.model import Note
from folkmoot.meetings.domain.minutes.notes import note
from folkmoot.meetings.domain.minutes.plain import plain
from folkmoot.meetings.domain.minutes.splitting import begins_meeting, begins_meeting_words
from folkmoot.meetings.domain.minutes.words import head_kind, is_date_label, speaks_of_another_day, standing_of

MOST_LOOKED_AT: Final = 60
"""Lines of a meeting in which its day may stand."""
MOST_FOR_TEXT: Final = 14

SOURCES: Final[Mapping[str, str]] = {
    "label": "the words beside Date",
    "title": "the title",
    "front": "the front matter",
    "name": "the name of the file",
    "text": "the text",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A date with where it stands."""

    dated: Dated
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Settled:
    """The day of a meeting as far as it is known, and the times."""

    day: date | None
    until: date | None
    clock: Clock | None
    notes: tuple[Note, ...]
    lines: frozenset[int]
    """Lines that say the date or the time, and nothing else."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the file says about days as a whole: its name, years of neighbours, the order of numbers."""

    name: Dated | None = None
    year: int | None = None
    day_first: bool | None = None
    continental: bool = False
    """Whether the text is in a language in which 05.03.2024 can only be the fifth of March."""


def day_first(lines: Sequence[Line]) -> bool | None:
    """Whether numbers such as 13/05/2024 are written with the day first, if dates in headings and labels agree."""
    found = set()
    for line in lines[:5_000]:
        if line.kind in ("heading", "bullet", "text", "row") and any(char in line.text for char in "/-."):
            for hit in re.finditer(
                r"(?<![\d.])(\d{1,2})([/.-])(\d{1,2})\2(?:(?:19|20)\d\d|(?<!\.)\d\d)(?![\d.]*\d)", line.plain
            ):
                one, two = int(hit[1]), int(hit[3])
                if one > 12 >= two:
                    found.add(True)
                elif two > 12 >= one:
                    found.add(False)
    return found.pop() if len(found) == 1 else None


def settle(lines: Sequence[Line], front: Mapping[str, str], name: str, hints: Hints, *, only: bool) -> Settled:
    """The day of one meeting. `only` says that it is the only one in its file, so that the file's name counts."""
    claimed: set[int] = set()
    said = list(_said(lines, front, claimed))
    if only and hints.name is not None:
        said.append(Said(hints.name, "name", 1))
    order = ("label", "title", "front", "name") if only else ("title", "label")
    notes: list[Note] = []
    first_line = lines[0].number if lines else 1
    ranked = [one for source in order for one in said if one.source == source]
    chosen, day = _choose(ranked, hints, notes)
    if day is None:
        texts = [one for one in said if one.source == "text"]
        chosen, day = _choose(texts, hints, notes)
        if day is not None and chosen is not None:
            notes.append(note("date_from_text", chosen.line, day=day.isoformat()))
    until = None
    if day is not None and chosen is not None:
        notes = [
            one for one in notes if one.code not in ("day_missing", "date_impossible", "year_missing", "date_ambiguous")
        ] + [one for one in notes if one.code in ("date_ambiguous", "date_impossible") and one.line != chosen.line][:1]
        until = chosen.dated.until
        notes += _doubts(chosen, day, [*ranked, *_in_text(chosen, day, said)], hints)
    elif not notes:
        notes.append(note("no_date", first_line))
    clock = _clock(lines, claimed)
    return Settled(day, until, clock, tuple(dict.fromkeys(notes)), frozenset(claimed))


def _said(lines: Sequence[Line], front: Mapping[str, str], claimed: set[int]) -> Iterator[Said]:
    """Every date that may be the day of the meeting, with its source."""
    for key in ("date", "meeting_date", "meeting date", "day", "when"):
        if key in front:
            for one in find_dates(front[key], compact=True, short=True)[:1]:
                yield Said(one, "front", 1)
    for key in ("title", "description"):
        for one in find_dates(front.get(key, ""), compact=True)[:1]:
            yield Said(one, "title" if key == "title" else "front", 1)
    seen_heading = seen_part = False
    filled = 0
    for line in lines[: MOST_LOOKED_AT * 4]:
        if line.kind in ("blank", "comment", "code", "rule"):
            continue
        filled += 1
        if filled > MOST_LOOKED_AT:
            return
        pair = labelled(line.text) if line.kind in ("text", "bullet", "heading") else None
        cells = [plain(cell) for cell in line.cells if plain(cell)]
        if pair is None and len(cells) >= 2:
            pair = cells[0].rstrip(": "), " ".join(cells[1:])
        if pair is not None and (is_date_label(pair[0]) or _is_dated_label(pair[0])):
            dates = find_dates(pair[1], compact=True, short=True)
            for one in dates[:1] + [other for other in dates[1:4] if other.in_month is not None]:
                yield Said(one, "label", line.number)
            if (dates or find_clock(pair[1])) and _is_only_date(pair[1]):
                claimed.add(line.number)
            continue
        if line.kind == "heading":
            if seen_heading and line.level <= 2 and (standing_of(line.plain) or head_kind(line.plain)):
                seen_part = True
            if not seen_part and head_kind(line.plain) in (None, "agenda") and not _of_another(line.plain):
                dates = find_dates(line.plain, compact=True, short=not seen_heading)
                for one in dates[:1] + [other for other in dates[1:4] if other.day is not None]:
                    own = begins_meeting(line) or not (seen_heading or _of_other_things(line.plain))
                    yield Said(one, "title" if own else "text", line.number)
            seen_heading = True
        elif not seen_part and filled <= MOST_FOR_TEXT and not _of_other_things(line.plain):
            dates = [
                one for one in find_dates(line.plain, compact=True) if one.in_month or one.choices or one.impossible
            ]
            words = len(line.plain.split())
            if dates and words <= 20 and line.indent == 0 and not _in_brackets_only(line.plain, dates[0]):
                about = pair is None or begins_meeting_words(pair[0])
                near_title = filled <= 4 and words <= 10 and line.kind == "text" and about
                yield Said(dates[0], "title" if near_title else "text", line.number)
                if _is_only_date(line.plain):
                    claimed.add(line.number)


def _is_dated_label(label: str) -> bool:
    words = label.lower().split()
    dated = bool(words) and len(words) <= 5 and words[-1] in ("date", "date/time", "when", "held")
    return dated and not speaks_of_another_day(label) and not OTHER_DATES & set(words)


def _of_other_things(text: str) -> bool:
    """Whether a line of text tells of another meeting, or of the day on which something was written or approved."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    if "©" in text or "(c)" in text.lower():
        return True
    return speaks_of_another_day(text) or bool(OTHER_DATES & words and len(words) <= 12)


def _of_another(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:next|previous|last|upcoming|prior|following)\s+(?:\w+\s+){0,2}(?:meeting|call|minutes|sync)",
            text,
            re.IGNORECASE,
        )
    )


def _is_only_date(text: str) -> bool:
    """Whether a text says a day and a time, and nothing else."""
    for one in find_dates(text, compact=True, short=True):
        text = text.replace(one.text, " ", 1)
    words = {word.lower() for word in re.findall(r"[^\W\d_]{3,}", text) if not word.isupper()}
    return not words - OF_TIME and not words & {"http", "https"}


def _in_brackets_only(text: str, dated: Dated) -> bool:
    return text.count("(", 0, dated.start) > text.count(")", 0, dated.start) and len(text.split()) > 8


def _choose(ranked: Sequence[Said], hints: Hints, notes: list[Note]) -> tuple[Said | None, date | None]:
    """The first date that says a day; why the others before it do not is noted."""
    for said in ranked:
        one = said.dated
        if one.day is not None:
            if one.other is not None and hints.day_first is False:
                return said, one.other
            return said, one.day
        if one.choices:
            if (day := _agreed(one, ranked, hints)) is not None:
                return said, day
            if hints.day_first is not None:
                day = next(
                    (day for day in one.choices if (day.day == int(re.split(r"\D", one.text)[0])) == hints.day_first),
                    None,
                )
                if day is not None:
                    notes.append(note("date_order_inferred", said.line, text=one.text, day=day.isoformat()))
                    return said, day
            first, second = (day.isoformat() for day in one.choices)
            notes.append(note("date_ambiguous", said.line, text=one.text, first=first, second=second))
            return None, None
        if one.impossible:
            notes.append(note("date_impossible", said.line, text=one.text))
        elif one.in_month is None:
            notes.append(note("day_missing", said.line, text=one.text))
        elif (found := _with_year(said, ranked, hints, notes)) is not None:
            return said, found
    return None, None


def _agreed(one: Dated, ranked: Sequence[Said], hints: Hints) -> date | None:
    """The choice that another date of this meeting says as well."""
    for other in ranked:
        if other.dated is not one and other.dated.day in one.choices:
            return other.dated.day
    if one.weekday is not None:
        fitting = [day for day in one.choices if day.weekday() == one.weekday]
        return fitting[0] if len(fitting) == 1 else None
    return None


def _with_year(said: Said, ranked: Sequence[Said], hints: Hints, notes: list[Note]) -> date | None:
    """A date without a year, in the year that the file says elsewhere."""
    one = said.dated
    for other in ranked:
        if other.dated.day is not None and (other.dated.month, other.dated.in_month) == (one.month, one.in_month):
            return other.dated.day
    sources = [
        (other.dated.year, SOURCES[other.source])
        for other in ranked
        if other is not said and other.dated.year is not None
    ]
    if hints.name is not None and hints.name.year:
        sources.append((hints.name.year, SOURCES["name"]))
    if hints.year is not None:
        sources.append((hints.year, "the lines around it"))
    for year, source in sources:
        day = one.in_year(year or 0)
        if day is not None:
            notes.append(note("year_inferred", said.line, text=one.text, day=day.isoformat(), source=source))
            return day
    notes.append(note("year_missing", said.line, text=one.text))
    return None


def _doubts(chosen: Said, day: date, ranked: Sequence[Said], hints: Hints) -> Iterator[Note]:
    one = chosen.dated
    if one.week:
        yield note("day_missing", chosen.line, text=one.text)
    if one.two_digits:
        yield note("date_in_two_digits", chosen.line, text=one.text, day=day.isoformat())
    if one.other is not None and not hints.continental and hints.day_first is not True:
        yield note("date_order_inferred", chosen.line, text=one.text, day=day.isoformat())
    if one.until is not None:
        yield note("several_days", chosen.line, first=day.isoformat(), last=one.until.isoformat())
    if one.weekday is not None and one.weekday != day.weekday():
        yield note(
            "weekday_differs",
            chosen.line,
            day=day.isoformat(),
            weekday=WEEKDAYS[day.weekday()].title(),
            said=WEEKDAYS[one.weekday].title(),
        )
    if not EARLIEST <= day.year <= LATEST:
        yield note("date_unlikely", chosen.line, year=day.year)
    for other in ranked:
        differs = other.dated.day not in (None, day)
        if other.dated.day is None and other.dated.month and not other.dated.impossible:
            differs = other.dated.month != day.month or other.dated.in_month not in (None, day.day)
        within = other.dated.day is not None and one.until is not None and day <= other.dated.day <= one.until
        if differs and not within:
            said = other.dated.day.isoformat() if other.dated.day else other.dated.text
            yield note(
                "dates_differ",
                chosen.line,
                day=day.isoformat(),
                source=SOURCES[chosen.source],
                other=said,
                other_source=SOURCES[other.source],
            )


def _in_text(chosen: Said, day: date, said: Sequence[Said]) -> Sequence[Said]:
    """Days near the top that contradict one which only the name of the file or the front matter says."""
    texts = [one for one in said if one.source == "text"]
    if chosen.source not in ("name", "front") or any(one.dated.day == day for one in texts):
        return ()
    return texts[:1]


def _clock(lines: Sequence[Line], claimed: set[int]) -> Clock | None:
    """The time of the meeting: beside a word such as Time, or beside the date."""
    filled = 0
    for line in lines[: MOST_LOOKED_AT * 4]:
        if line.kind in ("blank", "comment", "code"):
            continue
        filled += 1
        if filled > MOST_LOOKED_AT:
            return None
        pair = labelled(line.text)
        cells = [plain(cell) for cell in line.cells if plain(cell)]
        if pair is None and len(cells) >= 2:
            pair = cells[0], " ".join(cells[1:])
        if pair is not None and is_date_label(pair[0].rstrip(": ")):
            if clock := find_clock(pair[1]):
                if _is_only_date(pair[1]):
                    claimed.add(line.number)
                return clock
        elif (
            filled <= 8
            and find_dates(line.plain)
            and not speaks_of_another_day(line.plain)
            and (clock := find_clock(line.plain))
        ):
            return clock
    return None


def hints_for(name: str, lines: Sequence[Line], title: str) -> Hints:
    """What the file as a whole says."""
    years = years_in(title)
    folder_years = [int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", name)]
    year = next(iter(years or folder_years), None)
    return Hints(
        date_in_name(name),
        year if len(set(years or folder_years)) == 1 else None,
        day_first(lines),
        is_continental(lines),
    )


def is_continental(lines: Sequence[Line]) -> bool:
    """Whether the text is in German, French, Spanish or another language of those who write the day first."""
    words = set(re.findall(r"[^\W\d_]+", " ".join(line.plain for line in lines[:300])[:20_000].lower()))
    return len(words & languages.COMMON) >= languages.ENOUGH_COMMON
