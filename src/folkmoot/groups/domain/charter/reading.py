"""What the extractors share: the charter's structure, and how items, rows and subsections give a name and a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.blocks import Block, Code, Item, List, Paragraph, Row, Table, gist, words_in
from folkmoot.groups.domain.charter.model import Kind, Lines
from folkmoot.groups.domain.charter.outline import Outline, Part
from folkmoot.groups.domain.charter.passages import Passage
from folkmoot.groups.domain.charter.text import Words

LONGEST_SHORT_TEXT: Final = 60

_CHECKBOX: Final = re.compile(r"\[[ xX]\]\s+")
_BRACKETED: Final = re.compile(r"[\[{<]{1,2}([^\[\]{}<>\n]{1,140})[\]}>]{1,2}")
_LETTER: Final = re.compile(r"\w")


class Said(NamedTuple):
    """Something with a name, a text, or both."""

    name: str | None
    text: str | None
    lines: Lines
    words: Words
    """All of its first paragraph."""

    @property
    def whole(self) -> str:
        """Name and text together."""
        if self.name is None or self.text is None:
            return self.name or self.text or ""
        return f"{self.name}: {self.text}"


@dataclass(slots=True)
class Reading:
    """A charter while it is being read."""

    outline: Outline
    passages: list[Passage]

    def about(self, *kinds: Kind) -> Iterator[Passage]:
        return (passage for passage in self.passages if passage.about(*kinds))

    def unsealed(self) -> Iterator[Passage]:
        return (passage for passage in self.passages if not passage.sealed)

    def part(self, passage: Passage) -> Part:
        return self.outline.parts[passage.section]

    def subtree(self, place: int) -> list[int]:
        """A section and all its subsections; these follow it directly."""
        found: list[int] = []
        waiting = [place]
        while waiting:
            number = waiting.pop()
            found.append(number)
            waiting.extend(reversed(self.outline.below.get(number, [])))
        return found

    def told(self, place: int, *, without: Callable[[Block], bool] | None = None) -> str:
        """The text of a section with its subsections; `without` blocks that are not wanted."""
        rows: list[str] = []
        for number in self.subtree(place):
            part = self.outline.parts[number]
            if number != place and part.name and not is_placeholder(part.name):
                rows.append(part.name)
            rows.append(gist_of([block for block in part.blocks if without is None or not without(block)]))
        return "\n".join(row for row in rows if row)


def gist_of(blocks: Sequence[Block]) -> str:
    """The text of blocks, without those that only hold a place."""
    kept = [block for block in blocks if not (isinstance(block, Paragraph) and is_placeholder(block.words.text))]
    return gist(Words("", (), ((0, 1),)), kept).strip()


def said(item: Item) -> Said | None:
    """What a list item says; None when it is empty, a placeholder or a question of a template."""
    words = unchecked(item.words)
    lead = words.lead()
    name, rest = lead if lead else (None, words)
    blocks = [block for block in item.blocks if not isinstance(block, Code)]
    text = gist(rest, blocks).strip()
    if name is None:
        text = text.lstrip("–—-:*_ ")
    if text.endswith(":") and "\n" not in text:
        text = text[:-1]
    if name is None and not text and blocks:
        text = gist_of(blocks)
    if (not text and not name) or is_placeholder(words.text) or (name is None and is_placeholder(text)):
        return None
    if name and text and is_placeholder(text) and is_placeholder(name):
        return None
    if words.text.rstrip().endswith("?"):
        return None
    if text and is_placeholder(text):
        text = ""
    return Said(name, text or None, item.lines, words)


def unchecked(words: Words) -> Words:
    """Without the box of a task list."""
    found = _CHECKBOX.match(words.text)
    return words.cut(found.end()) if found else words


def items(blocks: Sequence[Block]) -> Iterator[Item]:
    """The items of the lists directly among these blocks, quoted ones left out."""
    for block in blocks:
        if isinstance(block, List) and not block.quoted:
            yield from block.items


def paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    return (block for block in blocks if isinstance(block, Paragraph))


def tables(blocks: Sequence[Block]) -> Iterator[Table]:
    return (block for block in blocks if isinstance(block, Table) and not block.quoted)


def first_link(blocks: Sequence[Block | Item | Row], *words: Words) -> str | None:
    """The first address among these."""
    for text in (*words, *words_in(blocks)):
        for _, href, _ in text.links():
            if href and not href.startswith("#"):
                return href
    return None


def units(blocks: Sequence[Block]) -> Iterator[Words]:
    """Every paragraph, item and cell that is said, not shown."""
    return words_in([block for block in blocks if not isinstance(block, Code)])


def is_placeholder(text: str) -> bool:
    """Whether a text only holds the place of one that is still to be written."""
    return _is_placeholder(text[: lexicon.LONGEST_TESTED])


@lru_cache(maxsize=8_192)
def _is_placeholder(text: str) -> bool:
    low = lexicon.lowered(text).strip()
    if not _LETTER.search(low):
        return bool(low)
    if lexicon.INSTRUCTION.search(low):
        return True
    if len(low) > LONGEST_SHORT_TEXT * 2:
        return False
    if lexicon.SHORT_PLACEHOLDER.search(low):
        return True
    found = _BRACKETED.fullmatch(low.strip(" .:*_`"))
    if found and (is_bracket_placeholder(found[1]) or lexicon.WHOLE_BRACKET_PLACEHOLDER.search(found[1])):
        return True
    return len(low) <= LONGEST_SHORT_TEXT and bool(lexicon.PLACEHOLDER.search(low))


def is_bracket_placeholder(inside: str) -> bool:
    """Whether what stands in brackets is a hint for the author rather than words for the reader."""
    raw = inside.strip()
    low = lexicon.lowered(raw)
    if not low or low in lexicon.NOT_BRACKET_PLACEHOLDER:
        return False
    if low.startswith("tbd") or lexicon.BRACKET_PLACEHOLDER.search(low):
        return True
    letters = [letter for letter in raw if letter.isalpha()]
    return len(letters) > 3 and all(letter.isupper() for letter in letters) and not raw.startswith("#")


def bracketed(text: str) -> Iterator[re.Match[str]]:
    """Everything in brackets, braces or angles."""
    return _BRACKETED.finditer(text)
