"""Texts within our own form of minutes, so that every text comes back as it was.

A line is escaped by backslashes where Markdown would see a mark, and by character references where a character
cannot stand as it is (line ends, controls, spaces at the edges). Longer texts stay Markdown: as they are where
that is unmistakable, otherwise in a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

_MARKS: Final = frozenset("\\`*_[]<>|~&#,;")
_SPACES: Final = re.compile(
    r"^\s|\s$|[^\S ]|(?<= ) |[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|·"
)
_REFERENCE: Final = re.compile(r"&#(\d{1,7});")
_GUARDED: Final = re.compile(r"&((?:amp;)*)#(\d{1,7});")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff]")
_UNSAFE: Final = re.compile(
    r"\s{0,3}(?:#|>|<|`{3}|~{3}|=+\s*$|-+\s*$|\*(?!\*).*\*\s*$|\[[^\]]*\]:)|.*(?:<!--|\s$|\t)|\s{4,}\S"
)
PARTS: Final = " · "
"""What stands between the parts of a line."""


def inline(text: str) -> str:
    """A text for one line, in which no mark of Markdown and no separator of ours is active."""
    escaped = "".join(f"\\{char}" if char in _MARKS else char for char in text)
    escaped = _SPACES.sub(lambda hit: f"&#{ord(hit[0])};", escaped)
    if escaped[:1] in ("-", "+", "@", "=") or re.match(r"\d+[.)]", escaped):
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return escaped


def plain_of(escaped: str) -> str:
    """The text that was made by `inline`."""
    parts: list[str] = []
    at = 0
    while at < len(escaped):
        char = escaped[at]
        if char == "\\" and at + 1 < len(escaped):
            parts.append(escaped[at + 1])
            at += 2
        elif char == "&" and (hit := _REFERENCE.match(escaped, at)) and int(hit[1]) < 0x110000:
            parts.append(chr(int(hit[1])))
            at = hit.end()
        else:
            parts.append(char)
            at += 1
    return "".join(parts)


def names(people: tuple[str, ...]) -> str:
    """Names parted by commas; a comma in a name is escaped."""
    return ", ".join(map(inline, people))


def names_of(text: str) -> tuple[str, ...]:
    return tuple(map(plain_of, _parted(text, ",")))


def parts_of(text: str) -> list[str]:
    """The parts of a line, still escaped."""
    return text.split(PARTS)


def _parted(text: str, mark: str) -> Iterator[str]:
    current: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "\\":
            current.append(text[at : at + 2])
            at += 2
        elif text[at] == mark:
            yield "".join(current).strip(" ")
            current = []
            at += 1
        else:
            current.append(text[at])
            at += 1
    yield "".join(current).strip(" ")


def block(text: str) -> list[str]:
    """A longer text as lines: as it is, or quoted where it could be taken for something else."""
    guarded = _GUARDED.sub(r"&amp;\1#\2;", text)
    rows = _CONTROL.sub(lambda hit: f"&#{ord(hit[0])};", guarded).split("\n")
    if rows[0].strip() and rows[-1].strip() and not any(_UNSAFE.match(row) for row in rows) and not _has_gap(rows):
        return rows
    return [f"> {row}" if row else ">" for row in rows]


def _has_gap(rows: list[str]) -> bool:
    """Whether two empty lines follow each other."""
    return any(not above.strip() and not below.strip() for above, below in pairwise(rows))


def text_of(rows: list[str]) -> str:
    """The text that was made by `block`; a quotation is read as far as it is one."""
    if rows and rows[0].startswith(">"):
        rows = [row[2:] if row.startswith("> ") else row.removeprefix(">") for row in rows]
    text = "\n".join(rows)
    return _GUARDED.sub(lambda hit: f"&{hit[1][4:]}#{hit[2]};" if hit[1] else chr(int(hit[2])), text)
