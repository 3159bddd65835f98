"""What the group is to achieve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.kinds import subject
from folkmoot.groups.domain.charter.model import Kind, Lines, Named
from folkmoot.groups.domain.charter.outline import TOPICS_OF_OBJECTIVES, Part
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.reading import (
    Reading,
    is_placeholder,
    items,
    paragraphs,
    said,
    tables,
)
from folkmoot.groups.domain.charter.text import Words

_COUNTED: Final = re.compile(r"(?:objective|goal|aim|priority|pillar)\s+(?:#\s?)?\w{1,4}\s?[:.–—-]\s+", re.IGNORECASE)
_ENUMERATED: Final = re.compile(r"(?:^|\s)\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s+")
_PERIOD: Final = re.compile(r"(?:20\d\d|q[1-4]|h[12]|phase \w+|year \w+)\b.{0,20}", re.IGNORECASE)


def find_objectives(reading: Reading, purpose_lines: Lines | None) -> tuple[Named, ...]:
    """The objectives: list items, table rows or subsections under words for objectives; prose only failing those."""
    found: list[Named] = []
    taken: set[int] = set()
    for passage in reading.about(Kind.OBJECTIVES):
        part = reading.part(passage)
        if passage.section in taken:
            continue
        if (name := _named_by_heading(reading, passage)) is not None:
            taken.update(reading.subtree(passage.section))
            found.append(Named(name=name, text=reading.told(passage.section) or None, lines=part.lines))
            continue
        found.extend(_listed(passage))
    if found:
        return tuple(found)
    return tuple(
        objective for passage in reading.about(Kind.OBJECTIVES) for objective in _in_prose(passage, purpose_lines)
    )


def _named_by_heading(reading: Reading, passage: Passage) -> str | None:
    """The name of an objective that has a subsection of its own."""
    part: Part = reading.part(passage)
    above = reading.outline.parts[part.parent] if part.parent is not None else None
    if above is None or Kind.OBJECTIVES not in above.kinds or not part.name:
        return None
    name = part.name
    counted = _COUNTED.match(name)
    if counted:
        return name[counted.end() :]
    if (
        not TOPICS_OF_OBJECTIVES.issuperset(subject(name).kinds)
        or name.lower() in lexicon.GROUPERS
        or _PERIOD.fullmatch(name)
        or is_placeholder(name)
    ):
        return None
    return name if any(paragraphs(part.blocks)) else None


def _listed(passage: Passage) -> Iterator[Named]:
    if passage.lead is not None and lexicon.UNRELATED_LEAD_IN.search(lexicon.lowered(passage.lead.text)):
        return
    for item in items(passage.blocks):
        told = said(item)
        if told is not None and not _only_points_inside(told.words):
            yield Named(name=told.name, text=told.text, lines=told.lines)
    for table in tables(passage.blocks):
        for row in table.rows:
            cells = [cell.text for cell in row.cells if cell and not is_placeholder(cell.text)]
            if len(cells) > 1 and re.fullmatch(r"[#\d.]{1,5}", cells[0]):
                cells = cells[1:]
            if len(cells) > 1:
                yield Named(name=cells[0], text=" – ".join(cells[1:]), lines=row.lines)
            elif cells:
                yield Named(name=None, text=cells[0], lines=row.lines)


def _only_points_inside(words: Words) -> bool:
    links = list(words.links())
    return bool(links) and links[0][1].startswith("#") and links[0][0] == words.text


def _in_prose(passage: Passage, purpose_lines: Lines | None) -> Iterator[Named]:
    for paragraph in paragraphs(passage.blocks):
        words = paragraph.words
        if (
            purpose_lines is not None
            and words.lines.first >= purpose_lines.first
            and words.lines.last <= purpose_lines.last
        ):
            continue
        marks = list(_ENUMERATED.finditer(words.text))
        if len(marks) > 1:
            ends = [mark.start() for mark in marks[1:]] + [len(words.text)]
            for mark, end in zip(marks, ends, strict=True):
                piece = words.cut(mark.end(), end)
                text = re.sub(r"[;,.]?(?:\s+(?:and|or))?\s*$", "", piece.text)
                yield Named(name=None, text=text, lines=piece.lines)
            continue
        low = lexicon.lowered(words.text)
        if words.text.endswith((":", "?")) or is_placeholder(words.text):
            continue
        if passage.label is not None or lexicon.AIM.search(low) or lexicon.PURPOSE.search(low):
            yield Named(name=None, text=words.text, lines=words.lines)
