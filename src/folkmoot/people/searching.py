"""A word that every room offers: what of its own fits the words somebody seeks, as far as this reader may see it.

A room enters its `Search`es in its `apps.ready()`. Each hands in candidates by the same conditions as its pages, at
most `CANDIDATES` of them and in one query; `search` says which of them fit, in what order. Nothing that a reader may
not see is ever a candidate, so that no count and no order tells of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, TypeVar

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Substr
from django.urls import reverse

from folkmoot.kit.registry import Registry
from folkmoot.ledger.actors import Actor
from folkmoot.people.domain.likeness import seek_key
from folkmoot.people.domain.seeking import Letters, Piece, Words, excerpt, marked, score
from folkmoot.people.models import Person
from folkmoot.ui.slots import Label

CANDIDATES = 300
LETTERS = 1_500_000
"""So many letters of the texts of one search are looked at; of what comes after, titles alone."""
TEXT_LOOKED_AT = 6000
"""So much of the beginning of a text is looked at, in letters."""
WORDS_ASKED = 2
"""So many words, the longest, choose the rows in the database. All of them decide what fits."""
Row = TypeVar("Row", bound=models.Model)

Seeker: TypeAlias = "Actor | None"
"""Who searches: a person, the machine's command line, or None for somebody who is not signed in."""


@dataclass(frozen=True)
class Candidate:
    """Something that the seeker may see. `key` stays the same wherever it is found; `where` names its group."""

    key: str
    title: str
    route: str
    args: tuple[Any, ...] = ()
    texts: tuple[str, ...] = ()
    where: str = ""
    on: date | None = None
    anchor: str = ""

    @property
    def path(self) -> str:
        return reverse(self.route, args=self.args) + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Search:
    """One kind of thing that can be found. `candidates` asks one query, whatever the words are and whoever seeks."""

    kind: str
    label: Label
    candidates: Callable[[Seeker, Words], Sequence[Candidate]]


@dataclass(frozen=True)
class Hit:
    """Something found, with its title and what stands around the words in pieces."""

    found: Candidate
    title: Sequence[Piece]
    excerpt: Sequence[Piece]
    score: int


@dataclass(frozen=True)
class Section:
    """What was found of one kind, the best first; `count` is how many there are, of which `hits` may be the first."""

    kind: str
    label: Label
    hits: Sequence[Hit]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.hits)


SEARCHES: Registry[Search] = Registry("kind of thing that can be found")


def offer(search: Search, *, order: int, by: str, name: str = "") -> None:
    """Enter a search. Several may find things of one kind, each under a `name` of its own."""
    SEARCHES.register(name or search.kind, search, order=order, by=by)


def kinds() -> dict[str, Label]:
    """What can be found, by kind, in order."""
    found: dict[str, Label] = {}
    for one in SEARCHES:
        found.setdefault(one.kind, one.label)
    return found


def search(
    words: Words, seeker: Seeker, *, only: Collection[str] = (), most: int = 5, group: str = ""
) -> list[Section]:
    """Everything that fits and the seeker may see, by kind (`only` these, all if none is named), `most` of each.

    With the name of a `group`, only what is of that group.
    """
    if not words:
        return []
    fitting: dict[str, dict[str, tuple[int, Candidate]]] = {}
    for one in SEARCHES:
        if only and one.kind not in only:
            continue
        into = fitting.setdefault(one.kind, {})
        letters = Letters(LETTERS)
        for candidate in one.candidates(seeker, words):
            if group and group not in (candidate.where, candidate.title):
                continue
            fits = score(words, candidate.title, candidate.texts, candidate.where, letters=letters)
            if fits and candidate.key not in into:
                into[candidate.key] = (fits, candidate)
    labels = kinds()
    return [
        Section(kind, labels[kind], [_hit(words, *one) for one in _best_first(found)[:most]], len(found))
        for kind, found in fitting.items()
        if found
    ]


def likely(rows: models.QuerySet[Row], words: Words, *fields: str) -> models.QuerySet[Row]:
    """The rows worth looking at: first those that say most words as they were typed, then in the order they have."""
    says = [
        Case(When(_said(word, fields), then=Value(1)), default=Value(0), output_field=models.SmallIntegerField())
        for word in sorted(words.asked, key=len, reverse=True)[:WORDS_ASKED]
    ]
    order = rows.query.order_by or rows.model._meta.ordering or ("-pk",)
    return rows.order_by(*([sum(says[1:], says[0]).desc()] if says else []), *order)[:CANDIDATES]


def _said(word: str, fields: Sequence[str]) -> Q:
    """That a word stands in a field; SQLite knows the case of ASCII alone, so other words are asked for in each."""
    forms = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize(), seek_key(word)}
    said = Q()
    for name in fields:
        for form in sorted(forms):
            said |= Q(**{f"{name}__icontains": form})
    return said


def beginning(field: str) -> Substr:
    """A text as far as it is looked at."""
    return Substr(field, 1, TEXT_LOOKED_AT)


def as_person(seeker: Seeker) -> Person | None:
    """The person who seeks, while they may sign in at all."""
    return seeker if isinstance(seeker, Person) and seeker.is_active else None


def _hit(words: Words, fits: int, candidate: Candidate) -> Hit:
    return Hit(candidate, marked(words, candidate.title), excerpt(words, candidate.texts), fits)


def _best_first(found: dict[str, tuple[int, Candidate]]) -> list[tuple[int, Candidate]]:
    """By how well they fit, then the latest, then by title."""

    def place(one: tuple[int, Candidate]) -> tuple[int, int, str]:
        fits, candidate = one
        return -fits, -(candidate.on or date.min).toordinal(), candidate.title.casefold()

    return sorted(found.values(), key=place)
