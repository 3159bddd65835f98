"""Resolutions, each in a file of its own: `RESOLUTION-2023-04.md` as others write them, and our own form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from folkmoot.meetings.domain.minutes.canonical import (
    FORM,
    Broken,
    decision_rows,
    front_value,
    read_decision_rows,
    read_front,
    value_of,
)
from folkmoot.meetings.domain.minutes.dates import date_in_name, find_dates
from folkmoot.meetings.domain.minutes.deciding import contradictions, outcome_in, read_votes
from folkmoot.meetings.domain.minutes.escape import inline
from folkmoot.meetings.domain.minutes.extents import labelled
from folkmoot.meetings.domain.minutes.lines import scan
from folkmoot.meetings.domain.minutes.model import Note, ReadDecision, ReadResolution, Resolution
from folkmoot.meetings.domain.minutes.notes import note
from folkmoot.meetings.domain.minutes.source import read_source
from folkmoot.meetings.domain.minutes.splitting import front_matter
from folkmoot.meetings.domain.minutes.words import is_date_label, label_words

VERSION: Final = "resolution 1"
_FRONT: Final = ("number", "year", "title", "status", "decided")
_KINDS: Final = {"number": int, "year": int, "decided": date}
_NUMBERED: Final = re.compile(
    r"(?:(?<![^\W_])(?:resolution|res|decision|motion|r|adr)[\s._#-]{0,3})?(?<![\d.])(?P<year>(?:19|20)\d\d)[\s._/-]{1,3}(?P<number>\d{1,3})(?![\d-])",
    re.IGNORECASE,
)  # fmt: skip
_ALONE: Final = re.compile(
    r"(?<![^\W_])(?:resolution|res|decision|motion|adr)[\s._#-]{0,3}(?:no\.?\s?)?(?P<number>\d{1,4})(?![\d-])",
    re.IGNORECASE,
)


def resolution_file_name(one: Resolution) -> str:
    """`RESOLUTION-2023-04.md`; what is not known is left out."""
    parts = ["RESOLUTION"]
    if one.year is not None:
        parts.append(f"{one.year:04}")
    if one.number is not None:
        parts.append(f"{one.number:02}")
    return "-".join(parts) + ".md"


def write_resolution(one: Resolution) -> str:
    """The resolution as Markdown; `read_resolution` gives back the same. Names in votes must not be empty."""
    rows = ["---", f"{FORM}: {VERSION}"]
    rows += [
        f"{key}: {front_value(getattr(one, key))}"
        for key in _FRONT
        if getattr(one, key) is not None and getattr(one, key) != ""
    ]
    rows += ["---", ""]
    if one.title:
        rows += [f"# {inline(one.title)}", ""]
    rows += decision_rows(one.text, one.way, one.outcome, one.moved_by, one.seconded_by, one.counts, one.names)
    return "\n".join(rows).rstrip("\n") + "\n"


def read_resolution(data: bytes | str, *, name: str = "") -> ReadResolution:
    """What a file says that holds one resolution. Never raises; what is uncertain is noted."""
    source = read_source(data)
    text = "\n".join(source.lines)
    notes: list[Note] = list(source.notes)
    if is_resolution(text):
        try:
            one = _exactly(text)
        except Broken as why:
            notes.append(note("form_broken", why.line, why=why.words))
        else:
            if write_resolution(one) != text:
                notes.append(note("changed_by_hand", 1))
            return ReadResolution(one, tuple(notes), canonical=True)
    return _loosely(source.lines, name, notes)


def is_resolution(text: str) -> bool:
    """Whether a text says that it is a resolution in our form."""
    return text.startswith(f"---\n{FORM}: {VERSION}\n")


def _exactly(text: str) -> Resolution:
    rows = text.split("\n")
    front, at = read_front(rows)
    values: dict[str, object] = {}
    for key, (number, written) in front.items():
        if key != FORM:
            if key not in _FRONT:
                raise Broken(number, f"there is no value called “{key}”")
            values[key] = value_of(number, written, _KINDS.get(key, str))
    body = [(number, row) for number, row in enumerate(rows[at:], at + 1) if not row.startswith("# ")]
    return Resolution(**values, **read_decision_rows(body))  # type: ignore[arg-type]


def _loosely(rows: Sequence[str], name: str, notes: list[Note]) -> ReadResolution:
    front, skip = front_matter(rows)
    lines = scan(rows[skip:], skip + 1)
    heading = next((line for line in lines if line.kind == "heading"), None)
    title = front.get("title") or (heading.plain if heading else "")
    number, year = _number(title)
    other, other_year = _number(re.sub(r"\.\w{1,8}$", "", name.replace("\\", "/").rsplit("/", 1)[-1]))
    if number is not None and other is not None and number != other:
        notes.append(note("number_differs", heading.number if heading else 1, number=number, other=other))
    number = number if number is not None else other
    status, decided = front.get("status", ""), _day(front.get("date", ""))
    body: list[str] = []
    for line in lines:
        if line is heading:
            continue
        pair = labelled(line.text) if line.kind in ("text", "bullet") else None
        words = label_words(pair[0]) if pair else ""
        if pair and words in ("status", "state") and not status:
            status = pair[1]
        elif (
            pair
            and decided is None
            and (is_date_label(pair[0]) or words in ("adopted", "approved", "passed", "decided", "date adopted"))
            and _day(pair[1])
        ):
            decided = _day(pair[1])
        else:
            body.append(line.raw.rstrip())
    text = "\n".join(body).strip("\n")
    decided = decided or _day(title) or _named_day(name)
    counts, named = read_votes([line.plain for line in lines if line.kind in ("bullet", "text")])
    outcome = (
        outcome_in(status)
        or outcome_in(front.get("outcome", ""))
        or outcome_in(
            next(
                (
                    line.plain
                    for line in lines
                    if label_words(line.plain.partition(":")[0]) in ("result", "outcome", "vote")
                ),
                "",
            )
        )
    )
    first = heading.number if heading else 1
    notes += contradictions(ReadDecision(title, "", outcome, counts, named, line=first))
    if number is None:
        notes.append(note("no_number", first))
    if decided is None:
        notes.append(note("no_date", first))
    if year is None:
        year = other_year if other_year is not None else decided.year if decided else None
    bare = _NUMBERED.sub("", _ALONE.sub("", title)).strip(" :–—-#.") or title
    voted = counts != type(counts)() or named != type(named)()
    return ReadResolution(
        Resolution(number, year, bare, text, status, "vote" if voted else "", outcome, decided, counts, named),
        tuple(notes),
    )


def _number(text: str) -> tuple[int | None, int | None]:
    if hit := _NUMBERED.search(text):
        return int(hit["number"]), int(hit["year"])
    if hit := _ALONE.search(text):
        return int(hit["number"]), None
    return None, None


def _day(text: str) -> date | None:
    return next((one.day for one in find_dates(text) if one.day), None)


def _named_day(name: str) -> date | None:
    found = date_in_name(name)
    return found.day if found else None
