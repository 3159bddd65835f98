"""HTML in a charter: the few tags that carry structure become blocks, all others vanish."""

from __future__ import annotations

import html
import re
from typing import Final

from folkmoot.groups.domain.charter.blocks import Block, Code, Document, Heading, Item, List, Paragraph, Row, Table
from folkmoot.groups.domain.charter.inline import ids_of, write_tag, write_text
from folkmoot.groups.domain.charter.model import Lines
from folkmoot.groups.domain.charter.text import Span, Words, Writer

DEEPEST_LIST: Final = 16
MOST_BLOCKS: Final = 8_000
"""Of one piece of HTML; what follows is not read for its contents."""
LONGEST_CELL: Final = 4_000
"""Paragraphs beyond this length of one cell are left out."""

_DOCUMENT: Final = re.compile(
    r"(?:<\?xml[^>]{0,200}>|<!--[^>]{0,500}-->|\s){0,9}<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]{0,2000})>")
_INLINE: Final = frozenset(["br", "b", "strong", "i", "em", "code", "a"])
_BREAKS: Final = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "nav",
        "aside",
        "address",
        "figure",
        "figcaption",
        "blockquote",
        "center",
        "form",
        "details",
        "fieldset",
        "body",
        "html",
        "hr",
    ]
)
_CLOSED_OFF: Final = frozenset(["script", "style", "head", "svg", "template", "title", "pre"])
"""Nothing within these is text of the charter, or it is shown as it stands."""


def is_html_document(opening: str) -> bool:
    """Whether a file that opens like this is HTML from end to end."""
    return bool(_DOCUMENT.match(opening))


def read_html(text: str, first_line: int, *, top: bool = True) -> Document:
    """The blocks of HTML that begins on this line; headings become such only at the `top`."""
    return _Reader(text, first_line, top).read()


class _Reader:
    def __init__(self, text: str, first_line: int, top: bool) -> None:
        self._text = text
        self._line = first_line
        self._top = top
        self._document = Document([])
        self._lists: list[List] = []
        self._items: list[Item] = []
        self._table: Table | None = None
        self._row: Row | None = None
        self._row_is_head = False
        self._heading: tuple[int, tuple[str, ...]] | None = None
        self._is_label = False
        self._writer: Writer | None = None
        self._left = MOST_BLOCKS

    def read(self) -> Document:
        text, at = self._text, 0
        lower = text.lower()
        while at < len(text) and self._left > 0:
            tag = text.find("<", at)
            if tag < 0:
                tag = len(text)
            self._write(text[at:tag])
            at = tag
            if at >= len(text):
                break
            if text.startswith("<!--", at):
                end = text.find("-->", at)
                at = self._pass(at, len(text) if end < 0 else end + 3)
            elif found := _TAG.match(text, at):
                name = found[2].lower()
                if not found[1] and name in _CLOSED_OFF and not found[3].endswith("/"):
                    end = lower.find(f"</{name}", found.end())
                    end = len(text) if end < 0 else end
                    self._closed_off(name, text[found.end() : end])
                    at = self._pass(at, end)
                else:
                    self._tag(found, name)
                    at = self._pass(at, found.end())
            elif text.startswith(("<!", "<?"), at):
                end = text.find(">", at)
                at = self._pass(at, len(text) if end < 0 else end + 1)
            else:
                self._write("<")
                at += 1
        self._end_text()
        self._close_table()
        return self._document

    def _pass(self, start: int, end: int) -> int:
        self._line += self._text.count("\n", start, end)
        if self._writer is not None and self._writer.line != self._line:
            self._writer.next_line(to=self._line)
        return end

    def _write(self, text: str) -> None:
        for number, row in enumerate(text.split("\n")):
            if number:
                self._line += 1
                if self._writer is not None:
                    self._writer.next_line(to=self._line)
            if row.strip() or (row and self._writer is not None):
                if self._writer is None:
                    self._writer = Writer(self._line)
                write_text(html.unescape(row), self._writer)

    def _closed_off(self, name: str, content: str) -> None:
        if name == "title" and self._document.title is None:
            bare = " ".join(html.unescape(re.sub(r"<[^<>]{0,200}>", "", content)).split())
            self._document.title = bare or None
        elif name == "pre":
            self._end_text()
            self._target().append(Code(Lines(self._line, self._line + content.count("\n"))))
        elif name == "head" and self._document.title is None:
            low = content.lower()
            start, end = low.find("<title"), low.find("</title")
            if 0 <= start < end:
                self._closed_off("title", content[content.find(">", start) + 1 : end])

    def _target(self) -> list[Block]:
        return self._items[-1].blocks if self._items else self._document.blocks

    def _end_text(self) -> Words:
        """Close the paragraph being written, and put it where it belongs."""
        writer, self._writer = self._writer, None
        words = writer.words() if writer is not None else Words("", (), ((0, self._line),))
        heading, self._heading = self._heading, None
        is_label, self._is_label = self._is_label, False
        if not words:
            return words
        self._left -= 1
        if self._row is not None:
            if self._row.cells:
                self._row.cells[-1] = _joined(self._row.cells[-1], words)
            else:
                self._row.cells.append(words)  # text in a row before its first cell
        elif heading and self._top and not self._items:
            self._document.blocks.append(Heading(words, heading[0], words.lines, heading[1]))
        elif self._items and not self._items[-1].words and not self._items[-1].blocks:
            self._items[-1].words = words
            self._items[-1].lines = self._items[-1].lines.joined(words.lines)
        else:
            if is_label or heading:
                words = Words(words.text, (_all_strong(words), *words.spans), words.starts)
            self._target().append(Paragraph(words, words.lines))
            for item in self._items:
                item.lines = item.lines.joined(words.lines)
        return words

    def _tag(self, found: re.Match[str], name: str) -> None:
        closing = bool(found[1])
        self._document.ids.update(ids_of(found[3]))
        if name in _INLINE:
            if self._writer is None and not closing and name != "br":
                self._writer = Writer(self._line)
            if self._writer is not None:
                write_tag(found[0], self._writer)
        elif name in _BREAKS:
            self._end_text()
        elif name == "summary":
            self._end_text()
            self._is_label = not closing
        elif len(name) == 2 and name[0] == "h" and name[1] in "123456":
            self._end_text()
            self._heading = None if closing else (int(name[1]), tuple(ids_of(found[3])))
        elif name in ("ul", "ol", "dl"):
            self._list(closing)
        elif name in ("li", "dt", "dd"):
            self._item(name, closing)
        elif name in ("table", "tr", "td", "th"):
            self._cell(name, closing)

    def _list(self, closing: bool) -> None:
        self._end_text()
        if closing:
            if self._lists:
                ended = self._lists.pop()
                ended.lines = Lines(ended.lines.first, self._line)
                del self._items[len(self._lists) :]
        elif len(self._lists) < DEEPEST_LIST and self._row is None:
            opened = List([], Lines(self._line, self._line))
            self._target().append(opened)
            self._lists.append(opened)

    def _item(self, name: str, closing: bool) -> None:
        self._end_text()
        if not self._lists:
            return
        depth = len(self._lists)
        if name == "dd" and self._lists[-1].items:
            # What a term means hangs on the term.
            self._items[depth - 1 :] = [self._lists[-1].items[-1]]
            return
        del self._items[depth - 1 :]
        if not closing and len(self._items) == depth - 1:
            item = Item(Words("", (), ((0, self._line),)), [], Lines(self._line, self._line))
            self._lists[-1].items.append(item)
            self._items.append(item)
            if name == "dt":
                self._writer = Writer(self._line)
                self._writer.open("strong")

    def _cell(self, name: str, closing: bool) -> None:
        self._end_text()
        if name == "table":
            self._close_table()
            if not closing and not self._lists:
                self._table = Table([], [], Lines(self._line, self._line))
                self._target().append(self._table)
        elif self._table is None:
            return
        elif name == "tr":
            self._close_row()
            if not closing:
                self._row, self._row_is_head = Row([], Lines(self._line, self._line)), True
        elif self._row is not None and not closing:
            self._row.cells.append(Words("", (), ((0, self._line),)))
            self._row_is_head = self._row_is_head and name == "th"

    def _close_row(self) -> None:
        row, self._row = self._row, None
        if row is None or self._table is None or not row.cells:
            return
        row.lines = Lines(row.lines.first, self._line)
        if self._row_is_head and not self._table.head and not self._table.rows and len(row.cells) > 1:
            self._table.head = row.cells
        else:
            self._table.rows.append(row)

    def _close_table(self) -> None:
        self._close_row()
        if self._table is not None:
            self._table.lines = Lines(self._table.lines.first, self._line)
            self._table = None


def _all_strong(words: Words) -> Span:
    return Span(0, len(words.text), "strong")


def _joined(first: Words, second: Words) -> Words:
    """Two paragraphs of one cell as one text."""
    if not first or len(first.text) > LONGEST_CELL:
        return first or second
    shift = len(first.text) + 1
    return Words(
        f"{first.text}\n{second.text}",
        first.spans + tuple(span._replace(start=span.start + shift, end=span.end + shift) for span in second.spans),
        first.starts + tuple((at + shift, line) for at, line in second.starts),
    )
