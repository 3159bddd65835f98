"""The blocks of a charter: headings, paragraphs, lists, tables and code, with their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from folkmoot.groups.domain.charter.model import Lines
from folkmoot.groups.domain.charter.text import Words


@dataclass(slots=True)
class Heading:
    """A heading that a reader would see as one."""

    words: Words
    level: int
    lines: Lines
    ids: tuple[str, ...] = ()
    """Anchors that the author gave it."""


@dataclass(slots=True)
class Paragraph:
    words: Words
    lines: Lines
    quoted: bool = False


@dataclass(slots=True)
class Item:
    """An item of a list; a term with its definition is one too."""

    words: Words
    """Of its first paragraph; may be empty."""
    blocks: list[Block]
    """What follows in the item."""
    lines: Lines


@dataclass(slots=True)
class List:
    items: list[Item]
    lines: Lines
    ordered: bool = False
    quoted: bool = False


@dataclass(slots=True)
class Row:
    cells: list[Words]
    lines: Lines


@dataclass(slots=True)
class Table:
    head: list[Words]
    """Empty when the table has none."""
    rows: list[Row]
    lines: Lines
    quoted: bool = False


@dataclass(slots=True)
class Code:
    """Text that is shown, not said."""

    lines: Lines


Block = Heading | Paragraph | List | Table | Code


@dataclass(slots=True)
class Document:
    """A charter as its parser saw it."""

    blocks: list[Block]
    title: str | None = None
    """From the front matter."""
    ids: set[str] = field(default_factory=set)
    """Anchors set in HTML."""


def gist(words: Words, blocks: Sequence[Block]) -> str:
    """A short text of something with all that hangs on it: nested lists as lines that begin with a dash."""
    rows = [words.text] if words else []
    rows.extend(_told(blocks))
    return "\n".join(rows)


def _told(blocks: Sequence[Block]) -> Iterator[str]:
    # Lists nest no deeper than the parser lets them, so this recursion is shallow.
    for block in blocks:
        match block:
            case Paragraph(words=words):
                yield words.text
            case List(items=items):
                for item in items:
                    first, *rest = gist(item.words, item.blocks).split("\n")
                    yield f"- {first}"
                    yield from (f"  {row}" for row in rest)
            case Table(rows=rows):
                for row in rows:
                    yield "- " + " – ".join(cell.text for cell in row.cells if cell)
            case Heading() | Code():
                continue


def walk(blocks: Sequence[Block | Item | Row]) -> Iterator[Block | Item | Row]:
    """All blocks, list items and table rows, in the order of their lines."""
    stack: list[Block | Item | Row] = list(reversed(blocks))
    while stack:
        block = stack.pop()
        yield block
        match block:
            case List(items=items):
                stack.extend(reversed(items))
            case Item(blocks=inner):
                stack.extend(reversed(inner))
            case Table(rows=rows):
                stack.extend(reversed(rows))


def words_in(blocks: Sequence[Block | Item | Row]) -> Iterator[Words]:
    """Every text in these blocks."""
    for block in walk(blocks):
        match block:
            case Heading(words=words) | Paragraph(words=words) | Item(words=words):
                yield words
            case Row(cells=cells):
                yield from cells
            case Table(head=head):
                yield from head
