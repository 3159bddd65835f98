"""A search over everything, in a community of many years, against the database looking for the word alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from django.db.models import Q

from folkmoot.decisions.models import Decision
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import begin_minutes
from folkmoot.meetings.models import MinutesItem
from folkmoot.people.domain.seeking import read_words
from folkmoot.people.models import Person
from folkmoot.people.searching import search
from folkmoot.plan.models import Task
from tests.benchmarks.requests import cpu_of
from tests.factories.decisions import recorded
from tests.factories.groups import group, join
from tests.factories.meetings import held_call
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

EXACT, MISTYPED, NOTHING = 12.0, 12.0, 12.0
DECISIONS = TASKS = 2000
MINUTES = 500
SYLLABLES = ("ka", "lo", "mi", "ter", "nu", "sa", "ven", "dor", "pel", "fi", "gra", "hun", "jo")


class Prose:
    """Made-up words, with the marks of print and an accent among them; each text is a piece of one long text."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(3000)]
        said = enumerate(chance.choices(self.words, k=60_000))
        self._all = " ".join(word if n % 50 else f"{word}. “Ça va,”" for n, word in said)

    def __call__(self, letters: int) -> str:
        begin = self._chance.randrange(len(self._all) - letters)
        return self._all[begin : begin + letters].strip()


def filled(prose: Prose) -> Person:
    """A community with long texts, and somebody who may see them all."""
    organisation()
    home = group(name="Archive Working Group")
    one = recorded(home)
    fields = {field.attname: getattr(one, field.attname) for field in Decision._meta.concrete_fields}

    def titled(number: int) -> str:
        return f"{prose(40)} {number}"

    Decision.objects.bulk_create(
        Decision(
            **{
                **fields,
                "id": None,
                "number": 10 + number,
                "title": titled(number),
                "text": prose(4000),
                "rationale": prose(2000),
            }
        )
        for number in range(DECISIONS)
    )
    Task.objects.bulk_create(Task(group=home, title=titled(number), words=prose(4000)) for number in range(TASKS))
    minutes = begin_minutes(held_call(home), by=system())
    MinutesItem.objects.bulk_create(
        MinutesItem(minutes=minutes, position=number, title=titled(number), notes=prose(4000))
        for number in range(MINUTES)
    )
    return join(PersonFactory(), home)


def bare(word: str) -> Callable[[], Any]:
    """The baseline: which of these rows hold the word, and nothing else."""

    def ask() -> None:
        list(Decision.objects.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(rationale__icontains=word))
             .values_list("pk"))  # fmt: skip
        list(Task.objects.filter(Q(title__icontains=word) | Q(words__icontains=word)).values_list("pk"))
        list(MinutesItem.objects.filter(Q(title__icontains=word) | Q(notes__icontains=word)).values_list("pk"))

    return ask


def run() -> list[tuple[str, float, float]]:
    """A word that many texts hold, the same mistyped, and words that stand nowhere."""
    prose = Prose(random.Random(7))
    reader = filled(prose)
    common = max(prose.words[:50], key=len)

    def cost(asked: str) -> float:
        return cpu_of(lambda: search(read_words(asked), reader))

    baseline = cpu_of(bare(common))
    return [
        ("search, a word that many texts hold, to asking for the rows", cost(common) / baseline, EXACT),
        ("search, a mistyped word, to asking for the rows", cost(f"{common[:-1]}x") / baseline, MISTYPED),
        ("search, words that stand nowhere, to asking for the rows", cost("xylophonist zeppelin") / baseline, NOTHING),
    ]
