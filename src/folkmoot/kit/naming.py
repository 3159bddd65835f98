"""Names on one line: as people write them, but with nothing that hides, steers or breaks the text around them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

STEERING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that steer the direction of text; a name is isolated on the page and needs none (UAX #9)."""

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain_name(text: str, longest: int | None = None) -> str:
    """The text in NFC on one line with single spaces, without control characters and direction marks.

    Zero-width joiners stay, as emoji and several scripts need them. Cut to `longest` characters where given.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:longest].rstrip()
    kept = "".join(
        c
        for c in unicodedata.normalize("NFC", text)
        if c not in STEERING and (unicodedata.category(c) != "Cc" or c.isspace())
    )
    return " ".join(kept.split())[:longest].rstrip()


def shows_nothing(name: str) -> bool:
    """Whether a name has no letter, digit, mark of punctuation or symbol that could be seen."""
    return not any(unicodedata.category(c)[0] in "LNPS" for c in name)


def for_terminal(text: str) -> str:
    """The text with every control character but tab and line end replaced, so that it cannot drive a terminal."""
    return _CONTROLS.sub("\ufffd", text)
