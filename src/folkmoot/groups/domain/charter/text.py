"""Words of the charter: plain text that remembers its lines, its emphasis and its links."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from folkmoot.groups.domain.charter.model import Lines
from folkmoot.groups.domain.charter.words import LANGUAGES

Look = Literal["strong", "em", "code", "link"]

LONGEST_NAME: Final = 80
MOST_WORDS_OF_A_NAME: Final = 8

DEEPEST_LOOK: Final = 16
"""Looks nested deeper than this are dropped; nobody sees them."""

_END_OF_SENTENCE: Final = re.compile(r"(?<![.!?])[.!?]{1,5}[\"'’”)\]]{0,5}(?=\s)")
_ABBREVIATIONS: Final = frozenset().union(*(words.sections.abbreviations for words in LANGUAGES))
_CONTINUATIONS: Final = frozenset().union(*(words.sections.continuations for words in LANGUAGES))
_SPACE: Final = re.compile(r"\s+")
_DASH: Final = re.compile(r"\s*(?:[–—:]|--?-?(?=\s)|\s-\s)\s*")
_PLAIN_SEPARATOR: Final = re.compile(r":(?=\s)|\s[–—]\s|\s--?-?\s|[–—]\s")


class Span(NamedTuple):
    """A stretch of the text with a look of its own; `href` is the target of a link."""

    start: int
    end: int
    look: Look
    href: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Text without markup. White space is single blanks, and a line feed where the author broke the line."""

    text: str
    spans: tuple[Span, ...]
    starts: tuple[tuple[int, int], ...]
    """(offset, line): from this offset on the text stands on this line of the charter."""

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def lines(self) -> Lines:
        return Lines(self.starts[0][1], self.starts[-1][1])

    def line_at(self, offset: int) -> int:
        """The line of the charter on which the character at this offset stands."""
        place = bisect_right(self.starts, (offset, 1 << 60)) - 1
        return self.starts[max(place, 0)][1]

    def pieces(self, ranges: Iterable[tuple[int, int]]) -> Iterator[Words]:
        """The parts in these ranges, which are in order and do not overlap; empty ones are left out."""
        spans, starts = iter(self.spans), iter(self.starts)
        active: list[Span] = []
        coming, upcoming = next(spans, None), next(starts, None)
        line = self.starts[0][1]
        for start, end in ranges:
            piece = self.text[start:end]
            start += len(piece) - len(piece.lstrip())
            piece = piece.strip()
            end = start + len(piece)
            while coming is not None and coming.start < end:
                active.append(coming)
                coming = next(spans, None)
            active = [span for span in active if span.end > start]
            within: list[tuple[int, int]] = []
            while upcoming is not None and upcoming[0] < max(end, start + 1):
                if upcoming[0] <= start:
                    line = upcoming[1]
                else:
                    within.append((upcoming[0] - start, upcoming[1]))
                upcoming = next(starts, None)
            if piece:
                yield Words(
                    piece,
                    tuple(
                        Span(max(span.start, start) - start, min(span.end, end) - start, span.look, span.href)
                        for span in active
                    ),
                    ((0, line), *within),
                )
            line = within[-1][1] if within else line

    def cut(self, start: int, end: int | None = None) -> Words:
        """The part from `start` to `end`, without blanks around it."""
        end = len(self.text) if end is None else end
        for piece in self.pieces([(start, end)]):
            return piece
        return Words("", (), ((0, self.line_at(start)),))

    def rows(self) -> list[Words]:
        """One per line of the charter."""
        if len(self.starts) == 1:
            return [self] if self.text else []
        ends = [at for at, _ in self.starts[1:]] + [len(self.text)]
        return list(self.pieces((at, end) for (at, _), end in zip(self.starts, ends, strict=True)))

    def sentences(self) -> list[Words]:
        """Split at the ends of sentences, and where the author broke the line."""
        if "\n" not in self.text and not _END_OF_SENTENCE.search(self.text):
            return [self] if self.text else []
        return list(self.pieces(_sentences(self.text)))

    def links(self) -> Iterator[tuple[str, str, int]]:
        """(words, target, line) of each link."""
        for span in self.spans:
            if span.look == "link":
                yield self.text[span.start : span.end], span.href, self.line_at(span.start)

    def is_all(self, *looks: Look) -> bool:
        """Whether the whole text, but for a colon or full stop at its end, has one of these looks."""
        length = len(self.text.rstrip(" :.!"))
        return length > 0 and any(span.look in looks and span.start == 0 and span.end >= length for span in self.spans)

    def lead(self) -> tuple[str, Words] | None:
        """The name that the text begins with, and what follows: "**Name** – text", "Name: text".

        A name in bold may be the whole text; a plain one is short, and parted by a colon or a dash.
        """
        return self._bold_lead() or self._plain_lead()

    def _bold_lead(self) -> tuple[str, Words] | None:
        # Bold parts that touch are one: "***Na*me**".
        bold = [span for span in self.spans if span.look in ("strong", "em") and span.start == 0]
        if not bold:
            return None
        end = max((span.end for span in bold if span.look == "strong"), default=bold[0].end)
        name, rest = self.text[:end], self.text[end:]
        bare = name.strip().rstrip(":.–—-").strip()
        if not bare or len(bare) > LONGEST_NAME or "\n" in bare:
            return None
        found = _DASH.match(rest)
        parted = bool(found) or name.rstrip() != name.strip().rstrip(":.–—-") or not rest.strip(" .:")
        if not parted and not rest.lstrip().startswith("("):
            return None
        return bare, self.cut(end + (found.end() if found else 0))

    def _plain_lead(self) -> tuple[str, Words] | None:
        found = _PLAIN_SEPARATOR.search(self.text, 0, LONGEST_NAME + 2)
        if found is None and self.text.endswith(":") and len(self.text) <= LONGEST_NAME:
            return self.text[:-1].strip(), self.cut(len(self.text))
        if found is None:
            return None
        name = self.text[: found.start()].strip()
        if not name or "\n" in name or len(name.split()) > MOST_WORDS_OF_A_NAME or name[-1] in ".?!,;":
            return None
        if "://" in name or not any(letter.isalnum() for letter in name):
            return None
        following = self.text[found.end() :].split(None, 1)
        if ":" not in found[0] and following and following[0].strip(",.").lower() in _CONTINUATIONS:
            return None  # "Serve tea – and coffee" goes on
        return name, self.cut(found.end())


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END_OF_SENTENCE.finditer(text):
        word = text[max(start, found.start() - 12) : found.start()].rsplit(None, 1)
        last = word[-1].lower().lstrip("(\"'“‘*") if word else ""
        following = text[found.end() + 1 : found.end() + 2]
        single = found[0] == "."
        counts = last.isdigit() and len(last) < 3 and not text[start : found.start() - len(last)].strip()
        if single and (last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()) or counts):
            continue
        if following.islower() and (single or found[0][-1] not in ".!?"):
            continue
        yield from _broken(text, start, found.end())
        start = found.end()
    yield from _broken(text, start, len(text))


def _broken(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (at := text.find("\n", start, end)) >= 0:
        yield start, at
        start = at + 1
    yield start, end


class Writer:
    """Builds `Words` piece by piece."""

    def __init__(self, line: int) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._spans: list[Span] = []
        self._open: list[tuple[Look, int, str]] = []
        self._starts: list[tuple[int, int]] = [(0, line)]
        self.line = line

    def write(self, text: str) -> None:
        """Add text, its white space made single blanks."""
        text = _SPACE.sub(" ", text)
        if text.startswith(" ") and self._ends_blank():
            text = text[1:]
        if text:
            self._pieces.append(text)
            self._length += len(text)

    def _ends_blank(self) -> bool:
        return not self._pieces or self._pieces[-1][-1].isspace()

    def next_line(self, *, to: int | None = None, broken: bool = False) -> None:
        """Go on to the next line of the charter, or to line `to`; `broken` where readers see a new line."""
        self.line = self.line + 1 if to is None else to
        if broken and self._length:
            while self._pieces and self._ends_blank() and self._pieces[-1] != "\n":
                last = self._pieces.pop()
                self._length -= len(last)
                kept = last.rstrip()
                if kept:
                    self._pieces.append(kept)
                    self._length += len(kept)
            self._pieces.append("\n")
            self._length += 1
        else:
            self.write(" ")
        self._start_line()

    def on_line(self, line: int) -> None:
        """What follows stands on this line, though nobody sees one end."""
        if line != self.line:
            self.line = line
            self._start_line()

    def _start_line(self) -> None:
        if self._starts[-1][0] == self._length:
            self._starts[-1] = (self._length, self.line)
        else:
            self._starts.append((self._length, self.line))

    def break_line(self) -> None:
        """A visible new line within one line of the charter."""
        if self._length and self._pieces[-1] != "\n":
            self._pieces.append("\n")
            self._length += 1

    def open(self, look: Look, href: str = "") -> None:
        self._open.append((look, self._length, href))

    def close(self, look: Look) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == look:
                _, start, href = self._open.pop(place)
                if start < self._length and place < DEEPEST_LOOK:
                    self._spans.append(Span(start, self._length, look, href))
                return

    def words(self) -> Words:
        """What was written; looks left open end here."""
        while self._open:
            self.close(self._open[-1][0])
        whole = Words("".join(self._pieces), tuple(sorted(self._spans)), tuple(self._starts))
        return whole.cut(0)
