"""What a heading is about, by the words of the tables."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from folkmoot.groups.domain.charter import lexicon
from folkmoot.groups.domain.charter.model import Kind

LONGEST_HEADING: Final = 120

_NUMBER: Final = re.compile(
    r"(?:(?:section|article|part|chapter|clause)\s+|§\s?)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,5}|[IVX]{1,5}(?=[.):]))[.):]*(?:\s+|$)",
    re.IGNORECASE,
)
_ANCHOR: Final = re.compile(r"\s*\{[^{}]{0,80}\}\s*$")
_NOISE: Final = re.compile(r"[^\w\s'/&,;:()+%#-]|_")


class Subject(NamedTuple):
    """What a heading or label says about the text below it."""

    kinds: tuple[Kind, ...]
    """Empty when its words say nothing we know."""
    sealed: bool = False
    """Neither this nor anything below it is to be read for contents."""


UNKNOWN: Final = Subject(())
# "Definition of projects", "Process for releases": these subjects may be those of anything.
_OF_ANYTHING: Final = frozenset(
    [Kind.PURPOSE, Kind.OVERVIEW, Kind.GOVERNANCE, Kind.RESOURCES, Kind.AMENDMENTS, Kind.POLICIES, Kind.ACTIVITIES]
)
_SEALING: Final = frozenset([Kind.RECORDS, Kind.DELIVERABLES, Kind.DEFINITIONS, Kind.CONTENTS])


@lru_cache(maxsize=8_192)
def parted(heading: str) -> tuple[str, str]:
    """The number a heading begins with ("2.1.3", or empty) and the rest of it."""
    bare = _ANCHOR.sub("", heading[: LONGEST_HEADING * 2]).strip()
    found = _NUMBER.match(bare)
    if not found or (not bare[found.end() :] and found["number"].isdigit()):
        return "", bare
    number = found["number"]
    return (number if number[0].isdigit() else ""), bare[found.end() :].strip() or bare


@lru_cache(maxsize=8_192)
def subject(heading: str, title_words: frozenset[str] = frozenset()) -> Subject:
    """Classify a heading; words of the charter's title say nothing about its sections."""
    _, bare = parted(heading)
    if not bare or len(bare) > LONGEST_HEADING:
        return UNKNOWN
    low = _bare(bare)
    if low in lexicon.SEALED:
        return Subject((Kind.OTHER,), sealed=True)
    if found := _phrase(low, title_words):
        return _found((found,))
    words = low.split()
    if lexicon.RECORDS.intersection(words):
        parts = [_phrase(part, title_words) for part in lexicon.JOINS.split(low)]
        if Kind.MEETINGS not in parts:
            return Subject((Kind.RECORDS,), sealed=True)
    if _without_fillers(words) and " ".join(_without_fillers(words)) in lexicon.SEALED:
        return Subject((Kind.OTHER,), sealed=True)
    parts = [_phrase(part, title_words) for part in lexicon.JOINS.split(low)]
    kinds = tuple(dict.fromkeys(kind for kind in parts if kind is not None))
    return _found(kinds) if kinds else UNKNOWN


def is_heading_word(text: str) -> bool:
    """Whether a text is made of headings that we know and nothing else: "Goals", "Roles & Responsibilities:"."""
    low = _bare(parted(text)[1])
    if low in lexicon.SEALED or low in lexicon.HEADINGS:
        return True
    return all(_phrase(part, frozenset()) is not None for part in lexicon.JOINS.split(low))


def _found(kinds: tuple[Kind, ...]) -> Subject:
    return Subject(kinds, sealed=kinds[0] in _SEALING)


def _bare(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = lexicon.lowered(text)
    text = _NOISE.sub(" ", text.replace(" & ", " and "))
    return " ".join(text.split()).strip(" :,;-")


def _without_fillers(words: list[str]) -> list[str]:
    return [word for word in words if word not in lexicon.FILLERS and not word.strip("()").isdigit()]


def _phrase(low: str, title_words: frozenset[str]) -> Kind | None:
    low = low.strip()
    if low in lexicon.HEADINGS:
        return lexicon.HEADINGS[low]
    words = _without_fillers(re.sub(r"\([^()]{0,80}\)", " ", low).split())
    subject_words, whose = _parted_by_preposition(words)
    named = [word for word in words if word not in title_words]
    for attempt in (words, named, subject_words):
        kind = lexicon.HEADINGS.get(" ".join(attempt))
        if kind is None:
            continue
        if attempt is subject_words and kind in _OF_ANYTHING and not title_words.issuperset(whose):
            continue
        return kind
    return None


def _parted_by_preposition(words: list[str]) -> tuple[list[str], list[str]]:
    """The subject, and whose it is: "goals", "docs team"."""
    for place, word in enumerate(words):
        if place and word in lexicon.PREPOSITIONS:
            return words[:place], [whose for whose in words[place:] if whose not in lexicon.PREPOSITIONS]
    return words, []


def lead_in(sentence: str) -> Kind | None:
    """What the list after a line such as "Our objectives are:" holds."""
    low = lexicon.lowered(sentence)
    for kind, pattern in lexicon.LEAD_INS:
        if pattern.search(low):
            return kind
    return None
