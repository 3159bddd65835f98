"""From bytes to lines: decoding, and the limits within which everything is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from folkmoot.kit.errors import Refused

MOST_BYTES: Final = 256 * 1024
LONGEST_LINE: Final = 20_000
MOST_CELLS: Final = 10_000
SHORTEST_UTF_16: Final = 16
"""Bytes; less text than this says nothing clear about itself."""

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
# Everything that text has no use for; tab, line ends and form feed are left out.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_DELIMITER_ROW: Final = re.compile(r"[\s>|:\-]+")
_LIST_MARKER: Final = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+")
_ASCIIDOC_TITLE: Final = re.compile(r"= \S[^\r\n]*")
_ASCIIDOC_SECTION: Final = re.compile(r"={2,6} \S[^\r\n]*")
_ASCIIDOC_ATTRIBUTE: Final = re.compile(r":!?[a-z][\w-]*!?:(?: [^\r\n]*)?")
_ATX: Final = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_HTML_CELL: Final = re.compile(r"<(t[dh])\b|<(/?table)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A charter's text as lines with their own endings; ends are CR, LF or both, as CommonMark has it."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.lines)


def with_ends(text: str) -> tuple[str, ...]:
    """The lines of a text, each with its own ending."""
    return tuple(_LINE.findall(text))


def read_source(data: bytes) -> Source:
    """Decode and measure.

    Raises `Refused` with code `too_large`, `not_text`, `line_too_long`, `table_too_large` or `asciidoc`.
    """
    if len(data) > MOST_BYTES:
        raise Refused(
            f"This file has {len(data) / 1024:,.0f} KB; a charter may have {MOST_BYTES // 1024} KB at most.",
            code="too_large",
            bytes=len(data),
            most=MOST_BYTES,
        )
    # A zero is shown as CommonMark shows it, so that no room after this one meets it.
    lines = with_ends(_decoded(data).replace("\x00", "\ufffd"))
    for number, line in enumerate(lines, 1):
        if len(line.rstrip("\r\n")) > LONGEST_LINE:
            raise Refused(
                f"Line {number} is longer than {LONGEST_LINE:,} characters; break it up.",
                code="line_too_long",
                line=number,
                most=LONGEST_LINE,
            )
    _refuse_asciidoc(lines)
    _refuse_large_tables(lines)
    return Source(lines)


def _decoded(data: bytes) -> str:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise Refused(
                f"This is {what}, not Markdown text; export it as Markdown or plain text first.",
                code="not_text",
            )
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding)
    if (guessed := _bare_utf_16(data)) is not None:
        return _strictly(data, guessed)
    try:
        return _sensible(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _sensible(_western(data))


def _bare_utf_16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark, when it is clear: of most letters of the West every other byte is zero."""
    if len(data) < SHORTEST_UTF_16 or len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    if min(even, odd) * 20 > max(even, odd) or max(even, odd) * 10 < len(data) * 4:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return _sensible(data.decode(encoding))
    except UnicodeDecodeError:
        raise _no_text() from None


def _western(data: bytes) -> str:
    """Windows-1252 or Latin-1, when the bytes are clearly text: mostly ASCII, with hardly a control character."""
    high = sum(byte >= 0x80 for byte in data)
    if high * 3 > len(data):
        raise _no_text()
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return _sensible(text, most_controls=0.02)


def _sensible(text: str, most_controls: float = 0.3) -> str:
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    if controls > len(text) * most_controls:
        raise _no_text()
    return text


def _no_text() -> Refused:
    return Refused("This is no text that we can read; save the charter as Markdown in UTF-8.", code="not_text")


def _refuse_asciidoc(lines: tuple[str, ...]) -> None:
    sections = attributes = headings = 0
    fenced = False
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
        if fenced:
            continue
        bare = line.rstrip()
        if _ATX.match(bare):
            headings += 1
        elif bare.startswith(("=", ":")) and not bare.endswith("="):
            sections += bool(_ASCIIDOC_SECTION.fullmatch(bare))
            attributes += bool(_ASCIIDOC_ATTRIBUTE.fullmatch(bare))
    titled = _opens_with_title(lines)
    if (titled and (sections or attributes or not headings)) or (sections > 1 and not headings):
        raise Refused(
            "This charter is written in AsciiDoc; convert it to Markdown first, for example with pandoc.",
            code="asciidoc",
        )


def _opens_with_title(lines: tuple[str, ...]) -> bool:
    """Whether the first line that is neither empty, a comment nor an attribute is `= Title`."""
    for line in lines:
        bare = line.rstrip()
        if bare and not bare.startswith(("//", ":")):
            return bool(_ASCIIDOC_TITLE.fullmatch(bare)) and not bare.endswith("=")
    return False


def _refuse_large_tables(lines: tuple[str, ...]) -> None:
    """Measure tables before the parser builds them: it fills every row up to the width of the heading."""
    fenced = False
    columns = rows = start = 0
    for number, line in enumerate(lines, 1):
        if _FENCE.match(line):
            fenced = not fenced
            columns = 0
        elif fenced or not line.strip(" \t>\r\n") or _ATX.match(line):
            columns = 0
        elif columns:
            rows += 1
            _check_cells(columns * rows, start)
        elif number > 1 and "-" in line and _DELIMITER_ROW.fullmatch(line):
            width = _width(line)
            if width == _width(lines[number - 2]) and "|" in line + lines[number - 2]:
                columns, rows, start = width, 1, number - 1
                _check_cells(columns * rows, start)
    _refuse_large_html_tables(lines)


def _width(row: str) -> int:
    bare = _LIST_MARKER.sub("", row.strip(" \t>\r\n"), count=1).strip("|")
    return bare.count("|") - bare.count("\\|") + 1


def _refuse_large_html_tables(lines: tuple[str, ...]) -> None:
    cells = start = 0
    for number, line in enumerate(lines, 1):
        if "<" not in line:
            continue
        for found in _HTML_CELL.finditer(line):
            if found[2]:
                cells, start = 0, number
            else:
                cells += 1
                _check_cells(cells, start or number)


def _check_cells(cells: int, line: int) -> None:
    if cells > MOST_CELLS:
        raise Refused(
            f"The table at line {line} has more than {MOST_CELLS:,} cells; split it up.",
            code="table_too_large",
            line=line,
            most=MOST_CELLS,
        )
