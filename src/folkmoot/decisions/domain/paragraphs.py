"""The text of a motion in numbered paragraphs, and amendments to single paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:\s|$)")


class Change(StrEnum):
    """What an amendment does to the paragraph it names."""

    REPLACE = "replace"
    DELETE = "delete"
    INSERT = "insert"
    """A new paragraph after it; after paragraph 0 at the beginning."""


@dataclass(frozen=True)
class ParagraphChange:
    """A change of one paragraph, counted from 1 in the text as it was put."""

    change: Change
    paragraph: int
    text: str = ""


class Conflict(ValueError):
    """Two changes want to take the place of one paragraph; `paragraph` says which."""

    def __init__(self, paragraph: int) -> None:
        super().__init__(f"Two changes of paragraph {paragraph}")
        self.paragraph = paragraph


def split(text: str) -> tuple[str, ...]:
    """The paragraphs of a Markdown text: parted by blank lines, a heading by itself, fenced code as one."""
    found: list[list[str]] = [[]]
    fence = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        hit = _FENCE.match(line)
        if fence:
            found[-1].append(line)
            if hit and hit[1].startswith(fence) and not hit[2].strip():
                fence = ""
        elif not line.strip():
            found.append([])
        elif _HEADING.match(line):
            found += [[line], []]
        else:
            if hit and not (hit[1][0] == "`" and "`" in hit[2]):
                fence = hit[1]
            found[-1].append(line)
    return tuple(
        "\n".join(lines).rstrip() for lines in found if any(line.strip() for line in lines)
    )  # fmt: skip


def join(paragraphs: Iterable[str]) -> str:
    """Paragraphs as one text."""
    return "\n\n".join(paragraphs)


def conflict_in(changes: Iterable[ParagraphChange]) -> int | None:
    """The first paragraph that two changes want to replace or delete; None when there is none."""
    taken: set[int] = set()
    twice: set[int] = set()
    for one in changes:
        if one.change != Change.INSERT:
            (twice if one.paragraph in taken else taken).add(one.paragraph)
    return min(twice, default=None)


def apply(paragraphs: Sequence[str], changes: Iterable[ParagraphChange]) -> tuple[str, ...]:
    """The paragraphs with all changes made, each counted in the text before any of them.

    Several new paragraphs after the same one stand in the order of the changes. Raises `Conflict` when two changes
    want to take the place of one paragraph, and IndexError for a paragraph that is not there.
    """
    wanted = list(changes)
    if (twice := conflict_in(wanted)) is not None:
        raise Conflict(twice)
    replaced: dict[int, str | None] = {}
    inserted: dict[int, list[str]] = {}
    for one in wanted:
        first = 0 if one.change == Change.INSERT else 1
        if not first <= one.paragraph <= len(paragraphs):
            raise IndexError(one.paragraph)
        if one.change == Change.INSERT:
            inserted.setdefault(one.paragraph, []).append(one.text)
        else:
            replaced[one.paragraph] = one.text if one.change == Change.REPLACE else None
    made = list(inserted.get(0, []))
    for number, paragraph in enumerate(paragraphs, 1):
        now = replaced.get(number, paragraph)
        if now is not None:
            made.append(now)
        made += inserted.get(number, [])
    return tuple(made)
