"""What people type, made fit to be kept and to stand in a calendar."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Marks that steer the direction of the text around them, also far beyond their own line in some calendars.
STEERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def one_line(text: str, *, most: int) -> str:
    """The text in NFC on one line, without control characters and direction overrides, cut at `most` characters.

    A database cannot keep NUL or half a surrogate pair; a line break would end a line of a feed.
    """
    return _cut(" ".join(_clean(text, keep="").split()), most)


def paragraphs(text: str, *, most: int) -> str:
    """The same for texts that may have several lines."""
    return _cut(_clean(_ENDS.sub("\n", text), keep="\n").strip(), most)


def _clean(text: str, *, keep: str) -> str:
    whole = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    return "".join(
        " " if letter.isspace() and letter not in keep else letter
        for letter in whole
        if letter not in STEERING and (unicodedata.category(letter) != "Cc" or letter.isspace())
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
