"""How a person is marked where there is no picture: initials on one of five tints, the same everywhere."""

from __future__ import annotations

import unicodedata
import zlib

TINTS = 5


def initials(name: str) -> str:
    """Two letters for names written with capitals, one for other scripts, `?` where there is no letter."""
    words = [word for word in name.split() if _first_letter(word)]
    if not words:
        return "?"
    first, last = _first_letter(words[0]), _first_letter(words[-1])
    if len(words) == 1 or not (_has_case(first) and _has_case(last)):
        return first.upper()
    return (first + last).upper()


def tint(key: object) -> int:
    """A number from 1 to 5 that never changes for a person's id (or, lacking one, their name)."""
    number = key if isinstance(key, int) else zlib.crc32(str(key).encode("utf-8", "replace"))
    return number % TINTS + 1


def _first_letter(word: str) -> str:
    """The first letter or digit with the marks that belong to it; empty if there is none."""
    for place, character in enumerate(word):
        if unicodedata.category(character)[0] in "LN":
            marks = ""
            for following in word[place + 1 :]:
                if not unicodedata.combining(following) or len(marks) == 3:
                    break
                marks += following
            return unicodedata.normalize("NFC", character + marks)
    return ""


def _has_case(letter: str) -> bool:
    return letter.upper() != letter.lower()
