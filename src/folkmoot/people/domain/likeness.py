"""Names in the forms in which they are sought and compared: without case and marks, and as the eye takes them.

`seek_key` finds "Måkelä" by "makela". `skeleton` goes further and maps letters of other alphabets to the Latin ones
that they look like, in the spirit of UTS #39 but with a small table of our own: Greek and Cyrillic letters, and the
digits and strokes that are taken for letters. Two names with one skeleton may be taken for each other; they need not
belong to one person, and nothing is refused because of it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_LOOKS_LIKE: Final[dict[str, str]] = {
    "a": "аαɑ",
    "b": "ЬьВβв",
    "c": "сϲ",
    "d": "ԁ",
    "e": "еєεҽ",
    "f": "ғ",
    "g": "ɡ",
    "h": "һнη",
    "i": "іιıíl1|ӏ",
    "j": "јϳ",
    "k": "кκ",
    "m": "мμ",
    "n": "пոν",
    "o": "оοσ0",
    "p": "рρ",
    "q": "ԛ",
    "r": "гꭇ",
    "s": "ѕ5",
    "t": "тτ",
    "u": "υս",
    "v": "ѵ",
    "w": "ԝωшѡ",
    "x": "хχ",
    "y": "уγү",
    "z": "ᴢ2ζ",
}
_TABLE: Final = str.maketrans({alike.casefold(): letter for letter, all_ in _LOOKS_LIKE.items() for alike in all_})
_UNDECOMPOSED: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"}
)


def seek_key(name: str) -> str:
    """The name without case, marks and what cannot be seen, for searching and for putting names in order."""
    return " ".join(without_marks(name).split())


def without_marks(text: str) -> str:
    """The same with the spaces as they are."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Me", "Cf", "Cc") or c.isspace())
    return unicodedata.normalize("NFC", kept).translate(_UNDECOMPOSED)


def skeleton(name: str) -> str:
    """What is left of a name for the eye: letters alone, the look-alikes of other alphabets made Latin."""
    likened = seek_key(name).translate(_TABLE).replace("rn", "m").replace("vv", "w")
    return "".join(c for c in likened if unicodedata.category(c)[0] in "LNS")


def alike(one: str, other: str) -> bool:
    """Whether two names may be taken for each other."""
    bones = skeleton(one)
    return bool(bones) and bones == skeleton(other)
