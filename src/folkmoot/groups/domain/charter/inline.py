"""Inline Markdown to words.

markdown-it reads it. Two things bound its time: text with very many brackets, which it tries one by one as
links, is read without markup; so is whatever comes after the first few hundred thousand steps of work.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, Final

from markdown_it import MarkdownIt

from folkmoot.groups.domain.charter.text import Words, Writer

LONGEST_INLINE: Final = 20_000
MOST_WORK: Final = 500_000
COST_OF_BRACKET: Final = 40
"""A bracket costs the parser about as much as this many letters."""

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][\w-]{0,20})([^<>]{0,500})>")
_HREF: Final = re.compile(r"""\bhref\s?=\s?(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ID: Final = re.compile(r"""\b(?:id|name)\s?=\s?["']?([^\s"'>]{1,200})""", re.IGNORECASE)
_BARE_URL: Final = re.compile(r"\bhttps?://[^\s<>\"'`\\|\[\]{}]{2,500}")
_MARKS: Final = re.compile(r"\*\*|__|[*`]")
_UNSAFE: Final = re.compile(r"\s*(?:javascript|vbscript|data|file):", re.IGNORECASE)


class Inline:
    """Reads inline text of one charter, with its link references, within a budget."""

    def __init__(self, markdown: MarkdownIt, env: dict[str, Any]) -> None:
        self.ids: set[str] = set()
        """Anchors set by HTML within the text."""
        self._markdown = markdown
        self._env = env
        self._left = MOST_WORK

    def words(self, content: str, line: int) -> Words:
        """Read inline Markdown that begins on this line; each line feed in it begins the next one."""
        cost = len(content) + COST_OF_BRACKET * content.count("[")
        if len(content) > LONGEST_INLINE or cost > self._left:
            return _plain(content, line)
        self._left -= cost
        writer = Writer(line)
        where = _Whereabouts(content, line)
        for block in self._markdown.parseInline(content, self._env):
            for token in block.children or ():
                if token.type == "html_inline":
                    self.ids.update(ids_of(token.content))
                _write(token, writer, where)
        return writer.words()


class _Whereabouts:
    """Follows tokens through the raw text: a code span or a link may swallow the end of a line."""

    def __init__(self, content: str, line: int) -> None:
        self._flat = content.replace("\n", " ")
        self._ends = [at for at, letter in enumerate(content) if letter == "\n"]
        self._line = line
        self._at = 0

    def passed(self, text: str) -> None:
        found = self._flat.find(text, self._at, self._at + len(text) + 300)
        if found >= 0:
            self._at = found + len(text)

    @property
    def line(self) -> int:
        return self._line + bisect_left(self._ends, self._at)

    def next_line(self) -> int:
        """The line that begins after the next line end."""
        place = bisect_left(self._ends, self._at)
        if place < len(self._ends):
            self._at = self._ends[place] + 1
        return self._line + min(place + 1, len(self._ends))


def _write(token: Any, writer: Writer, where: _Whereabouts) -> None:
    match token.type:
        case "text" | "text_special":
            write_text(token.content, writer)
            where.passed(token.content)
        case "code_inline":
            writer.open("code")
            writer.write(token.content)
            writer.close("code")
            where.passed(token.content)
            writer.on_line(where.line)
        case "softbreak":
            writer.next_line(to=where.next_line())
        case "hardbreak":
            writer.next_line(to=where.next_line(), broken=True)
        case "strong_open":
            writer.open("strong")
        case "strong_close":
            writer.close("strong")
        case "em_open":
            writer.open("em")
        case "em_close":
            writer.close("em")
        case "link_open":
            writer.open("link", str(token.attrs.get("href", "")))
        case "link_close":
            writer.close("link")
        case "html_inline":
            write_tag(token.content, writer)
            where.passed(token.content.replace("\n", " "))


def ids_of(tag: str) -> list[str]:
    """The anchors that an HTML tag sets."""
    return _ID.findall(tag)


def write_text(text: str, writer: Writer) -> None:
    """Add text that has no markup; bare addresses in it become links."""
    at = 0
    for start, end in _bare_urls(text):
        writer.write(text[at:start])
        writer.open("link", text[start:end])
        writer.write(text[start:end])
        writer.close("link")
        at = end
    writer.write(text[at:])


def _bare_urls(text: str) -> Iterator[tuple[int, int]]:
    if "://" not in text:
        return
    for found in _BARE_URL.finditer(text):
        url = found[0].rstrip(".,;:!?*_'")
        while url.endswith(")") and url.count("(") < url.count(")"):
            url = url[:-1]
        yield found.start(), found.start() + len(url)


def write_tag(tag: str, writer: Writer) -> None:
    """What an HTML tag within text means: a new line, a look, a link; all else is dropped."""
    found = _TAG.fullmatch(tag)
    if found is None:
        return
    closing, name = bool(found[1]), found[2].lower()
    if name == "br":
        writer.break_line()
    elif name in ("b", "strong"):
        (writer.close if closing else writer.open)("strong")
    elif name in ("i", "em"):
        (writer.close if closing else writer.open)("em")
    elif name == "code":
        (writer.close if closing else writer.open)("code")
    elif name == "a":
        if closing:
            writer.close("link")
        elif href := _HREF.search(found[3]):
            writer.open("link", html.unescape(href[1] or href[2] or href[3] or ""))


def _plain(content: str, line: int) -> Words:
    writer = Writer(line)
    for number, row in enumerate(content.split("\n")):
        if number:
            writer.next_line()
        writer.write(_MARKS.sub("", row))
    return writer.words()


def is_safe(url: str) -> bool:
    """Whether following a link cannot run code."""
    return bool(url) and not _UNSAFE.match(url)
