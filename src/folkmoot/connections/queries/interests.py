"""What people said about their interests, and whom nobody may bring together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.models.interests import Interest, InterestSort


@dataclass
class Interests:
    """One person's subjects: folded subject to the words as they were written, in the order in which they were said."""

    cares: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    learns: dict[str, str] = field(default_factory=dict)

    def of(self, sort: InterestSort | str) -> dict[str, str]:
        """The subjects of one sort."""
        return {InterestSort.CARES: self.cares, InterestSort.HELPS: self.helps}.get(InterestSort(sort), self.learns)


def interests_of(people: Iterable[int]) -> dict[int, Interests]:
    """By primary key of the person, for everybody who was asked for; one query."""
    keys = set(people)
    found: dict[int, Interests] = {key: Interests() for key in keys}
    rows = Interest.objects.filter(person__in=keys).values_list("person", "sort", "subject", "words")
    for person, sort, subject, words in rows:
        found[person].of(sort)[subject] = words
    return found


def kept_apart(people: Iterable[int]) -> set[frozenset[int]]:
    """Pairs of primary keys among these people that are never brought together; one query."""
    keys = set(people)
    pairs = NotWith.objects.filter(asked_by__in=keys, other__in=keys).values_list("asked_by_id", "other_id")
    return {frozenset(pair) for pair in pairs}


def apart_from(person: int) -> set[int]:
    """Whom this person is never brought together with, whoever asked for it; one query."""
    found: dict[int, set[int]] = defaultdict(set)
    for asked_by, other in NotWith.objects.filter(Q(asked_by=person) | Q(other=person)).values_list(
        "asked_by_id", "other_id"
    ):
        found[person] |= {asked_by, other}
    return found[person] - {person}
