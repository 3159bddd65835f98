"""Affiliations compared sanely, and which endorsements count. Pure.

"Acme, Inc.", "ACME inc" and "The Acme" are one affiliation. Case, spaces, punctuation, accents on Latin letters and the
legal form at the end make no difference. Who has none ("independent", "self-employed", nothing at all) is of no
affiliation; for endorsements, all of these together count as one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEGAL_FORMS: Final = frozenset(
    """
    ab ag as asa bhd bv co company corp corporation cv doo ev eg ek fzco gbr ggmbh gmbh inc incorporated kft kg kgaa kk
    limited llc llp lp ltd mbh nv oü ou oy oyj pbc plc pte pty pvt sa sae sarl sas sasu sdn se sl slu sp spa spzoo sro
    srl ug
    """.split()  # noqa: SIM905 -- a list of words reads better
)
NOBODY: Final = frozenset(
    {"none", "independent", "self employed", "selfemployed", "freelance", "freelancer", "n a", "na", "individual"}
    | {"myself", "nobody"}
)
_JOINED: Final = re.compile("[.'\u2019`\u00b4]")
_APART: Final = re.compile(r"[\W_]+")
_LATIN_MARKS: Final = re.compile("[\u0300-\u036f]")


def affiliation_key(written: str) -> str:
    """By what two affiliations are the same; empty for none."""
    text = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", written).casefold())
    text = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text))
    text = _JOINED.sub("", text.replace("&", " and ").replace("+", " plus "))
    words = _apart(text)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and (words[-1] in LEGAL_FORMS or words[-1] == "and"):
        words.pop()
    key = " ".join(words)
    return "" if key in NOBODY else key


def _apart(text: str) -> list[str]:
    # Marks of other scripts belong to their letters, though a regular expression calls them no letters.
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" or not _APART.fullmatch(c) else " " for c in text)
    return kept.split()


def one_spelling(written: Iterable[str]) -> list[str]:
    """Each affiliation as the first of its kind is written, so that equal ones are equal texts; empty for none."""
    first: dict[str, str] = {}
    spelt = []
    for one in written:
        key = affiliation_key(one)
        spelt.append(first.setdefault(key, " ".join(one.split())) if key else "")
    return spelt


class Counts(StrEnum):
    """Whether an endorsement counts, and if not why."""

    YES = "yes"
    SAME = "same"
    """Somebody of the same affiliation endorsed before."""
    ONESELF = "oneself"


@dataclass(frozen=True)
class Given:
    """An endorsement: the keys of whose it is, and the affiliation as they wrote it."""

    person: int | None
    affiliation: str


def count_endorsements(given: Sequence[Given], candidate: int | None) -> list[Counts]:
    """What each of the endorsements of a candidate counts for, in the order in which they were given."""
    seen: set[str] = set()
    counted = []
    for one in given:
        key = affiliation_key(one.affiliation)
        if one.person is not None and one.person == candidate:
            counted.append(Counts.ONESELF)
        elif key in seen:
            counted.append(Counts.SAME)
        else:
            seen.add(key)
            counted.append(Counts.YES)
    return counted
