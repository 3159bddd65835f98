"""Stretches of a section that are about one thing.

Within a section, a line in bold or italics, a lead such as "**Mission:** …", or a line before a list ("Our
objectives are:") can say that what follows is about something else than the section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import Block, Item, List, Paragraph, Table
from folkmoot.groups.domain.charter.kinds import is_heading_word, lead_in, subject
from folkmoot.groups.domain.charter.model import Kind, Lines
from folkmoot.groups.domain.charter.outline import Outline, Part
from folkmoot.groups.domain.charter.text import Span, Words

LONGEST_LABEL: Final = 80
MOST_WORDS_OF_A_LABEL: Final = 5
_KEY: Final = re.compile(r"[A-Z][\w /-]{1,30}:\s")
MOST_ROWS: Final = 400
"""Longer paragraphs are not searched for labels."""

# Sections whose parts may be about anything.
_OPEN: Final = frozenset(
    [Kind.TITLE, Kind.PREAMBLE, Kind.PURPOSE, Kind.OVERVIEW, Kind.GOVERNANCE, Kind.OTHER, Kind.CHANNELS]
)
_ABOUT_PURPOSE: Final = frozenset([Kind.PURPOSE, Kind.OVERVIEW, Kind.TITLE, Kind.PREAMBLE])
# In other sections a label changes the subject only to one of these.
_WITHIN: Final[dict[Kind, frozenset[Kind]]] = {
    Kind.SCOPE: frozenset([Kind.SCOPE_OUT, Kind.SCOPE, Kind.DELIVERABLES, Kind.OBJECTIVES]),
    Kind.SCOPE_OUT: frozenset([Kind.SCOPE]),
    Kind.RESPONSIBILITIES: frozenset([Kind.SCOPE_OUT, Kind.ROLES]),
    Kind.MEETINGS: frozenset([Kind.RECORDS, Kind.MEETINGS, Kind.DECISIONS, Kind.CHANNELS]),
    Kind.MEMBERSHIP: frozenset([Kind.PEOPLE, Kind.MANAGERS, Kind.ROLES, Kind.MEMBERSHIP, Kind.DECISIONS]),
    Kind.COMPOSITION: frozenset([Kind.PEOPLE, Kind.MANAGERS, Kind.ROLES, Kind.MEMBERSHIP, Kind.DECISIONS]),
    Kind.PEOPLE: frozenset([Kind.MANAGERS, Kind.MEMBERSHIP, Kind.RECORDS]),
    Kind.MANAGERS: frozenset([Kind.RECORDS, Kind.PEOPLE]),
    Kind.ROLES: frozenset([Kind.RECORDS]),
    Kind.OBJECTIVES: frozenset([Kind.SCOPE_OUT, Kind.OTHER]),
    Kind.DECISIONS: frozenset([Kind.DECISIONS, Kind.AMENDMENTS]),
}


@dataclass(slots=True)
class Passage:
    """Blocks that are about one thing."""

    kinds: tuple[Kind, ...]
    section: int
    blocks: list[Block] = field(default_factory=list)
    label: Words | None = None
    """The words that head it within its section."""
    lead: Words | None = None
    """The line that introduced its list."""
    sealed: bool = False

    def about(self, *kinds: Kind) -> bool:
        return not self.sealed and any(kind in self.kinds for kind in kinds)

    def again(self, lead: Words | None = None) -> Passage:
        """An empty passage about the same, for what follows."""
        return Passage(self.kinds, self.section, label=self.label, lead=lead, sealed=self.sealed)

    @property
    def lines(self) -> Lines | None:
        found = [block.lines for block in self.blocks]
        return Lines(found[0].first, max(lines.last for lines in found)) if found else None


def passages(outline: Outline) -> list[Passage]:
    """All passages of a charter, in order."""
    return [
        passage
        for place, part in enumerate(outline.parts)
        for passage in _of_part(part, place)
        if passage.blocks or passage.label
    ]


def _of_part(part: Part, place: int) -> Iterator[Passage]:
    if part.sealed:
        yield Passage(part.kinds, place, list(part.blocks), sealed=True)
        return
    base = part.kinds or (Kind.OTHER,)
    current = Passage(base, place)
    labelled = current
    for number, block in enumerate(part.blocks):
        if isinstance(block, Paragraph):
            if _is_label(block.words):
                yield current
                kinds, sealed = _kinds_of_label(block.words.text, base)
                current = labelled = Passage(kinds, place, label=block.words, sealed=sealed)
                continue
            groups = list(_run_in(block, base, place))
            if groups:
                before, *named = groups
                current.blocks.extend(before.blocks)
                yield current
                yield from named
                current = Passage(base, place)
                continue
            following = part.blocks[number + 1] if number + 1 < len(part.blocks) else None
            current.blocks.append(block)
            if isinstance(following, List | Table) and block.words.text.endswith(":"):
                last = block.words.sentences()[-1]
                kind = lead_in(last.text) or _aims(last.text, base)
                yield current
                if kind is not None and _may_become(kind, base):
                    current = Passage((kind,), place, lead=last)
                else:
                    current = labelled.again(last)
        elif isinstance(block, List) and _is_open(base) and current.kinds == base:
            rest, named = _named_items(block, base, place)
            if rest is not None:
                current.blocks.append(rest)
            yield current
            yield from named
            current = Passage(base, place)
        elif isinstance(block, Table) and _is_open(base) and (named := list(_named_rows(block, base, place))):
            current.blocks.append(block)
            yield current
            yield from named
            current = Passage(base, place)
        else:
            current.blocks.append(block)
            if current.lead is not None and isinstance(block, List | Table):
                # A lead-in speaks of the one list after it.
                yield current
                current = labelled.again()
    yield current


def _aims(sentence: str, base: tuple[Kind, ...]) -> Kind | None:
    """Below the purpose "To do that we will:" begins the objectives."""
    if _ABOUT_PURPOSE.isdisjoint(base):
        return None
    return Kind.OBJECTIVES if lexicon.AIM_LEAD_IN.search(lexicon.lowered(sentence)) else None


def _is_open(base: tuple[Kind, ...]) -> bool:
    return _OPEN.issuperset(base)


def _may_become(kind: Kind, base: tuple[Kind, ...]) -> bool:
    return _is_open(base) or any(kind in _WITHIN.get(own, ()) for own in base)


def _is_label(words: Words) -> bool:
    text = words.text
    return len(text) <= LONGEST_LABEL and not text.endswith((".", "!", ",", ";")) and words.is_all("strong", "em")


def _kinds_of_label(text: str, base: tuple[Kind, ...]) -> tuple[tuple[Kind, ...], bool]:
    about = subject(text)
    allowed = tuple(kind for kind in about.kinds if kind in base or _may_become(kind, base))
    if allowed:
        return allowed, about.sealed
    return base, about.sealed and _is_open(base)


def _label_of(words: Words, base: tuple[Kind, ...]) -> tuple[tuple[Kind, ...], bool, Words, Words] | None:
    """(kinds, sealed, label, rest) of text that begins with a heading word and a colon."""
    lead = words.lead()
    if lead is None:
        return None
    name, rest = lead
    parted = words.text[len(name) : len(name) + 3].lstrip("*_ ")
    if len(name.split()) > MOST_WORDS_OF_A_LABEL or not (
        parted.startswith(":") or (words.spans[:1] and words.spans[0].start == 0)
    ):
        return None
    about = subject(name)
    kinds = tuple(kind for kind in about.kinds if _may_become(kind, base))
    if not kinds or set(kinds) <= set(base) or name[0].islower():
        return None
    return kinds, about.sealed, words.cut(0, len(name)), rest


def _run_in(block: Paragraph, base: tuple[Kind, ...], place: int) -> Iterator[Passage]:
    """The paragraph split at lines that begin with a heading word; nothing when there are none."""
    if len(block.words.starts) > MOST_ROWS:
        return
    rows = block.words.rows()
    found = [(_label_of(row, base) if row else None) for row in rows]
    if not any(found):
        return
    passage = Passage(base, place)
    pending: list[Words] = []
    for row, label in zip(rows, found, strict=True):
        if label is None:
            if passage.label is not None and _KEY.match(row.text):
                _close(passage, pending)
                yield passage
                passage, pending = Passage(base, place), []
            pending.append(row)
            continue
        _close(passage, pending)
        yield passage
        kinds, sealed, name, rest = label
        passage = Passage(kinds, place, label=name, sealed=sealed)
        pending = [rest] if rest else []
    _close(passage, pending)
    yield passage


def _close(passage: Passage, rows: list[Words]) -> None:
    if rows:
        words = joined(rows)
        passage.blocks.append(Paragraph(words, words.lines))


def joined(rows: list[Words]) -> Words:
    """Rows of one paragraph as one text again."""
    if len(rows) == 1:
        return rows[0]
    pieces: list[str] = []
    spans: list[Span] = []
    starts: list[tuple[int, int]] = []
    at = 0
    for row in rows:
        spans.extend(span._replace(start=span.start + at, end=span.end + at) for span in row.spans)
        starts.extend((offset + at, line) for offset, line in row.starts)
        pieces.append(row.text)
        at += len(row.text) + 1
    return Words(" ".join(pieces), tuple(spans), tuple(starts))


def _named_items(block: List, base: tuple[Kind, ...], place: int) -> tuple[List | None, list[Passage]]:
    """The list without the items that begin with a heading word, and those as passages."""
    kept: list[Item] = []
    named: list[Passage] = []
    for item in block.items:
        label = _label_of(item.words, base) or _heading_of(item, base)
        if label is None:
            kept.append(item)
            continue
        kinds, sealed, name, rest = label
        blocks: list[Block] = [Paragraph(rest, rest.lines)] if rest else []
        named.append(Passage(kinds, place, [*blocks, *item.blocks], label=name, sealed=sealed))
    if not named:
        return block, []
    return (List(kept, block.lines, block.ordered, block.quoted) if kept else None), named


def _heading_of(item: Item, base: tuple[Kind, ...]) -> tuple[tuple[Kind, ...], bool, Words, Words] | None:
    """The same of an item whose first line is a heading word: "1. Purpose", with the text below it."""
    if len(item.words.starts) > MOST_ROWS:
        return None
    rows = item.words.rows()
    if not rows or not (len(rows) > 1 or item.blocks) or len(rows[0].text.split()) > MOST_WORDS_OF_A_LABEL:
        return None
    about = subject(rows[0].text)
    kinds = tuple(kind for kind in about.kinds if _may_become(kind, base))
    if not kinds or not is_heading_word(rows[0].text) or set(kinds) <= set(base):
        return None
    rest = joined(rows[1:]) if len(rows) > 1 else rows[0].cut(len(rows[0].text))
    return kinds, about.sealed, rows[0], rest


def _named_rows(block: Table, base: tuple[Kind, ...], place: int) -> Iterator[Passage]:
    """Rows of a table of particulars: "Meetings | every Tuesday"."""
    rows = [(block.head, block.lines.first), *((row.cells, row.lines.first) for row in block.rows)]
    for cells, _ in rows:
        if len(cells) != 2 or not cells[0] or not cells[1]:
            continue
        about = subject(cells[0].text)
        kinds = tuple(kind for kind in about.kinds if _may_become(kind, base))
        if kinds:
            yield Passage(kinds, place, [Paragraph(cells[1], cells[1].lines)], label=cells[0], sealed=about.sealed)
