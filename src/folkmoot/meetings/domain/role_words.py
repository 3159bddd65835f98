"""Which call roles a charter names, and in which words. Pure.

A charter may describe such a role like its other roles ("**Scribe**: takes the minutes"), or name several in a sentence
about calls ("Each call has a moderator, a note taker and a crier"). Only words that mean nothing else are taken:
a chair or a facilitator leads the group, see `groups.role_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MODERATOR, SCRIBE, CRIER = "moderator", "scribe", "crier"
WORDS = {
    MODERATOR: r"moderators?",
    SCRIBE: r"scribes?|(?:note|minutes?)[- ]?takers?",
    CRIER: r"(?:town )?criers?|announcers?|heralds?",
    "timekeeper": r"time[- ]?keepers?",
}
_ANY = re.compile("|".join(f"(?P<{key}>\\b(?:{words})\\b)" for key, words in WORDS.items()), re.IGNORECASE)
_CALL = re.compile(r"\b(?:calls?|meetings?|sessions?)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:no|not|without|never|neither|nor|instead of|e\.g\.|such as|discord|forum|channel)\b", re.IGNORECASE
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+|\n\s*(?:[-*+•]|\d+[.)])\s+|\n\s*\n|\n\s*#+\s*")
_MARKS = re.compile(r"[*_`]+")
LONGEST_DUTIES = 300
LONGEST_SENTENCE = 1000


@dataclass(frozen=True)
class Stated:
    """A call role as a charter names it: our key, the charter's word, what they do (or nothing), and the clause."""

    key: str
    name: str
    duties: str
    anchor: str


@dataclass(frozen=True)
class NamedRole:
    """One of the charter's roles, with its words and its clause."""

    name: str
    text: str
    anchor: str


def call_roles_stated(roles: Iterable[NamedRole], sections: Iterable[tuple[str, str]]) -> list[Stated]:
    """The call roles that a charter names, in its order, each once; `sections` are anchors with their own text."""
    found: dict[str, Stated] = {}
    for one in [*_described(roles), *_in_sentences(sections)]:
        found.setdefault(one.key, one)
    return list(found.values())


def _described(roles: Iterable[NamedRole]) -> Iterator[Stated]:
    for role in roles:
        said = _ANY.fullmatch(" ".join(role.name[:60].split()))
        if said is not None and said.lastgroup is not None:
            duties = " ".join(role.text.split())[:LONGEST_DUTIES]
            yield Stated(said.lastgroup, _one(said[0]), duties, role.anchor)


def _in_sentences(sections: Iterable[tuple[str, str]]) -> Iterator[Stated]:
    for anchor, text in sections:
        for raw in _SENTENCE_ENDS.split(text):
            sentence = " ".join(_MARKS.sub("", raw or "").split())[:LONGEST_SENTENCE]
            if not _CALL.search(sentence) or _NOT.search(sentence):
                continue
            for said in _ANY.finditer(sentence):
                if said.lastgroup is not None:
                    yield Stated(said.lastgroup, _one(said[0]), "", anchor)


def _one(word: str) -> str:
    """The word for one of them, as it stands within a sentence."""
    low = " ".join(word.lower().split())
    return low[:-1] if low.endswith("s") else low
