"""Text without disguise: letters folded to their plainest form, each with the place it stands at in the original.

Accents, case, ligatures, letters that only look Latin, marks of Markdown and HTML within words, character
references, and whatever cannot be seen are folded away, so that a name is found however it is written.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z0-9 .,:;'\"()@/+=!?%$\n-]+")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>@]{0,300}>")
_TARGET: Final = re.compile(r"\]\(([^()\s]{0,2000})(?:\s[^()]{0,200})?\)")
_DROPPED: Final = frozenset("*_`~[]\\")
_WORD: Final = re.compile(r"[^\W_]+")
_ALIKE: Final = {
    **dict(zip("аеорсухіјѕԁһӏԛԝɡв", "aeopcyxijsdhlqwgb", strict=True)),
    **dict(zip("АВЕКМНОРСТУХІЈЅԌ", "abekmhopctyxijsg", strict=True)),
    **dict(zip("αονυρικτχ", "aovupiktx", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx", strict=True)),
    **dict(zip("łøđðıħŧ", "lodditt"[:5] + "ht", strict=True)),
    "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word in folded form, with its place in the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `places` gives for each of its characters the place of the original; one more for the end."""

    text: str
    places: tuple[int, ...]
    targets: tuple[tuple[int, int], ...] = ()
    """Where addresses behind links stand in the original; they are not part of the folded text."""

    def words(self) -> list[Word]:
        return [Word(hit[0], hit.start(), hit.end()) for hit in _WORD.finditer(self.text)]


def fold(text: str, offset: int = 0, end: int | None = None) -> Folded:
    """A text folded, from `offset` up to `end`; places are those of the whole text."""
    parts: list[str] = []
    places: list[int] = []
    targets: list[tuple[int, int]] = []
    at, stop = offset, len(text) if end is None else end

    def put(folded: str, place: int) -> None:
        parts.append(folded)
        places.extend([place] * len(folded))

    while at < stop:
        if run := _PLAIN.match(text, at, stop):
            parts.append(run[0].lower())
            places.extend(range(at, run.end()))
            at = run.end()
            continue
        char = text[at]
        if char == "&" and (hit := _ENTITY.match(text, at, stop)):
            for one in html.unescape(hit[0]):
                put(_letter(one), at)
            at = hit.end()
        elif char == "<" and (hit := _TAG.match(text, at, stop)):
            if hit[0][1:3].lower() in ("br", "p>", "/p", "li", "td", "tr"):
                put(" ", at)
            at = hit.end()
        elif char == "]" and (hit := _TARGET.match(text, at, stop)):
            targets.append((hit.start(1), hit.end(1)))
            at = hit.end()
        else:
            if char not in _DROPPED:
                put(_letter(char), at)
            at += 1
    places.append(stop)
    return Folded("".join(parts), tuple(places), tuple(targets))


@lru_cache(maxsize=8192)
def _letter(char: str) -> str:
    """A character in its plainest form; nothing for what cannot be seen, or only changes what stands before it."""
    if char in _ALIKE:
        return _ALIKE[char]
    if char.isspace():
        return " "
    kept = []
    for one in unicodedata.normalize("NFKD", char).casefold():
        category = unicodedata.category(one)
        if category in ("Mn", "Me", "Cf", "Cc"):
            continue
        kept.append(_ALIKE.get(one, one))
    return "".join(kept)


def folded(text: str) -> str:
    """A short text in folded form, such as a name to look for."""
    return fold(text).text
