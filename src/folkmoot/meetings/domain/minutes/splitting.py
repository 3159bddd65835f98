"""Several meetings in one file: at which lines each begins. Also the front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from folkmoot.meetings.domain.minutes.dates import Dated, find_dates
from folkmoot.meetings.domain.minutes.lines import BOLD_LEVEL, Line
from folkmoot.meetings.domain.minutes.words import head_kind, standing_of

MOST_FRONT_LINES: Final = 400
MOST_MEETINGS: Final = 1_000

_KEY: Final = re.compile(r"([A-Za-z][\w -]{0,40}?)\s?[:=]\s?(.*)$")
_MEETING: Final = re.compile(
    r"\b(?:meeting|meetings|call|minutes|sync|notes|agenda|session|day|telecon|f2f|recording|office hours|mtg)\b",
    re.IGNORECASE,
)
_VERSION: Final = re.compile(r"\bv?\d+\.\d+(?:\.\d+)?\b")
_OTHER: Final = re.compile(
    r"\b(?:next|previous|last|prior|upcoming|future|action|actions|items from|review|release|deadline|approve|approval|"
    r"follow|from the|due|milestone|version|since|until|before|after|by)\b",
    re.IGNORECASE,
)


def front_matter(rows: Sequence[str]) -> tuple[Mapping[str, str], int]:
    """The simple values of the front matter by their lowered keys, and how many lines it takes; 0 for none."""
    if not rows or rows[0].strip() not in ("---", "+++"):
        return {}, 0
    mark = rows[0].strip()
    values: dict[str, str] = {}
    for number, row in enumerate(rows[1:MOST_FRONT_LINES], 1):
        if row.strip() == mark or (mark == "---" and row.strip() == "..."):
            return values, number + 1
        if hit := _KEY.match(row):
            values.setdefault(hit[1].strip().lower(), _value(hit[2].strip()))
        elif row.strip().startswith("#") or (number < 3 and len(row) > 200):
            return {}, 0
    return {}, 0


def _value(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    return text[1:-1] if len(text) >= 2 and text[0] == text[-1] == "'" else text


def parts(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The meetings as ranges of places in `lines`. What stands before the first belongs to none of several."""
    by_level: dict[int, list[int]] = {}
    headings: dict[int, int] = {}
    for place, line in enumerate(lines):
        if line.kind != "heading":
            continue
        headings[line.level] = headings.get(line.level, 0) + 1
        if begins_meeting(line):
            by_level.setdefault(line.level, []).append(place)
    for level in sorted(by_level):
        starts = by_level[level]
        if len(starts) < 2 or _all_one_day(lines, starts):
            continue
        if level == BOLD_LEVEL and any(other < BOLD_LEVEL and len(by_level[other]) == 1 for other in by_level):
            continue
        if len(starts) * 3 < headings[level] and not _people_between(lines, starts):
            continue
        starts = starts[:MOST_MEETINGS]
        return list(zip(starts, [*starts[1:], len(lines)], strict=True))
    return [(0, len(lines))]


def begins_meeting(line: Line) -> bool:
    """Whether a heading is the beginning of a meeting: a day, and hardly anything else."""
    text = line.plain
    if len(text) > 140 or not any(char.isdigit() for char in text):
        return False
    dates = [one for one in find_dates(text, compact=True, short=len(text) < 30) if one.in_month or one.choices]
    if not dates or len(dates) > 3:
        return False
    rest = _without(text, dates)
    if standing_of(rest) or head_kind(rest) in ("actions", "decisions", "next"):
        return False
    left = re.findall(r"[^\W\d_]{2,}", rest)
    if _VERSION.search(rest):
        return False
    if _OTHER.search(rest) and len(left) > 1:
        return False
    return (
        len(left) <= 2
        or bool(_MEETING.search(rest) and len(left) <= 9)
        or (len(left) <= 6 and text.startswith(dates[0].text))
    )


def begins_meeting_words(text: str) -> bool:
    """Whether words such as "Call" or "Monatsmeeting" stand in a text."""
    return bool(_MEETING.search(text)) or any(
        word in text.lower() for word in ("meeting", "sitzung", "réunion", "reunión", "reunião", "treffen", "minutes")
    )


def _without(text: str, dates: Sequence[Dated]) -> str:
    for one in dates:
        text = text.replace(one.text, " ")
    return text


def _all_one_day(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    days = set()
    for place in starts:
        dates = find_dates(lines[place].plain, compact=True, short=True)
        first = dates[0]
        days.add((first.month, first.in_month, first.choices))
    return len(days) < 2


def _people_between(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether most of the meetings say who was there."""
    ends = [*starts[1:], len(lines)]
    with_people = sum(
        any(standing_of(line.plain.partition(":")[0]) for line in lines[start + 1 : min(end, start + 40)])
        for start, end in zip(starts, ends, strict=True)
    )
    return with_people * 2 >= len(starts)
