"""How long silence lasts, as a charter says it: "within 72 hours", "five working days", "a week"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from folkmoot.decisions.domain.silence import MOST_DAYS

LAZY_CONSENSUS: Final = "lazy_consensus"

_NUMBERS: Final = {
    word: number
    for number, words in {
        1: "a an one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
        10: "ten", 11: "eleven", 12: "twelve", 14: "fourteen", 15: "fifteen", 20: "twenty", 21: "twenty-one",
        24: "twenty-four", 28: "twenty-eight", 30: "thirty", 48: "forty-eight", 72: "seventy-two",
        96: "ninety-six",
    }.items()
    for word in words.split()
}  # fmt: skip
_WORDS: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_STATED: Final = re.compile(
    rf"\b(?P<number>\d{{1,4}}|{_WORDS})[\s-]*"
    r"(?:\(\d{1,4}\)\s*)?"
    r"(?P<kind>(?:full|clear|whole|consecutive|calendar|working|business)[\s-]+)*"
    r"(?P<unit>hours?|hrs?|h|days?|weekdays?|weeks?|fortnights?)\b",
    re.IGNORECASE,
)
_WORKING: Final = re.compile(r"\b(?:working|business)\b|\bweekdays?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """So many days; working days leave weekends out. `text` is the charter's sentence and `anchor` its clause."""

    days: int
    working: bool
    text: str = ""
    anchor: str = ""


USUAL = Stated(5, working=True)
"""Where the charter says nothing."""


def stated_period(sentence: str) -> Stated | None:
    """The first length of time in a sentence, in days; hours are rounded up. None when there is none that is usable."""
    for found in _STATED.finditer(sentence):
        written = found["number"].lower()
        number = int(written) if written.isdigit() else _NUMBERS[written]
        unit = found["unit"].lower()
        if unit.startswith("h"):
            days = -(-number // 24)
        else:
            days = number * (7 if unit in ("week", "weeks") else 14 if unit.startswith("fort") else 1)
        if 1 <= days <= MOST_DAYS:
            return Stated(days, working=bool(_WORKING.search(found[0])), text=sentence)
    return None


def charter_period(rules: Iterable[Mapping[str, Any]]) -> Stated | None:
    """What a charter's rules on lazy consensus (`reading["decision_rules"]`) say of its length."""
    for rule in rules:
        if rule.get("rule") != LAZY_CONSENSUS:
            continue
        found = stated_period(str(rule.get("text") or ""))
        if found is not None:
            return Stated(found.days, found.working, found.text, str(rule.get("anchor") or ""))
    return None
