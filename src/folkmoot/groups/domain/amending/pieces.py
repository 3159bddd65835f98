"""A charter's text as clauses with their pieces.

Clauses are told by headings, and by lines in bold that stand for one. The rule looks at each line alone, so that an
edit in one place never turns what stands elsewhere into something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from folkmoot.groups.domain.amending.model import Heading, Piece, Side
from folkmoot.groups.domain.charter import blocks as b
from folkmoot.groups.domain.charter.kinds import parted
from folkmoot.groups.domain.charter.markdown import front_matter, read_markdown
from folkmoot.groups.domain.charter.model import Lines
from folkmoot.groups.domain.charter.numbering import clean_slug
from folkmoot.groups.domain.charter.source import Source, with_ends
from folkmoot.groups.domain.charter.text import Words

LEVEL_OF_BOLD: Final = 7
LONGEST_BOLD: Final = 90

_LOOKS: Final = str.maketrans(
    {
        "‘": "'", "’": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-",
        "−": "-", "‐": "-", "‑": "-", "…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    }
)  # fmt: skip
_SPACE: Final = re.compile(r"\s+")
_DASHES: Final = re.compile(r"-{2,}")
_KEY: Final = re.compile(r"\s*([\w.-]{1,60})\s*[:=]")
_PICTURE: Final = re.compile(r"!\[(?P<alt>[^\[\]]{0,300})\]\(\s{0,3}<?(?P<url>[^\s<>()]{1,1000})")
_IMG: Final = re.compile(r"<img\b[^<>]{0,600}?\bsrc\s?=\s?[\"'](?P<url>[^\"']{1,1000})", re.IGNORECASE)
_DEFINITION: Final = re.compile(r" {0,3}\[[^\]\n]+\]:\s*\S")


@dataclass(slots=True)
class _Open:
    """A clause while it is being gathered."""

    heading: Heading
    first: int
    pieces: list[Piece] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)


def plain(text: str) -> str:
    """A text without regard to white space and to the look of its quotes and dashes."""
    return _DASHES.sub("-", _SPACE.sub(" ", text.translate(_LOOKS))).strip()


def sides(text: str, reading: Mapping[str, Any]) -> list[Side]:
    """The clauses of a charter in order; they cover every line once."""
    lines = with_ends(text)
    gathered = _Gathering(lines, reading).gathered(read_markdown(Source(lines)).blocks)
    anchors = _Anchors(reading)
    found: list[Side] = []
    for place, one in enumerate(gathered):
        last = gathered[place + 1].first - 1 if place + 1 < len(gathered) else len(lines)
        loose = tuple(
            row
            for number in range(one.first, last + 1)
            if number not in one.covered and (row := lines[number - 1].strip()) and not _DEFINITION.match(row)
        )
        number, anchor = anchors.of(one.first, one.heading.text)
        heading = one.heading
        if not heading.number and number:
            heading = Heading(number, heading.text, heading.key, heading.own_number, heading.level, heading.raw)
        found.append(Side(heading, anchor, Lines(one.first, max(one.first, last)), tuple(one.pieces), loose))
    return found


class _Anchors:
    """Numbers and permalinks as the reading gives them, by line; a clause of our own gets one below it."""

    def __init__(self, reading: Mapping[str, Any]) -> None:
        self._sections = [
            (one["lines"], one.get("number") or "", one.get("anchor") or "") for one in reading.get("sections") or []
        ]
        self._used: set[str] = set()

    def of(self, line: int, heading: str) -> tuple[str, str]:
        number, anchor = "", "charter"
        for (first, last), its_number, its_anchor in self._sections:
            if first == line:
                number, anchor = its_number, its_anchor or f"lines-{first}"
                break
            if first <= line <= last:
                anchor = "-".join(filter(None, (its_anchor or f"lines-{first}", clean_slug(heading)[:60])))
        unique, count = anchor, 1
        while unique in self._used:
            count += 1
            unique = f"{anchor}-{count}"
        self._used.add(unique)
        return number, unique


class _Gathering:
    def __init__(self, lines: Sequence[str], reading: Mapping[str, Any]) -> None:
        self._rows = [line.rstrip("\r\n") for line in lines]
        self._clauses: list[_Open] = []

    def gathered(self, blocks: Sequence[b.Block]) -> list[_Open]:
        self._take_front_matter()
        for block in blocks:
            if isinstance(block, b.Heading):
                self._open(block.words, block.level, block.lines)
            elif isinstance(block, b.Paragraph) and _stands_for_heading(block):
                self._open(block.words, LEVEL_OF_BOLD, block.lines)
            else:
                self._take(block)
        if not self._clauses or self._clauses[0].first > 1:
            # Nothing but blank lines or comments before the first heading: they belong to it.
            if self._clauses:
                self._clauses[0].first = 1
            elif self._rows:
                self._clauses.append(_Open(_NO_HEADING, 1))
        self._take_pictures()
        return self._clauses

    def _take_front_matter(self) -> None:
        """Each line of it is a piece; the page shows none of them, but a change of one is a change."""
        _title, count = front_matter(self._rows)
        for number, row in enumerate(self._rows[1 : max(count - 1, 0)], 2):
            if row.strip():
                key = _KEY.match(row)
                name = key[1].casefold() if key else ""
                self._put(Piece("code", name, row.strip(), plain(row), row, Lines(number, number)))
        if self._clauses:
            self._clauses[0].covered.update((1, count))

    def _open(self, words: Words, level: int, lines: Lines) -> None:
        own, bare = parted(words.text)
        text = " ".join(_with_links(words).split())
        key = plain(parted(text)[1] if own else text).rstrip(" :").casefold()
        clause = _Open(Heading(own, bare or text, key, own, level, self._raw(lines)), lines.first)
        if self._clauses and self._clauses[-1].first >= lines.first:
            # Two headings on one line, as HTML allows: the second is a text within the first one's clause.
            self._add("text", words, lines)
            return
        clause.covered.update(range(lines.first, lines.last + 1))
        self._clauses.append(clause)

    def _take(self, block: b.Block) -> None:
        match block:
            case b.Paragraph(words=words, lines=lines):
                self._add("text", words, lines)
            case b.List(items=items):
                for item in items:
                    inner = item.blocks[0].lines.first - 1 if item.blocks else item.lines.last
                    own = self._trimmed(item.lines.first, inner)
                    if item.words:
                        self._add("item", item.words, own)
                    for nested in item.blocks:
                        self._take(nested)
            case b.Table(head=head, rows=rows, lines=lines):
                if head:
                    first_row = rows[0].lines.first if rows else lines.last + 1
                    self._row(head, Lines(lines.first, max(lines.first, first_row - 1)))
                for row in rows:
                    self._row(row.cells, row.lines)
            case b.Code(lines=lines):
                raw = self._raw(lines)
                self._put(Piece("code", "", raw.strip("\n"), raw.strip(), raw, lines))
            case b.Heading(words=words, lines=lines):
                self._add("text", words, lines)

    def _row(self, cells: Sequence[Words], lines: Lines) -> None:
        raw = self._raw(lines)
        said = " | ".join(" ".join(_with_links(cell).split()) for cell in cells) + _pictures(raw)
        name = cells[0].text if cells else ""
        self._put(Piece("row", plain(name).casefold(), said, plain(said), raw, lines))

    def _add(self, kind: str, words: Words, lines: Lines) -> None:
        raw = self._raw(lines)
        said = " ".join(_with_links(words).split()) + _pictures(raw)
        lead = words.lead() if kind == "item" else None
        name = plain(lead[0]).casefold() if lead else ""
        self._put(Piece(kind, name, said, plain(said), raw, lines))  # type: ignore[arg-type]

    def _put(self, piece: Piece) -> None:
        if not self._clauses:
            self._clauses.append(_Open(_NO_HEADING, 1))
        clause = self._clauses[-1]
        clause.covered.update(range(piece.lines.first, piece.lines.last + 1))
        clause.pieces.append(piece)

    def _trimmed(self, first: int, last: int) -> Lines:
        while last > first and not self._rows[last - 1].strip():
            last -= 1
        return Lines(first, max(first, last))

    def _raw(self, lines: Lines) -> str:
        return "\n".join(self._rows[lines.first - 1 : lines.last])

    def _take_pictures(self) -> None:
        """Pictures that stand alone, with no words around them."""
        ends = [*(clause.first - 1 for clause in self._clauses[1:]), len(self._rows)]
        for clause, last in zip(self._clauses, ends, strict=False):
            for number in range(clause.first, last + 1):
                row = self._rows[number - 1]
                if number not in clause.covered and (said := _pictures(row).strip()):
                    clause.pieces.append(Piece("text", "", said, plain(said), row, Lines(number, number)))
                    clause.covered.add(number)
            clause.pieces.sort(key=lambda piece: piece.lines)


_NO_HEADING: Final = Heading("", "", "", "", 0, "")


def _stands_for_heading(block: b.Paragraph) -> bool:
    text = block.words.text.strip()
    return (
        not block.quoted
        and block.lines.first == block.lines.last
        and len(text) <= LONGEST_BOLD
        and not text.endswith((".", "!", ",", ";"))
        and block.words.is_all("strong")
    )


def _pictures(raw: str) -> str:
    """The pictures in a text as it is written, each with its words and its address; empty without any."""
    if "![" not in raw and "<img" not in raw.lower():
        return ""
    found = [(one["alt"], one["url"]) for one in _PICTURE.finditer(raw)]
    found += [("", one["url"]) for one in _IMG.finditer(raw)]
    return "".join(f" [{' '.join(alt.split())}] <{url}>" for alt, url in found)


def _with_links(words: Words) -> str:
    """The text with the target of each link behind its words, unless they are the target."""
    return "".join(_parts(words))


def _parts(words: Words) -> Iterator[str]:
    at = 0
    for span in sorted((span for span in words.spans if span.look == "link"), key=lambda span: (span.end, span.start)):
        shown = words.text[span.start : span.end]
        if span.end < at or not span.href or span.href.removeprefix("mailto:") == shown:
            continue
        yield words.text[at : span.end]
        yield f" <{span.href}>"
        at = span.end
    yield words.text[at:]
