"""Title, name, purpose and scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import List, Paragraph, Table
from folkmoot.groups.domain.charter.kinds import lead_in, parted
from folkmoot.groups.domain.charter.model import Clause, Kind, Lines
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.reading import (
    Reading,
    bracketed,
    is_bracket_placeholder,
    is_placeholder,
    items,
    paragraphs,
    said,
    tables,
    units,
)
from folkmoot.groups.domain.charter.roles import lists_roles
from folkmoot.groups.domain.charter.text import Words

_NOTE: Final = re.compile(r"\W{0,4}(?:note|notes|n\.b\.|disclaimer|important|tl;dr)\b", re.IGNORECASE)
_NAME_WORD: Final = r"[A-Z][\w&/’'.-]*"
_STATED_NAME: Final = re.compile(
    rf"\b(?:[Tt]he |[Tt]his )?((?:{_NAME_WORD},? (?:(?:and|of|for|the|in) )?){{1,8}}?"
    rf"(?:{lexicon.phrases(lexicon.GROUP_NOUNS)}))\b"
)
_DOCUMENT: Final = re.compile(
    r"[\s:–—-]*\b(?:" + lexicon.phrases(lexicon.DOCUMENT_NAMES) + r")\b(?:\s*\([^()]{0,40}\))?\s*$", re.IGNORECASE
)
_DOCUMENT_FIRST: Final = re.compile(
    r"(?:" + lexicon.phrases(lexicon.DOCUMENT_NAMES) + r")(?:\s*[:–—-]\s*| (?:of|for) (?:the )?)", re.IGNORECASE
)


_OF_TITLES: Final = frozenset(word for name in lexicon.TITLE_TERMS for word in name.split())


def find_title(reading: Reading, front_matter: str | None) -> str | None:
    """The title as the charter writes it; failing a heading, the name by which its purpose calls the group."""
    title = reading.outline.title
    if title is not None and _is_written(title.text):
        return parted(title.text)[1] or None
    return front_matter or _stated_name(reading)


def _is_written(title: str) -> bool:
    """Whether a title is more than a place for one: "[Name] Working Group Charter" is not."""
    if is_placeholder(title):
        return False
    gaps = [gap for gap in bracketed(title) if is_bracket_placeholder(gap[1])]
    if not gaps:
        return True
    rest = title
    for gap in gaps:
        rest = rest.replace(gap[0], " ")
    return bool(set(re.findall(r"\w+", lexicon.lowered(rest))) - _OF_TITLES)


def group_name(title: str | None) -> str | None:
    """The title without what makes it that of a document."""
    if title is None:
        return None
    name = _DOCUMENT_FIRST.sub("", title.strip(), count=1) if _DOCUMENT_FIRST.match(title.strip()) else title.strip()
    for _ in range(2):
        name = _DOCUMENT.sub("", name).strip()
    if lexicon.lowered(name) in lexicon.DOCUMENT_NAMES or any(
        is_bracket_placeholder(gap[1]) for gap in bracketed(name)
    ):
        return None
    return name.strip(" :–—-") or None


def _stated_name(reading: Reading) -> str | None:
    for passage in reading.about(Kind.PURPOSE, Kind.OVERVIEW, Kind.PREAMBLE):
        for paragraph in paragraphs(passage.blocks):
            found = _STATED_NAME.search(paragraph.words.text[:300])
            if found:
                return found[1]
    return None


def find_purpose(reading: Reading) -> Clause | None:
    """Why the group exists: the first section that says so, in its own prose."""
    for kind in (
        Kind.PURPOSE,
        Kind.OBJECTIVES,
        Kind.RESPONSIBILITIES,
        Kind.OVERVIEW,
        Kind.TITLE,
        Kind.PREAMBLE,
        Kind.SCOPE,
    ):
        for passage in reading.about(kind):
            if passage.kinds[0] != kind and kind is not Kind.PURPOSE:
                continue
            found = _prose(passage, signalled=kind is not Kind.PURPOSE)
            if found:
                return _clause(found)
    return _enumerated(reading)


def _prose(passage: Passage, *, signalled: bool) -> list[Words]:
    found: list[Words] = []
    for block in passage.blocks:
        if isinstance(block, List | Table):
            break
        if not isinstance(block, Paragraph) or _NOTE.match(block.words.text):
            continue
        words = _without_lead_in(block.words)
        if not words or is_placeholder(words.text) or words.is_all("em", "code") or words.text.endswith("?"):
            continue
        if signalled and not found and not lexicon.PURPOSE.search(lexicon.lowered(words.text)):
            continue
        found.append(words)
        if signalled:
            break
    return found


def _clause(found: list[Words]) -> Clause:
    lines = Lines(found[0].lines.first, found[-1].lines.last)
    return Clause(text="\n\n".join(words.text for words in found), lines=lines)


def _without_lead_in(words: Words) -> Words:
    if not words.text.endswith(":"):
        return words
    sentences = words.sentences()
    return words.cut(0, len(words.text) - len(sentences[-1].text)) if len(sentences) > 1 else words.cut(0, 0)


def _enumerated(reading: Reading) -> Clause | None:
    """A purpose that is said as a list."""
    for passage in reading.about(Kind.PURPOSE):
        listed = [told for item in items(passage.blocks) if (told := said(item))]
        if listed and passage.kinds[0] is Kind.PURPOSE:
            text = "\n".join(f"- {told.words.text}" for told in listed)
            return Clause(text=text, lines=Lines(listed[0].lines.first, listed[-1].lines.last))
    return None


def find_scope(reading: Reading, of_roles: frozenset[int]) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    """What is in scope, and what is out of it; sections that are about one role are left out."""
    inside = [
        clause
        for passage in reading.about(Kind.SCOPE, Kind.RESPONSIBILITIES)
        if passage.section not in of_roles
        and not passage.about(Kind.SCOPE_OUT, Kind.ROLES)
        and not lists_roles(passage.blocks)
        for clause in _scope_of(passage)
    ]
    outside = [clause for passage in reading.about(Kind.SCOPE_OUT) for clause in _scope_of(passage)]
    for table in (table for passage in reading.unsealed() for table in tables(passage.blocks)):
        inside.extend(_column(table, Kind.SCOPE))
        outside.extend(_column(table, Kind.SCOPE_OUT))
    outside.extend(_outside_sentences(reading))
    return tuple(inside), tuple(outside)


def _scope_of(passage: Passage) -> Iterator[Clause]:
    is_duties = passage.kinds[0] is Kind.RESPONSIBILITIES
    for block in passage.blocks:
        if isinstance(block, Paragraph) and not is_duties:
            words = _without_lead_in(block.words)
            if (
                words
                and not is_placeholder(words.text)
                and not _NOTE.match(words.text)
                and not words.text.endswith("?")
            ):
                if Kind.SCOPE_OUT not in passage.kinds:
                    words = _without_outside(words)
                if words:
                    yield Clause(text=words.text, lines=words.lines)
        elif isinstance(block, List) and not block.quoted:
            for item in block.items:
                told = said(item)
                if told is not None:
                    yield Clause(text=told.whole, lines=told.lines)


def _without_outside(words: Words) -> Words:
    kept = [sentence for sentence in words.sentences() if not _is_outside(sentence)]
    if len(kept) == len(words.sentences()):
        return words
    return Words(" ".join(piece.text for piece in kept), (), kept[0].starts if kept else words.starts)


def _is_outside(sentence: Words) -> bool:
    low = lexicon.lowered(sentence.text)
    return bool(lexicon.SCOPE_OUT.search(low)) and not lexicon.NOT_SCOPE_OUT.search(low)


def _outside_sentences(reading: Reading) -> Iterator[Clause]:
    for passage in reading.unsealed():
        if passage.about(Kind.SCOPE_OUT, Kind.AMENDMENTS):
            continue
        for words in units(passage.blocks):
            if "scope" not in words.text.lower():
                continue
            for sentence in words.sentences():
                if _is_outside(sentence) and len(sentence.text.split()) > 4 and not lead_in(sentence.text):
                    yield Clause(text=sentence.text, lines=sentence.lines)


def _column(table: Table, kind: Kind) -> Iterator[Clause]:
    names = [lexicon.lowered(cell.text).strip() for cell in table.head]
    for place, name in enumerate(names):
        if lexicon.HEADINGS.get(name) is kind and len(names) > 1:
            for row in table.rows:
                if place < len(row.cells) and row.cells[place] and not is_placeholder(row.cells[place].text):
                    yield Clause(text=row.cells[place].text, lines=row.lines)
