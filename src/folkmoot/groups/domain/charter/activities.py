"""What the group does each year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, cast

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.model import Activity, Kind, Lines, Quarter
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.reading import Reading, is_placeholder, items, paragraphs, said, tables

_QUARTER: Final = re.compile(
    r"\W{0,3}(?:the )?(?P<quarter>"
    + lexicon.phrases(lexicon.QUARTERS)
    + r")\b(?: ?\(?(?:20\d\d|[a-z]{3,9} ?[–—-] ?[a-z]{3,9})\)?)?"
)


_AT_END: Final = re.compile(r"\s*\(([^()]{1,20})\)$")
_AT_BEGINNING: Final = re.compile(r"^\(([^()]{1,20})\)[\s:–—-]*")


def quarter_of(text: str) -> tuple[Quarter, int] | None:
    """The quarter that a text begins with, and where the rest begins."""
    found = _QUARTER.match(lexicon.lowered(text[:60]))
    if found is None:
        return None
    return cast(Quarter, lexicon.QUARTERS[found["quarter"]]), found.end()


def find_activities(reading: Reading) -> tuple[tuple[Activity, ...], tuple[tuple[Quarter, Lines], ...]]:
    """The year's activities, and the quarters that the charter names without giving any."""
    found: list[Activity] = []
    for passage in reading.about(Kind.ANNUAL_ACTIVITIES, Kind.ACTIVITIES):
        quarter = _quarter_around(reading, passage)
        if Kind.ANNUAL_ACTIVITIES in passage.kinds or quarter is not None:
            found.extend(_of_passage(reading, passage, quarter))
        else:
            found.extend(one for one in _of_passage(reading, passage, None) if one.quarter is not None)
    return tuple(found), tuple(_empty_quarters(reading, found))


def _quarter_around(reading: Reading, passage: Passage) -> Quarter | None:
    names = [passage.label.text] if passage.label is not None else []
    place: int | None = passage.section
    while place is not None:
        part = reading.outline.parts[place]
        names.append(part.name)
        place = part.parent
    for name in names:
        found = quarter_of(name)
        if found is not None:
            return found[0]
    return None


def _of_passage(reading: Reading, passage: Passage, quarter: Quarter | None) -> Iterator[Activity]:
    part = reading.part(passage)
    listed = list(items(passage.blocks))
    for item in listed:
        told = said(item)
        if told is None:
            continue
        own = quarter_of(told.words.text)
        if own is None:
            name, text, bracketed = _without_quarter(told.name, told.text)
            yield Activity(name=name, text=text, quarter=bracketed or quarter, lines=told.lines)
            continue
        inner = [inside for nested in items(item.blocks) if (inside := said(nested))]
        if inner:
            for inside in inner:
                yield Activity(name=inside.name, text=inside.text, quarter=own[0], lines=inside.lines)
            continue
        rest = told.words.cut(own[1]).text.lstrip(" :–—-).")
        if rest:
            yield Activity(name=None, text=rest, quarter=own[0], lines=told.lines)
    for table in tables(passage.blocks):
        for row in table.rows:
            cells = [cell for cell in row.cells if cell and not is_placeholder(cell.text)]
            own = next((found for cell in cells if (found := quarter_of(cell.text))), None)
            rest_cells = [cell.text for cell in cells if not quarter_of(cell.text)]
            if rest_cells:
                name = rest_cells[0] if len(rest_cells) > 1 else None
                text = " – ".join(rest_cells[1:]) if len(rest_cells) > 1 else rest_cells[0]
                yield Activity(name=name, text=text, quarter=own[0] if own else quarter, lines=row.lines)
    if not listed and quarter is not None and not any(tables(passage.blocks)):
        for paragraph in paragraphs(passage.blocks):
            text = paragraph.words.text
            if not text.endswith((":", "?")) and not is_placeholder(text):
                yield Activity(name=None, text=text, quarter=quarter, lines=paragraph.lines)
    elif not listed and part.parent is not None and not any(tables(passage.blocks)):
        above = reading.outline.parts[part.parent]
        if Kind.ANNUAL_ACTIVITIES in above.kinds and passage.label is None and not quarter_of(part.name):
            told_text = reading.told(passage.section).strip()
            if told_text and not is_placeholder(part.name):
                yield Activity(name=part.name, text=told_text, quarter=quarter, lines=part.lines)


def _without_quarter(name: str | None, text: str | None) -> tuple[str | None, str | None, Quarter | None]:
    """Name and text without a quarter in brackets at the end of the one or the beginning of the other."""
    for part, pattern in ((name, _AT_END), (text, _AT_BEGINNING)):
        found = pattern.search(part or "")
        own = quarter_of(found[1]) if found else None
        if found is not None and own is not None:
            rest = (part or "").replace(found[0], "", 1).strip() or None
            return (rest, text, own[0]) if part is name else (name, rest, own[0])
    return name, text, None


def _empty_quarters(reading: Reading, found: list[Activity]) -> Iterator[tuple[Quarter, Lines]]:
    for place, part in enumerate(reading.outline.parts):
        own = quarter_of(part.name) if part.heading is not None else None
        if own is None or part.sealed or Kind.ANNUAL_ACTIVITIES not in part.kinds:
            continue
        last = reading.outline.parts[reading.subtree(place)[-1]].lines.last
        if not any(part.lines.first <= one.lines.first <= last for one in found):
            yield own[0], part.lines
