"""What stands beside a name and says whether somebody was there: signs, words such as "(regrets)", and entries that are
a crowd or a firm rather than a person.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from folkmoot.meetings.domain.minutes import lexicon

_HERE_SIGNS: Final = "✅☑✔✓🟢👍🗹"
_AWAY_SIGNS: Final = "❌✗✘✖🔴🚫☐⬜❎"
_VARIATION: Final = "\ufe0f"
_SIGN: Final = re.compile(
    rf"^\s*(?:(?P<first>[{_HERE_SIGNS}{_AWAY_SIGNS}])|\[(?P<box>[ xX✓✔]?)\](?!\())\s*"
    rf"|(?<![:–—-])\s(?:(?P<last>[{_HERE_SIGNS}{_AWAY_SIGNS}])|\[(?P<end>[ xX✓✔])\])\s*$"
    rf"|(?<=\S)(?P<tight>[{_HERE_SIGNS}{_AWAY_SIGNS}])\s*$"
)
_ABSENT: Final = re.compile(
    r"\b(?:absent|not (?:present|attending|in attendance|here|available)|"
    r"did(?:n['’]?t| not) (?:join|attend|make|come|show)|no[- ]show|"
    r"(?:could|can)(?:n['’]?t| ?not) (?:join|attend|make|be)|unable to|won['’]t|regrets?|apolog(?:y|ies)|"
    r"excused|away|on leave|ooo|out of office|vacation|pto|sick|missing|missed|declined|"
    r"abwesend|nicht (?:anwesend|da)|entschuldigt|fehlt|krank|urlaub|absente?|excusée?|ausente|no asist\w+|"
    r"n[ãa]o compareceu|faltou|afwezig|assente)\b|欠席|不在|缺席",
    re.IGNORECASE,
)
_ALL_ABSENT: Final = re.compile(
    r"(?:absent|not present|not attending|not in attendance|did(?:n['’]?t| not) (?:join|attend)|regrets?|"
    r"(?:sends? |sent )?(?:apologies|regrets)|excused|unexcused|no[- ]show|on leave|ooo|sick|on vacation|vacation|"
    r"abwesend|nicht anwesend|entschuldigt|unentschuldigt|fehlt|krank|im urlaub|absente?|excusée?|ausente|"
    r"afwezig|欠席)",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(
    r"(?P<name>[^:()]{2,80}?)(?:(?::|\s[-–—])\s*(?P<said>yes|no|[ynxpa]|ja|nein|oui|non|s[ií]|sim|n[ãa]o)"
    r"|\s*\((?P<inside>yes|no|[ynxpa]|ja|nein|oui|non)\))\s*\.?$",
    re.IGNORECASE,
)
_MAYBE: Final = re.compile(
    r"\b(?:tentative(?:ly)?|maybe|possibly|perhaps|tbc|tbd|to be confirmed|unconfirmed|not sure|vielleicht|peut-être|"
    r"quizás|talvez)\b|\?\s*[)\]]?$",
    re.IGNORECASE,
)
_CROWD: Final = re.compile(
    r"(?:and\s+|&\s+|plus\s+)?(?:the\s+)?(?:rest\b|whole\b|entire\b|everyone\b|everybody\b|various\b|many\b|several\b|"
    r"all (?:of|other|the|members)\b|most of\b|some of\b|others\b|et al\b|todo (?:el|s)\b|toda (?:la|s)\b|tou(?:s|t)\b|"
    r"toute\b|alle\b|weitere\b|u\.?\s?a\.?$|etc\b|and (?:more|others)\b)",
    re.IGNORECASE,
)
_TITLES: Final = re.compile(
    r"\b(?:bold|italics?|underlined|asterisk|denotes?|indicates?|means|marked with|starred)\b|\*\s*=", re.I
)
_BEFORE_NAME: Final = re.compile(r"^(?P<initials>[A-Z][A-Za-z]{0,4}\d?)\s+[-–—:]\s+(?P<rest>[^\W\d_]\S*\s+[^\W\d_].*)$")


def sign_of(words: str) -> tuple[bool | None, str]:
    """Whether a sign before or behind a name says that somebody was there, and the words without it."""
    words = words.replace(_VARIATION, "")
    hit = _SIGN.search(words)
    if hit is None:
        return None, words
    sign = hit["first"] or hit["last"] or hit["tight"]
    rest = (words[: hit.start()] + " " + words[hit.end() :]).strip()
    if not rest.strip(" -–—:"):
        return None, words
    if sign:
        return sign in _HERE_SIGNS, rest
    return bool((hit["box"] or hit["end"] or "").strip()), rest


def letter_of(words: str) -> tuple[str, str, bool] | None:
    """`Ada Example: Y`, `Ada Example (no)` as the name, what is said, and whether it means presence."""
    hit = _LETTER.match(words)
    if hit is None:
        return None
    said = hit["said"] or hit["inside"]
    return hit["name"].strip(), said, said.lower() in ("y", "yes", "x", "p", "ja", "oui", "si", "sí", "sim")


def absence_beside(words: str) -> Literal["", "whole", "part", "maybe"]:
    """Whether the words beside a name say that somebody was absent: `whole` where they say nothing else."""
    beside = _beside(words)
    if not beside:
        return ""
    if any(_ALL_ABSENT.fullmatch(piece.strip(" .!*_")) for piece in beside):
        return "whole"
    text = " ; ".join(beside)
    if _ABSENT.search(text):
        return "part"
    return "maybe" if _MAYBE.search(text) else ""


def _beside(words: str) -> list[str]:
    """What stands in brackets or after a dash, a colon or a comma, but not the name itself."""
    found = re.findall(r"[(\[]([^()\[\]]{1,200})[)\]]", words)
    bare = " ".join(re.sub(r"[(\[][^()\[\]]{0,200}[)\]]", " ", words).split())
    found += re.split(r"\s+[-–—]+\s*|:\s+|,\s*|\s/\s", bare)[1:]
    if words.rstrip().endswith("?"):
        found.append("?")
    return [piece for piece in found if piece.strip()]


def is_crowd(words: str) -> bool:
    """Whether an entry names no single person but people without their number: "the whole team"."""
    bare = re.sub(r"[(\[][^()\[\]]{0,200}[)\]]", " ", words).strip(" .")
    if _CROWD.match(bare):
        return True
    parts = bare.lower().split()
    return (
        bool(parts)
        and len(parts) <= 6
        and (parts[-1] in lexicon.CROWDS or (parts[0] in lexicon.CROWDS and len(parts) > 1))
    )


def is_nobody(words: str) -> bool:
    """Whether an entry of one word is surely no person: "Quorum"."""
    return words.lower().strip(" .:!") in lexicon.NOBODY


def is_firm(name: str) -> bool:
    """Whether a name is rather one of an organisation."""
    words = {word.strip(".,'’()").lower() for word in name.split()}
    return bool(words & lexicon.FIRMS)


def has_key(text: str) -> bool:
    """Whether words beside a list explain signs in it: "bold = present"."""
    return bool(_TITLES.search(text)) and len(text) < 300


def after_initials(text: str) -> tuple[str, str] | None:
    """`JT - Jo Talbot, Labs` as its initials and the rest."""
    hit = _BEFORE_NAME.match(text)
    return (hit["initials"], hit["rest"]) if hit else None
