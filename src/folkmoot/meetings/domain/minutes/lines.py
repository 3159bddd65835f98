"""From lines of text to lines with a meaning: headings, bullets, rows of tables, text.

Minutes are written in lines, often in no exact Markdown, so that they are scanned line by line: each line keeps
its number, nothing is dropped, and the time is linear whatever the file holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from folkmoot.meetings.domain.minutes.plain import plain, without_comments
from folkmoot.meetings.domain.minutes.source import LONGEST_LINE

Kind = Literal["heading", "bullet", "text", "row", "rule", "blank", "code", "comment"]

BOLD_LEVEL: Final = 7
"""The level of a line that is a heading only by being bold."""
MOST_CELLS: Final = 60
LONGEST_HTML: Final = 60_000
"""Characters of a line of an HTML table that are looked at."""

_ATX: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|(?=[^\s#\d!]))")
_INNER_HASHES: Final = re.compile(r"^(?:#{1,6}\s+)+")
_SETEXT: Final = re.compile(r" {0,3}(=+|-{2,})\s*$")
_RULE: Final = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})")
_BULLET: Final = re.compile(r"(?:[-*+•◦▪‣·●○–—:]|\(?\d{1,3}[.)]|[a-z][.)]|[A-Z]\))\s+(?=\S)")
_BOX: Final = re.compile(r"\[([ xX✓✔]?)\]\s+")
_BOLD: Final = re.compile(r"(?:\*\*|__)([^*_|]{1,100})(?:\*\*|__)\s*:?\s*$")
_HTML_HEADING: Final = re.compile(r"\s*<h([1-6])\b[^<>]{0,200}>(.{0,400}?)</h\1>\s*$", re.IGNORECASE)
_HTML_ITEM: Final = re.compile(r"\s*<li\b[^<>]{0,200}>(.{1,2000}?)(?:</li>)?\s*$", re.IGNORECASE)
_SUMMARY: Final = re.compile(r"\s*<summary>(.{0,400}?)</summary>\s*$", re.IGNORECASE)
_TABLE_PART: Final = re.compile(r"<(/?)(table|tr|td|th)\b[^<>]{0,400}>", re.IGNORECASE)
_DELIMITER: Final = re.compile(r"[\s|:+-]+")
_GRID: Final = re.compile(r"\+[-=+:]{3,}\+?\s*$")


@dataclass(slots=True)
class Line:
    """A line of the file. `text` is its Markdown without the marker in front."""

    number: int
    raw: str
    kind: Kind
    text: str = ""
    level: int = 0
    indent: int = 0
    checked: bool | None = None
    ordered: bool = False
    quoted: bool = False
    cells: tuple[str, ...] = ()
    header: bool = False
    _plain: str | None = field(default=None, repr=False)

    @property
    def plain(self) -> str:
        """The words of the line."""
        if self._plain is None:
            self._plain = plain(self.text[:LONGEST_LINE])
        return self._plain


def scan(rows: Sequence[str], first: int = 1) -> list[Line]:
    """Every row as a line; `first` is the number of the first row."""
    found: list[Line] = []
    fence = ""
    comment = False
    at = 0
    ends = [place for place, row in enumerate(rows) if "</table" in row.lower()]
    while at < len(rows):
        row, number = rows[at], first + at
        at += 1
        if "\t" in row:
            row = row.expandtabs(4)
        if comment:
            found.append(Line(number, row, "comment", row))
            comment = "-->" not in row
            continue
        if fence:
            found.append(Line(number, row, "code", row))
            closing = _FENCE.match(row)
            if (
                closing
                and closing[1][0] == fence[0]
                and len(closing[1]) >= len(fence)
                and not row[closing.end() :].strip()
            ):
                fence = ""
            continue
        bare = without_comments(row[:LONGEST_LINE])
        if "<!--" in bare:
            comment = True
            bare = bare[: bare.index("<!--")]
        if not bare.strip():
            found.append(Line(number, row, "comment" if row.strip() else "blank", row if row.strip() else ""))
            continue
        if (opening := _FENCE.match(bare)) and "`" not in bare[opening.end() :]:
            fence = opening[1]
            found.append(Line(number, row, "code", row))
            continue
        if "<table" in bare.lower() and (end := _end_of_table(ends, at)) is not None:
            found.extend(_html_table(rows[at - 1 : end], number))
            at = end
            continue
        found.append(_line(number, row, bare))
    _mark_setext(found)
    _mark_tables(found)
    return found


def _line(number: int, row: str, bare: str) -> Line:
    quoted = False
    stripped = bare.lstrip(" ")
    indent = len(bare) - len(stripped)
    while stripped.startswith(">"):
        quoted = True
        stripped = stripped[1:].lstrip(" ")
    if (heading := _ATX.match(stripped)) and indent <= 3:
        text = _INNER_HASHES.sub("", stripped[heading.end() :]).strip().rstrip("#").rstrip()
        return Line(number, row, "heading", text, len(heading[1]), quoted=quoted)
    if heading := _HTML_HEADING.match(bare):
        return Line(number, row, "heading", heading[2], int(heading[1]))
    if item := _HTML_ITEM.match(bare):
        return Line(number, row, "bullet", item[1], indent=indent)
    if heading := _SUMMARY.match(bare):
        return Line(number, row, "heading", heading[1], BOLD_LEVEL)
    if _RULE.match(stripped):
        return Line(number, row, "rule", stripped, quoted=quoted)
    if marker := _BULLET.match(stripped):
        return _bullet(number, row, stripped, marker, indent, quoted)
    if stripped.startswith("|") or (stripped.count("|") >= 2 and stripped.rstrip().endswith("|")):
        return Line(number, row, "row", stripped, indent=indent, cells=cells(stripped), quoted=quoted)
    if _GRID.match(stripped):
        return Line(number, row, "rule", stripped)
    if indent <= 3 and (bold := _BOLD.match(stripped.rstrip())):
        return Line(number, row, "heading", bold[1], BOLD_LEVEL, quoted=quoted)
    return Line(number, row, "text", stripped.rstrip().removesuffix("\\"), indent=indent, quoted=quoted)


def _bullet(number: int, row: str, stripped: str, marker: re.Match[str], indent: int, quoted: bool) -> Line:
    ordered = marker[0][0].isalnum() or marker[0][0] == "("
    rest = stripped[marker.end() :]
    for _ in range(6):  # "- - text", as converters write nested lists
        inner = _BULLET.match(rest)
        if inner is None or inner[0][0] not in "-*+":
            break
        indent += 2
        rest = rest[inner.end() :]
    checked = None
    if box := _BOX.match(rest):
        checked = box[1].strip() != ""
        rest = rest[box.end() :]
    return Line(
        number, row, "bullet", rest.rstrip(), indent=indent, checked=checked, ordered=ordered, quoted=quoted
    )  # fmt: skip


def cells(row: str) -> tuple[str, ...]:
    """The cells of a row, with `\\|` as a bar."""
    bare = row.strip().removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    parts = bare.replace("\\|", "\x00").split("|")[:MOST_CELLS]
    return tuple(part.replace("\x00", "|").strip() for part in parts)


def _mark_setext(found: list[Line]) -> None:
    """A short line of text with a line of = or - below it is a heading."""
    for place, line in enumerate(found[1:], 1):
        above = found[place - 1]
        if above.kind != "text" or len(above.text) > 160 or line.kind not in ("rule", "text", "bullet"):
            continue
        under = _SETEXT.match(line.raw)
        if under is None or (place > 1 and found[place - 2].kind in ("text", "bullet")):
            continue
        above.kind = "heading"
        above.level = 1 if under[1][0] == "=" else 2
        line.kind = "rule"


def _mark_tables(found: list[Line]) -> None:
    """The row above a row of dashes is a head; the row of dashes itself is none."""
    for place, line in enumerate(found):
        if line.kind in ("text", "bullet") and "|" in line.raw and "--" in line.raw and _DELIMITER.fullmatch(line.raw):
            line.kind = "rule"
        if line.kind == "row" and "-" in line.text and _DELIMITER.fullmatch(line.text):
            line.kind = "rule"
            if place and found[place - 1].kind == "row":
                found[place - 1].header = True
            elif place and found[place - 1].kind == "text" and "|" in found[place - 1].text:
                above = found[place - 1]
                above.kind, above.cells, above.header = "row", cells(above.text), True
        elif line.kind == "rule" and "|" in line.raw and place and found[place - 1].kind == "text":
            above = found[place - 1]
            if "|" in above.text:
                above.kind, above.cells, above.header = "row", cells(above.text), True
    for place, line in enumerate(found[1:], 1):
        if (
            line.kind == "text"
            and "|" in line.text
            and found[place - 1].kind in ("row", "rule")
            and "|" in found[place - 1].raw
        ):
            line.kind, line.cells = "row", cells(line.text)


def _end_of_table(ends: Sequence[int], at: int) -> int | None:
    """The place after the first end of a table from the row before `at` on."""
    place = bisect_left(ends, at - 1)
    return ends[place] + 1 if place < len(ends) else None


def _html_table(rows: Sequence[str], first: int) -> Iterator[Line]:
    """The rows of an HTML table, each at the line on which it ends; the other lines hold nothing."""
    row: list[str] = []
    cell: list[str] | None = None
    head = False
    for offset, text in enumerate(rows):
        closed: Line | None = None
        at = 0
        for part in _TABLE_PART.finditer(text, 0, LONGEST_HTML):
            if cell is not None:
                cell.append(text[at : part.start()])
            at = part.end()
            closing, name = bool(part[1]), part[2].lower()
            if name in ("td", "th"):
                if cell is not None:
                    row.append(" ".join(cell).strip())
                cell = None if closing else []
                head = head or name == "th"
            elif name == "tr" and closing and row:
                if cell is not None:
                    row.append(" ".join(cell).strip())
                    cell = None
                if closed is not None:
                    closed.raw = ""  # the text of the line goes with its last row
                    yield closed
                closed = Line(first + offset, text, "row", cells=tuple(row[:MOST_CELLS]), header=head)
                row, head = [], False
        if cell is not None:
            cell.append(text[at:])
        yield closed or Line(first + offset, text, "comment", text)
