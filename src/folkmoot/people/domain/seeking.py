"""Finding by words: what somebody types against titles and texts, without regard to case and marks, near misses too.

Pure and the same on every database: the rooms hand in what a reader may see, and this says what of it fits, how well,
and which words to mark. Every word that was typed has to fit somewhere. In titles it may be mistyped; in texts, which
are long, a word has to begin as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from folkmoot.people.domain.likeness import seek_key, without_marks

LONGEST_ASKED: Final = 1000
"""What is longer was not typed by anybody."""
MOST_WORDS: Final = 8
LONGEST_WORD: Final = 40
EXCERPT: Final = 200

_WORD: Final = re.compile(r"[\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff]+")
"""Letters and digits with the marks that stand on or beside them."""
_CLOSED_UP: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]")
"""Letters of scripts that part no words by spaces; a word of them is sought anywhere."""

_UNUSUAL: Final = re.compile(r"[^\x00-\x7f\s\u2010-\u2015\u2018-\u201f\u2026]+")
"""What has to be folded letter by letter: all but ASCII, spaces, and the dashes and quotation marks of print."""

WHOLE, BEGINS, NEARLY, IN_TEXT, NOWHERE = 10, 8, 4, 2, 0


class NotSearchable(ValueError):
    """What was asked is nothing that anybody would search for."""


@dataclass(frozen=True)
class Words:
    """What is sought: folded words, each once. `asked` are the same words as they were typed, for databases."""

    folded: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    was_cut: bool = False
    _fits: dict[tuple[str, str], int] = field(default_factory=dict, repr=False, compare=False, hash=False)
    _best: dict[str, int] = field(default_factory=dict, repr=False, compare=False, hash=False)

    def __bool__(self) -> bool:
        return bool(self.folded)

    def fit(self, sought: str, word: str) -> int:
        """How well a folded word of a title fits a sought one; each pair is compared once."""
        known = self._fits.get((sought, word))
        if known is None:
            known = self._fits[sought, word] = _fit(sought, word)
        return known

    def best(self, written: str) -> int:
        """How well a word of a text, as it is written, fits any of those sought; each is folded once."""
        known = self._best.get(written)
        if known is None:
            parts = _WORD.findall(fold(written))
            fits = (self.fit(sought, part) for sought in self.folded for part in parts)
            known = self._best[written] = max(fits, default=NOWHERE)
        return known


@dataclass
class Letters:
    """How many letters of texts may still be looked at, so that no search takes long however much was written."""

    left: int

    def of(self, texts: Sequence[str]) -> str:
        """The texts, folded, as far as the letters go."""
        said = "\n".join(texts)[: self.left]
        self.left -= len(said)
        return fold(said)


@dataclass(frozen=True)
class Piece:
    """A part of a text as it was written, and whether it is one of the words that were sought."""

    text: str
    is_sought: bool = False


def read_words(asked: str) -> Words:
    """The words of a question; what is more than `MOST_WORDS` is left out.

    Raises `NotSearchable` for what is longer than `LONGEST_ASKED` or holds characters that control machines.
    """
    if len(asked) > LONGEST_ASKED or any(ord(char) < 32 and char not in "\t\r\n" for char in asked):
        raise NotSearchable
    typed = [word[:LONGEST_WORD] for word in _WORD.findall(unicodedata.normalize("NFC", asked))]
    found: dict[str, str] = {}
    for word in typed:
        for part in _WORD.findall(seek_key(word)):
            found.setdefault(part, word)
    kept = list(found.items())[:MOST_WORDS]
    return Words(tuple(fold for fold, _ in kept), tuple(word for _, word in kept), len(found) > MOST_WORDS)


def score(
    words: Words, title: str, texts: Sequence[str] = (), where: str = "", *, letters: Letters | None = None
) -> int:
    """How well something fits; 0 where a word fits nowhere, or where only the name of its group fits.

    The texts are looked at only where the title does not fit, and as far as the `letters` go.
    """
    letters = letters or Letters(sum(map(len, texts)) + len(texts))
    heading = fold(title)
    in_title = _WORD.findall(heading)
    body: str | None = None
    place: str | None = None
    total = 0
    is_about_it = False
    for sought in words.folded:
        best = max((words.fit(sought, word) for word in in_title), default=NOWHERE)
        if best == NOWHERE:
            body = letters.of(texts) if body is None else body
            if _stands_in(sought, body):
                best = IN_TEXT
        if best:
            is_about_it = True
        else:
            place = fold(where) if place is None else place
            if not _stands_in(sought, place):
                return NOWHERE
            best = 1
        total += best
    if not is_about_it:
        return NOWHERE
    return total * 10 + (15 if " ".join(words.folded) in heading else 0)


def marked(words: Words, text: str) -> list[Piece]:
    """The text in pieces, those words apart that fit."""
    pieces: list[Piece] = []
    done = 0
    for hit in _WORD.finditer(text):
        if words.best(hit[0]):
            if hit.start() > done:
                pieces.append(Piece(text[done : hit.start()]))
            pieces.append(Piece(hit[0], is_sought=True))
            done = hit.end()
    if done < len(text):
        pieces.append(Piece(text[done:]))
    return pieces


def excerpt(words: Words, texts: Sequence[str], *, longest: int = EXCERPT) -> list[Piece]:
    """What stands around the first word in the texts that fits, in pieces; the beginning where none does."""
    plain = [" ".join(text.split()) for text in texts]
    for text in plain:
        for hit in _WORD.finditer(text):
            if words.best(hit[0]) >= BEGINS:
                return _framed(marked(words, _around(text, hit.start(), longest)))
    first = next((text for text in plain if text), "")
    return _framed([Piece(_around(first, 0, longest))]) if first else []


def fold(text: str) -> str:
    """As `seek_key`, with the spaces as they are, and quick for long texts of which most is ASCII."""
    if text.isascii():
        return text.lower()
    return _UNUSUAL.sub(_fold_run, text.lower())


def _fold_run(run: re.Match[str]) -> str:
    return _folded(run[0])


@lru_cache(maxsize=4096)
def _folded(letters: str) -> str:
    return without_marks(letters)


def _stands_in(sought: str, folded_text: str) -> bool:
    """Whether a word of a folded text begins with the sought one."""
    start = folded_text.find(sought)
    if start < 0 or _CLOSED_UP.search(sought):
        return start >= 0
    while start > 0 and (folded_text[start - 1].isalnum() or folded_text[start - 1] == "_"):
        start = folded_text.find(sought, start + 1)
    return start >= 0


def _fit(sought: str, word: str) -> int:
    if word == sought:
        return WHOLE
    if word.startswith(sought) or (sought in word and _CLOSED_UP.search(sought)):
        return BEGINS
    missed = 2 if len(sought) >= 8 else 1 if len(sought) >= 4 else 0
    if not missed or sought.isdigit() or len(word) < len(sought) - missed:
        return NOWHERE
    # What was typed so far may be the beginning of a longer word, one letter too short or too long itself.
    beginnings = {word[: len(sought) + more] for more in range(-missed, missed + 1)}
    return NEARLY if any(is_near(sought, beginning, missed) for beginning in beginnings) else NOWHERE


def is_near(one: str, other: str, most: int) -> bool:
    """Whether two words differ by at most so many letters added, left out, changed, or swapped with their neighbour."""
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (char != against))
            if row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return False
        before, last = last, now
    return last[-1] <= most


def _around(text: str, at: int, longest: int) -> str:
    """The part of a text around a place, cut between words, with an ellipsis where it was cut."""
    if len(text) <= longest:
        return text
    start = max(0, min(at - longest // 3, len(text) - longest))
    if start:
        gap = text.find(" ", start, at)
        start = gap + 1 if gap >= 0 else start
    end = min(len(text), start + longest)
    if end < len(text):
        gap = text.rfind(" ", max(start + 1, at + 1), end)
        end = gap if gap > 0 else end
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def _framed(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.text]
