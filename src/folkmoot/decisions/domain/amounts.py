"""Shares and numbers in a sentence of a charter: how many have to approve, how many have to take part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

HALF: Final = Fraction(1, 2)
TWO_THIRDS: Final = Fraction(2, 3)
LONGEST_READ: Final = 2_000
"""Characters of a sentence that are read; no rule is longer."""


class Of(StrEnum):
    """Of whom a share is counted: of the votes cast, of those present, or of everybody who has a vote."""

    CAST = "cast"
    PRESENT = "present"
    VOTERS = "voters"


_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_NUMBER: Final = r"\d{1,3}|" + "|".join(_NUMBERS)
_PARTS: Final = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6}
_GLYPHS: Final = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5"}
_AMOUNT: Final = re.compile(
    r"(?P<plus_one>(?:\bhalf|\b50 ?%|\bfifty per ?cent)(?: of [\w ]{1,40}?)? ?(?:\+|\bplus) ?(?:1|one)\b)"
    rf"|(?P<top>\b(?:{_NUMBER}))[- ](?P<part>thirds?|quarters?|fourths?|fifths?|sixths?)\b"
    rf"|\b(?P<out_top>{_NUMBER}) out of (?:every )?(?P<out_bottom>{_NUMBER})\b"
    r"|\b(?P<above>\d{1,2})/(?P<below>\d{1,2})\b"
    r"|(?P<percent>\b\d{1,3}(?:\.\d{1,2})?) ?(?:%|per ?cent\b)"
    r"|\b(?:an?|one) (?P<one_part>third|quarter|fourth|fifth)\b"
    r"|\b(?P<half>half)\b"
    r"|\b(?P<super>super[- ]?majority)\b"
    r"|\b(?P<majority>majority)\b"
    r"|\b(?P<unanimous>unanim\w+)\b"
)
_MORE: Final = re.compile(r"\b(?:more than|over|above|exceed\w*|greater than)(?: an?| the)? ?$")
_SPLIT: Final = re.compile(
    r"[,;:()]|\b(?:if|when|where|whenever|while|provided|providing|as long as|so long as|once|unless|with|but)\b"
    r"|\band\b(?! voting\b)"
)
_CAST: Final = re.compile(
    r"\b(?:votes?|ballots?) (?:that (?:are|were) )?cast\b|\b(?:those|people|members|managers|participants) "
    r"(?:who )?vot(?:e|ing)\b|\bpresent and voting\b|\bof (?:the |all )?votes\b"
    r"|\bmembers who vote\b|\bwho (?:actually )?vote\b"
)
_PRESENT: Final = re.compile(
    r"\b(?:present|in attendance|attending|attendees|(?:at|on) (?:the|a) (?:\w+ )?(?:call|meeting))\b"
)
_VOTERS: Final = re.compile(
    r"\bof (?:the |our |its |all |of |entire |full |whole |current |active |eligible |voting |elected |standing )*"
    r"(?:[\w-]+ )?(?:members?|membership|committee|board|group|council|team|us|voters|managers|co-?chairs|chairs|leads|"
    r"maintainers|leaders|organi[sz]ers|participants|delegates|seats)\b|\babsolute majority\b|"
    r"\ball (?:voting )?members\b"
)
SEATS: Final = re.compile(r"\bseats?\b")
LEADERS: Final = re.compile(r"\b(?:managers?|co-?chairs?|chairs?|chairpersons?|co-?leads?|leads|leaders|maintainers)\b")
_DECIDES: Final = re.compile(
    r"\b(?:majority|votes?|approv\w+|pass(?:es|ed)?|carr(?:y|ies|ied)|decid\w+|decisions?|adopt\w*|consent|"
    r"unanim\w+|agree\w*|in favou?r|assent)\b"
)
_QUORATE: Final = re.compile(r"\bquor(?:um|ate)\b")
_THERE: Final = re.compile(
    r"\b(?:is|are|be|being|been|were) (?:\w+ )?(?:present|in attendance|attending|there)\b|"
    r"\b(?:attends?|take part|participate)\b"
)
_COUNT: Final = re.compile(rf"\b(?P<count>{_NUMBER})\b")
_HEADCOUNT: Final = re.compile(
    rf"\b(?P<count>{_NUMBER})(?: \(\d+\))? (?:\w+ ){{0,2}}(?:managers|members|people|persons|participants|voters|us)\b"
)
_CHARTER: Final = re.compile(r"\b(?:amend\w*|(?:chang\w+|revis\w+|modif\w+) (?:\w+ ){0,4}charter|charter chang\w+)\b")
_ELECTION: Final = re.compile(r"\b(?:elect|elects|elected|election|elections|re-elected|appointed|nominat\w+)\b")
_REMOVAL: Final = re.compile(
    r"\b(?:remov\w+|recall\w*|dismiss\w*|expel\w*|expulsion|impeach\w*|dissol\w+|disband\w*)\b"
)


class Matter(StrEnum):
    """What a rule is about."""

    ANY = "any"
    CHARTER = "charter"
    OTHER = "other"
    """Elections, removing somebody, dissolving the group: not for motions as such."""


def matter_of(text: str) -> Matter:
    """What a sentence sets a rule for."""
    low = text[:LONGEST_READ].casefold()
    if _CHARTER.search(low):
        return Matter.CHARTER
    if _REMOVAL.search(low):
        return Matter.OTHER
    if _ELECTION.search(low) and not re.search(r"\b(?:decisions?|motions?|resolutions?|proposals?)\b", low):
        return Matter.OTHER
    return Matter.ANY


@dataclass(frozen=True)
class Amount:
    """A share or a number in a sentence, and the words around it that say what it counts."""

    share: Fraction | None
    count: int | None
    more: bool
    words: str


@dataclass(frozen=True)
class SentenceRead:
    """What one sentence says: a share that has to approve, a quorum, both or neither."""

    approve: Amount | None = None
    quorum: Amount | None = None


def read_sentence(text: str, rule: str = "") -> SentenceRead:
    """The amounts of one sentence; `rule` is what the charter reader took it for."""
    low = plain(text)
    approve: Amount | None = None
    quorum: Amount | None = None
    loose: Amount | None = None
    for segment in filter(None, (part.strip() for part in _SPLIT.split(low))):
        amount = _share(segment)
        quorate = bool(_QUORATE.search(segment) or _THERE.search(segment))
        if amount is None and quorate:
            amount = _number(segment)
        if amount is None and rule == "quorum" and quorum is None and (hit := _HEADCOUNT.search(segment)):
            amount = Amount(None, _whole(hit["count"]), more=False, words=segment)
        if amount is None:
            continue
        if quorate:
            quorum = quorum or amount
        elif _DECIDES.search(segment) and amount.share is not None:
            approve = approve or amount
        elif segment.endswith(("present", "in attendance")) and rule != "quorum" and approve is not None:
            quorum = quorum or amount
        else:
            loose = loose or amount
    if loose is not None:
        if rule == "quorum" and quorum is None:
            quorum = loose
        elif rule in ("majority", "supermajority", "unanimity") and approve is None and loose.share is not None:
            approve = loose
    return SentenceRead(approve, quorum)


def base_of(words: str) -> Of:
    """Of whom the share in these words is counted; a bare majority is one of the votes cast."""
    if _CAST.search(words):
        return Of.CAST
    if _PRESENT.search(words):
        return Of.PRESENT
    return Of.VOTERS if _VOTERS.search(words) else Of.CAST


_PLAIN_MARKS: Final = str.maketrans({"\u2019": "'", "\u2013": "-", "\u2011": "-", "\u00a0": " "})


def plain(text: str) -> str:
    low = text[:LONGEST_READ].casefold().translate(_PLAIN_MARKS)
    for glyph, fraction in _GLYPHS.items():
        low = low.replace(glyph, f" {fraction} ")
    low = re.sub(r"\((?:\d+|\d+/\d+|\d+ ?%)\)", "", low)  # "three (3) members", "two-thirds (2/3)"
    return re.sub(r"[*_`]|\s+", lambda hit: " " if hit[0].isspace() else "", low).strip(" .")


def _share(segment: str) -> Amount | None:
    """The first share in a segment; a number that belongs to it ("two-thirds majority") comes before the word."""
    hits = list(_AMOUNT.finditer(segment))
    numbered = [hit for hit in hits if hit.lastgroup not in ("super", "majority", "unanimous")]
    for hit in numbered or hits:
        share, more = _value(hit)
        if share is not None and 0 < share <= 1:
            more = more or bool(_MORE.search(segment[: hit.start()].rstrip() + " "))
            return Amount(share, None, more, segment)
    return None


def _value(hit: re.Match[str]) -> tuple[Fraction | None, bool]:
    """The share that a hit names, and whether it takes more than that."""
    if hit["plus_one"] or hit["majority"]:
        return HALF, True
    if hit["super"]:
        return TWO_THIRDS, False
    if hit["unanimous"]:
        return Fraction(1), False
    if hit["half"]:
        return HALF, False
    if hit["one_part"]:
        return Fraction(1, _PARTS[hit["one_part"]]), False
    if hit["percent"]:
        return Fraction(hit["percent"]) / 100, False
    if hit["part"]:
        return Fraction(_whole(hit["top"]), _PARTS[hit["part"].rstrip("s")]), False
    top, bottom = (hit["above"], hit["below"]) if hit["above"] else (hit["out_top"], hit["out_bottom"])
    below = _whole(bottom)
    return (Fraction(_whole(top), below) if below else None), False


def _number(segment: str) -> Amount | None:
    hit = _COUNT.search(segment)
    return Amount(None, _whole(hit["count"]), more=False, words=segment) if hit and _whole(hit["count"]) else None


def _whole(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)
