"""The sections of a charter, and what each is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import Block, Document, Heading, Paragraph
from folkmoot.groups.domain.charter.kinds import Subject, is_heading_word, parted, subject
from folkmoot.groups.domain.charter.model import Kind, Lines
from folkmoot.groups.domain.charter.text import Span, Words

FEW_HEADINGS: Final = 1
"""With no more headings than this (a title), lines in bold and bare heading words are taken for headings."""
LONGEST_BOLD_HEADING: Final = 90
MOST_WORDS_OF_A_BARE_HEADING: Final = 5

# What a subsection without a subject of its own is about as well.
_HANDED_DOWN: Final = frozenset(Kind) - {
    Kind.TITLE, Kind.PREAMBLE, Kind.PURPOSE, Kind.OVERVIEW, Kind.GOVERNANCE, Kind.OTHER, Kind.COMPOSITION,
}  # fmt: skip
# Below a section on roles, headings such as "Managers" or "Members" name a role.
TOPICS_OF_OBJECTIVES: Final = frozenset(
    [Kind.OBJECTIVES, Kind.ACTIVITIES, Kind.RESOURCES, Kind.CHANNELS, Kind.GOVERNANCE, Kind.MEMBERSHIP, Kind.PEOPLE]
)
"""Below the objectives, headings such as "Events" or "Communication" name one."""
_ROLES_BELOW: Final = frozenset([Kind.MANAGERS, Kind.PEOPLE, Kind.MEMBERSHIP, Kind.RESPONSIBILITIES])


@dataclass(slots=True)
class Part:
    """A section while the charter is being read."""

    heading: Words | None
    level: int
    lines: Lines
    blocks: list[Block] = field(default_factory=list)
    kinds: tuple[Kind, ...] = ()
    sealed: bool = False
    parent: int | None = None
    own_number: str = ""
    ids: tuple[str, ...] = ()
    is_title: bool = False

    @property
    def name(self) -> str:
        """The heading without its number."""
        return parted(self.heading.text)[1].rstrip(" :") if self.heading else ""

    @property
    def kind(self) -> Kind:
        return self.kinds[0] if self.kinds else Kind.OTHER


@dataclass(slots=True)
class Outline:
    """All sections in order; they cover every line once."""

    parts: list[Part]
    title: Words | None
    below: dict[int, list[int]]
    """The direct subsections of each section that has any."""


def outline(document: Document, lines: int) -> Outline:
    """Split the blocks of a charter of so many lines into sections."""
    blocks = document.blocks
    headings = sum(isinstance(block, Heading) for block in blocks)
    if headings <= FEW_HEADINGS:
        blocks = _promoted(blocks)
    parts = _parts(blocks, lines)
    title = _find_title(parts)
    _find_parents(parts)
    title_words = frozenset(lexicon.lowered(title.text).split()) if title else frozenset()
    for part in parts:
        _classify(part, parts, title_words)
    below: dict[int, list[int]] = {}
    for place, part in enumerate(parts):
        if part.parent is not None:
            below.setdefault(part.parent, []).append(place)
    return Outline(parts, title, below)


def _parts(blocks: list[Block], lines: int) -> list[Part]:
    parts: list[Part] = []
    into: list[Block] = []
    if lines and not (blocks and isinstance(blocks[0], Heading) and blocks[0].lines.first == 1):
        parts.append(Part(None, 0, Lines(1, lines), into))
    for block in blocks:
        if not isinstance(block, Heading):
            into.append(block)
            continue
        first = block.lines.first
        if parts and first <= parts[-1].lines.first and parts[-1].heading is not None:
            # Two headings on one line, as HTML allows: the second is a label within the first one's section.
            into.append(Paragraph(_in_bold(block.words), block.lines))
            continue
        if parts and first == parts[-1].lines.first:
            parts.pop()
        elif parts:
            parts[-1].lines = Lines(parts[-1].lines.first, first - 1)
        number, _ = parted(block.words.text)
        into = []
        parts.append(Part(block.words, block.level, Lines(first, lines), into, own_number=number, ids=block.ids))
    return parts


def _in_bold(words: Words) -> Words:
    return Words(words.text, (Span(0, len(words.text), "strong"), *words.spans), words.starts)


def _promoted(blocks: list[Block]) -> list[Block]:
    """Turn what stands for headings into headings."""
    base = next((block.level for block in blocks if isinstance(block, Heading)), 1)
    found: list[Block] = []
    for place, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.quoted:
            found.append(block)
            continue
        rows = block.words.rows()
        level = base if not found and not any(isinstance(other, Heading) for other in blocks) else base + 1
        is_last = place == len(blocks) - 1 and len(rows) == 1
        if rows and not is_last and _stands_for_heading(rows):
            depth = parted(rows[0].text)[0].count(".")
            if level == base and (subject(rows[0].text).kinds or not lexicon.TITLE.search(rows[0].text.lower())):
                level = base + 1
            found.append(Heading(rows[0], level + depth, rows[0].lines))
            if len(rows) > 1:
                at = next(at for at, line in block.words.starts if line > rows[0].lines.last)
                rest = block.words.cut(at)
                found.append(Paragraph(rest, Lines(rest.lines.first, block.lines.last)))
        else:
            found.append(block)
    return found


def _stands_for_heading(rows: list[Words]) -> bool:
    first = rows[0]
    text = first.text.strip()
    if first.lines.first != first.lines.last or not text or "\n" in text:
        return False
    if first.is_all("strong"):
        return len(text) <= LONGEST_BOLD_HEADING and not text.endswith((".", "!", ",", ";"))
    return (
        is_heading_word(text)
        and len(text.split()) <= MOST_WORDS_OF_A_BARE_HEADING
        and text[0].isalnum()
        and not text[0].islower()
        and not text.endswith((".", "!", "?", ",", ";"))
    )


def _find_title(parts: list[Part]) -> Words | None:
    """The first heading, when it heads the whole charter rather than a section of it."""
    headed = [part for part in parts if part.heading is not None]
    if not headed:
        return None
    first = headed[0]
    assert first.heading is not None
    above = all(part.level > first.level for part in headed[1:])
    level_with = all(part.level >= first.level for part in headed[1:])
    about = subject(first.heading.text)
    says_so = bool(lexicon.TITLE.search(lexicon.lowered(first.heading.text)))
    unknown = not about.kinds and not about.sealed
    if (
        (above and (unknown or (says_so and len(headed) > 1)))
        or (unknown and level_with and says_so)
        or (unknown and level_with and first.level == 1 and any(part.level > 1 for part in headed))
    ):
        first.is_title = bool(first.heading.text)
    return first.heading if first.is_title else None


def _find_parents(parts: list[Part]) -> None:
    """By level; among headings of one level, by their own numbers: 2.1.3 belongs to 2.1."""
    open_parts: list[int] = []
    numbered: dict[str, int] = {}
    for place, part in enumerate(parts):
        if part.heading is None:
            continue
        while open_parts and parts[open_parts[-1]].level >= part.level:
            open_parts.pop()
        part.parent = open_parts[-1] if open_parts else None
        above = part.own_number.rpartition(".")[0]
        if above in numbered and parts[numbered[above]].level >= part.level:
            part.parent = numbered[above]
        open_parts.append(place)
        if part.own_number:
            numbered[part.own_number] = place


def _classify(part: Part, parts: list[Part], title_words: frozenset[str]) -> None:
    if part.heading is None:
        part.kinds = (Kind.PREAMBLE,)
        return
    if part.is_title:
        part.kinds = (Kind.TITLE,)
        return
    above = parts[part.parent] if part.parent is not None else None
    if above is not None and above.sealed:
        part.kinds, part.sealed = above.kinds, True
        return
    own: Subject = subject(part.heading.text, title_words)
    part.kinds, part.sealed = own.kinds, own.sealed
    if above is None:
        return
    handed = tuple(kind for kind in above.kinds if kind in _HANDED_DOWN)
    if Kind.ROLES in above.kinds and (not own.kinds or own.kinds[0] in _ROLES_BELOW):
        part.kinds = tuple(dict.fromkeys((Kind.ROLES, *own.kinds)))
        part.sealed = False
    elif Kind.OBJECTIVES in above.kinds and own.kinds and own.kinds[0] in TOPICS_OF_OBJECTIVES:
        part.kinds = (Kind.OBJECTIVES,)
    elif not own.kinds and not own.sealed:
        part.kinds = handed
