"""From Markdown to blocks, by markdown-it, in bounded time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from markdown_it import MarkdownIt

from folkmoot.groups.domain.charter.blocks import Block, Code, Document, Heading, Item, List, Paragraph, Row, Table
from folkmoot.groups.domain.charter.fragments import is_html_document, read_html
from folkmoot.groups.domain.charter.inline import Inline
from folkmoot.groups.domain.charter.model import Lines
from folkmoot.groups.domain.charter.source import Source
from folkmoot.groups.domain.charter.text import Words, Writer

MOST_PARSED_LINES: Final = 6_000
"""A charter of ordinary lines does not come near this within its 256 KB; what follows is searched for headings."""
MOST_SCANNED_HEADINGS: Final = 4_000
"""Of these; later ones are lines like any other."""

MOST_TYPED_BULLETS: Final = 400

_BULLET: Final = re.compile(r"[•◦▪‣·●○■□–—]\s?(?=\w|[\"“(*\[])")
_FRONT_MATTER: Final = {"---": ("---", "..."), "+++": ("+++",)}
_FRONT_TITLE: Final = re.compile(r"""title\s?[:=]\s?["']?([^"'\r\n]{1,200})["']?\s*""")
_ATX: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+([^\r\n]*))?")
_SPANNING: Final = ("table", "ul", "ol", "dl")


def read_markdown(source: Source) -> Document:
    """The blocks of a charter."""
    rows = [line.rstrip("\r\n") for line in source.lines]
    title, body = front_matter(rows)
    if is_html_document("\n".join(rows[body : body + 40])):
        document = read_html("\n".join(rows[body:]), body + 1)
        document.title = title or document.title
        return document
    # Lines of the front matter become empty ones, so that numbers stay right.
    parsed = [""] * body + rows[body:MOST_PARSED_LINES]
    markdown = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    blocks_only = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    blocks_only.core.ruler.enableOnly(["normalize", "block"])
    env: dict[str, Any] = {}
    tokens = blocks_only.parse("\n".join(parsed) + "\n", env)
    document = _Builder(tokens, parsed, Inline(markdown, env)).build()
    document.blocks.extend(_scanned(rows, MOST_PARSED_LINES))
    document.title = title
    return document


def front_matter(rows: Sequence[str]) -> tuple[str | None, int]:
    """The title that the front matter gives, and the number of its lines with the two that mark it; 0 for none."""
    ends = _FRONT_MATTER.get(rows[0].rstrip()) if rows else None
    if ends is None:
        return None, 0
    for number, row in enumerate(rows[1:400], 1):
        if row.rstrip() in ends:
            found = next(filter(None, (_FRONT_TITLE.fullmatch(line) for line in rows[1:number])), None)
            return (found[1].strip() if found else None), number + 1
        if not row.strip() and number == 1:
            break  # a rule followed by text, not front matter
    return None, 0


def _scanned(rows: Sequence[str], start: int) -> list[Block]:
    """The headings from line `start` on, and what lies between them as text that is shown, not read."""
    found: list[Block] = []
    since = start + 1
    left = MOST_SCANNED_HEADINGS
    for number, row in enumerate(rows[start:], start + 1):
        heading = _ATX.fullmatch(row) if "#" in row[:8] else None
        if heading is None:
            continue
        left -= 1
        if left < 0:
            break
        if since < number:
            found.append(Code(Lines(since, number - 1)))
        named = Writer(number)
        named.write((heading[2] or "").rstrip(" #"))
        found.append(Heading(named.words(), len(heading[1]), Lines(number, number)))
        since = number + 1
    if start < len(rows) and since <= len(rows):
        found.append(Code(Lines(since, len(rows))))
    return found


def _with_typed_bullets(paragraph: Paragraph) -> list[Block]:
    """Lines that begin with a bullet someone typed or pasted are items of a list."""
    words = paragraph.words
    if len(words.starts) < 2 or not _BULLET.search(words.text) or len(words.starts) > MOST_TYPED_BULLETS:
        return [paragraph]
    rows = words.rows()
    first = next((place for place, row in enumerate(rows) if _BULLET.match(row.text)), None)
    if first is None or not all(_BULLET.match(row.text) for row in rows[first:]) or len(rows) - first < 2:
        return [paragraph]
    items = [Item(row.cut(1), [], row.lines) for row in rows[first:]]
    listed = List(items, Lines(rows[first].lines.first, paragraph.lines.last), quoted=paragraph.quoted)
    if not first:
        return [listed]
    at = next(at for at, line in words.starts if line >= rows[first].lines.first)
    before = words.cut(0, at)
    return [Paragraph(before, before.lines, paragraph.quoted), listed]


class _Builder:
    """Turns the parser's flat tokens into nested blocks, with a stack of its own."""

    def __init__(self, tokens: Sequence[Any], rows: Sequence[str], inline: Inline) -> None:
        self._tokens = tokens
        self._rows = rows
        self._inline = inline
        self._document = Document([])
        self._into: list[list[Block]] = [self._document.blocks]
        self._lists: list[List | None] = []
        self._quotes = 0
        self._table: Table | None = None
        self._skip_to = 0

    def build(self) -> Document:
        place = 0
        while place < len(self._tokens):
            place = self._take(place)
        self._document.ids |= self._inline.ids
        return self._document

    def _lines(self, token: Any) -> Lines:
        first, end = token.map
        while end > first + 1 and not self._rows[end - 1].strip():
            end -= 1
        return Lines(first + 1, end)

    def _take(self, place: int) -> int:
        token = self._tokens[place]
        if token.map and token.map[0] < self._skip_to and token.nesting >= 0:
            return place + 1
        match token.type:
            case "heading_open" | "paragraph_open":
                self._text(token, self._tokens[place + 1])
                return place + 3
            case "bullet_list_open" | "ordered_list_open":
                self._lists.append(self._open_list(self._lines(token), token.type == "ordered_list_open"))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._open_item(self._lines(token))
            case "list_item_close":
                self._close_item()
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "fence" | "code_block":
                self._into[-1].append(Code(self._lines(token)))
            case "html_block":
                self._html(token)
            case "table_open":
                self._table = Table([], [], self._lines(token), self._quotes > 0)
                self._into[-1].append(self._table)
            case "tr_open":
                return self._row(place)
        return place + 1

    def _open_list(self, lines: Lines, ordered: bool) -> List:
        """A list; another bullet or a comment between two items begins no other one, as nobody sees that it would."""
        last = self._into[-1][-1] if self._into[-1] else None
        if isinstance(last, List) and (last.ordered, last.quoted) == (ordered, self._quotes > 0):
            last.lines = last.lines.joined(lines)
            return last
        opened = List([], lines, ordered, self._quotes > 0)
        self._into[-1].append(opened)
        return opened

    def _open_item(self, lines: Lines) -> None:
        into = self._lists[-1]
        if into is None:  # a heading has ended the list
            into = self._lists[-1] = List([], lines, quoted=self._quotes > 0)
            self._into[-1].append(into)
        into.lines = into.lines.joined(lines)
        item = Item(Words("", (), ((0, lines.first),)), [], lines)
        into.items.append(item)
        self._into.append(item.blocks)

    def _close_item(self) -> None:
        self._into.pop()
        into = self._lists[-1]
        item = into.items[-1] if into is not None else None
        if item is not None and item.blocks and isinstance(first := item.blocks[0], Paragraph):
            item.words = first.words
            del item.blocks[0]

    def _end_lists(self, line: int) -> None:
        """A heading that is indented as far as a list item heads a section all the same."""
        for into in self._lists:
            if into is not None and into.items:
                item = into.items[-1]
                item.lines = Lines(item.lines.first, max(item.lines.first, min(item.lines.last, line - 1)))
                if item.blocks and isinstance(first := item.blocks[0], Paragraph) and not item.words:
                    item.words = first.words
                    del item.blocks[0]
                into.lines = Lines(into.lines.first, item.lines.last)
        self._lists = [None] * len(self._lists)
        self._into = [self._document.blocks] * len(self._into)

    def _text(self, token: Any, inline: Any) -> None:
        words = self._inline.words(inline.content, inline.map[0] + 1)
        lines = self._lines(token)
        if token.type == "heading_open" and not self._quotes:
            if len(self._into) > 1:
                self._end_lists(lines.first)
            self._document.blocks.append(Heading(words, int(token.tag[1]), lines))
        elif words:
            self._into[-1].extend(_with_typed_bullets(Paragraph(words, lines, self._quotes > 0)))

    def _row(self, place: int) -> int:
        assert self._table is not None
        line = self._tokens[place].map[0] + 1
        cells: list[Words] = []
        is_head = False
        while self._tokens[place].type != "tr_close":
            token = self._tokens[place]
            is_head = is_head or token.type == "th_open"
            if token.type == "inline":
                cells.append(self._inline.words(token.content, line))
            place += 1
        if is_head:
            self._table.head = cells
        else:
            self._table.rows.append(Row(cells, Lines(line, line)))
        return place + 1

    def _html(self, token: Any) -> None:
        """Read an HTML fragment; a table or list that goes on after an empty line is taken as one piece."""
        first, end = token.map
        low = token.content.lower()
        for tag in _SPANNING:
            if low.count(f"<{tag}") > low.count(f"</{tag}"):
                closing = self._closing(f"</{tag}", end)
                if closing:
                    end = closing
                break
        raw = "\n".join(self._rows[first:end])
        fragment = read_html(raw, first + 1, top=len(self._into) == 1 and not self._quotes)
        self._into[-1].extend(fragment.blocks)
        self._document.ids |= fragment.ids
        self._skip_to = max(self._skip_to, end)

    def _closing(self, tag: str, start: int) -> int | None:
        for number in range(start, min(start + 2_000, len(self._rows))):
            if tag in self._rows[number].lower():
                return number + 1
        return None
