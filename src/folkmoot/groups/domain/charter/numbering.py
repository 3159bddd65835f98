"""Numbers for people to quote, and anchors for permalinks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from urllib.parse import unquote

from folkmoot.groups.domain.charter.blocks import Document, Item, Paragraph, Row, walk, words_in
from folkmoot.groups.domain.charter.model import Lines, Section
from folkmoot.groups.domain.charter.outline import Outline, Part

LONGEST_ANCHOR: Final = 60

_NOT_SLUG: Final = re.compile(r"[^\w-]+|_+")
_NOT_GITHUB: Final = re.compile(r"[^\w\- ]+")
_OWN_ANCHOR: Final = re.compile(r"\{[^{}]{0,80}#([\w.-]{1,80})[^{}]{0,80}\}\s*$")


class Place(NamedTuple):
    """Where something stands in the order of the charter."""

    number: str
    anchor: str


class Numbering:
    """The place of each section, and of each list item or table row by its first line."""

    def __init__(self, outline: Outline, marked: dict[int, str | None]) -> None:
        """`marked` are the first lines of items that need a place, with their names."""
        self._parts = outline.parts
        self._sections: list[Place] = [Place("", "")] * len(outline.parts)
        self._items: dict[int, Place] = {}
        self._anchors: set[str] = set()
        self._repeats: dict[str, int] = {}
        self._used: set[str] = set()
        own = [part.own_number for part in outline.parts if part.own_number]
        self._reserved = set(own)
        for place, part in enumerate(outline.parts):
            self._sections[place] = Place("", self._anchor(part.name or ("charter" if part.heading else "preamble")))
        self._number(outline, marked)

    def section(self, place: int) -> Place:
        return self._sections[place]

    def at(self, lines: Lines) -> Place:
        """The place of what begins on this line: its own, or that of its section."""
        found = self._items.get(lines.first)
        if found is not None:
            return found
        return self._sections[self._holding(lines.first)]

    def _holding(self, line: int) -> int:
        low, high = 0, len(self._parts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._parts[middle].lines.first <= line:
                low = middle
            else:
                high = middle - 1
        return low

    def _number(self, outline: Outline, marked: dict[int, str | None]) -> None:
        children: dict[int | None, list[tuple[int, int | None]]] = {}
        for place, part in enumerate(outline.parts):
            if part.heading is None or part.is_title:
                continue
            above = part.parent
            if above is not None and outline.parts[above].is_title:
                above = None
            children.setdefault(above, []).append((part.lines.first, place))
        for line in marked:
            place = self._holding(line)
            part = outline.parts[place]
            above = None if part.heading is None or part.is_title else place
            children.setdefault(above, []).append((line, None))
        waiting: list[tuple[int | None, str]] = [(None, "")]
        while waiting:
            above, prefix = waiting.pop()
            counter = 0
            for line, section in sorted(children.get(above, []), key=lambda child: child[0]):
                if section is not None and (number := self._own(outline.parts[section], prefix)):
                    last = number.rpartition(".")[2]
                    counter = max(counter, int(last))
                else:
                    counter += 1
                    while f"{prefix}{counter}" in self._used or f"{prefix}{counter}" in self._reserved:
                        counter += 1
                    number = f"{prefix}{counter}"
                self._used.add(number)
                if section is not None:
                    self._sections[section] = self._sections[section]._replace(number=number)
                    waiting.append((section, f"{number}."))
                else:
                    base = self._sections[above].anchor if above is not None else "clause"
                    anchor = self._anchor(marked[line] or f"{base}-{counter}")
                    self._items[line] = Place(number, anchor)

    def _own(self, part: Part, prefix: str) -> str:
        """The number that the heading itself has, if it is fit to be used."""
        number = part.own_number
        if not number or number in self._used:
            return ""
        if prefix and not number.startswith(prefix) and "." in number:
            return ""
        if prefix and "." not in number:
            return ""
        return number

    def _anchor(self, name: str) -> str:
        slug = clean_slug(name)[:LONGEST_ANCHOR].strip("-") or "section"
        anchor, count = slug, self._repeats.get(slug, 1)
        while anchor in self._anchors:
            count += 1
            anchor = f"{slug}-{count}"
        self._repeats[slug] = count
        self._anchors.add(anchor)
        return anchor


def marked_lines(document: Document, named: Iterable[tuple[Lines, str | None]]) -> dict[int, str | None]:
    """The first lines of those clauses that are list items, rows of tables or labels, with their names."""
    rows = {block.lines.first for block in walk(document.blocks) if isinstance(block, Item | Row)}
    rows |= {
        block.lines.first
        for block in document.blocks
        if isinstance(block, Paragraph) and block.words.is_all("strong", "em")
    }
    found: dict[int, str | None] = {}
    for lines, name in named:
        if lines.first in rows and not found.get(lines.first):
            found[lines.first] = name
    return found


def sections(outline: Outline, numbering: Numbering) -> tuple[Section, ...]:
    """The public sections."""
    found = []
    for place, part in enumerate(outline.parts):
        number, anchor = numbering.section(place)
        heading = _OWN_ANCHOR.sub("", part.heading.text).rstrip() if part.heading is not None else None
        found.append(Section(heading, part.level, part.kind, part.lines, number, anchor))
    return tuple(found)


def clean_slug(text: str) -> str:
    """Lower-case letters and digits of any script, parted by single hyphens."""
    text = unicodedata.normalize("NFKC", text).lower().replace("'", "").replace("’", "")
    return re.sub(r"-{2,}", "-", _NOT_SLUG.sub("-", text)).strip("-")


def internal_targets(document: Document, outline: Outline, numbering: Numbering) -> set[str]:
    """Every fragment that a link within the charter may name: what GitHub and GitLab make, and our anchors."""
    found = {one.lower() for one in document.ids}
    counts: dict[str, int] = {}
    for place, part in enumerate(outline.parts):
        if part.heading is None:
            continue
        text = part.heading.text
        own = _OWN_ANCHOR.search(text)
        if own:
            found.add(own[1].lower())
            text = text[: own.start()].strip()
        slug = _NOT_GITHUB.sub("", text.lower()).strip().replace(" ", "-")
        seen = counts.get(slug, 0)
        counts[slug] = seen + 1
        found.add(f"{slug}-{seen}" if seen else slug)
        found.update((re.sub(r"-{2,}", "-", slug), clean_slug(text), numbering.section(place).anchor))
        found.update(one.lower() for one in part.ids)
    return found


def dead_links(document: Document, targets: set[str]) -> Iterator[tuple[str, int]]:
    """(fragment, line) of links within the charter that lead nowhere."""
    for words in words_in(document.blocks):
        for _, href, line in words.links():
            if not href.startswith("#") or len(href) < 2:
                continue
            fragment = unquote(href[1:]).lower().removeprefix("user-content-")
            if fragment != "top" and fragment not in targets:
                yield href[1:], line
