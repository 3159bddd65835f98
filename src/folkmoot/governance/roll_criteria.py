"""What an election can ask of those who vote and of those who stand. Rooms enter their own criteria here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.urls import reverse

from folkmoot.governance.models.elections import Contest, Election, ElectionStage, Stage
from folkmoot.governance.models.rolls import Whom
from folkmoot.kit.registry import Registry
from folkmoot.ui.slots import Label

T = TypeVar("T")
Given = Mapping[str, Any]
"""What one criterion of an election asks, as it is kept: JSON values by the names of its fields."""
PROXIES = "proxies"
"""The name under which an election keeps how many votes of others one voter may hold; no criterion."""
EVERYBODY = frozenset(Whom)


@dataclass(frozen=True)
class Clause:
    """The sentence of the charter because of which something is asked."""

    text: str
    number: str = ""
    anchor: str = ""

    def path(self, slug: str) -> str:
        return reverse("charter", args=[slug]) + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Finding:
    """One criterion, held against one person: what is asked, what was found, and what they can still do.

    `holds_from` is the day from which it would hold, where that is known and not past.
    """

    holds: bool
    asked: str
    found: str
    can_do: str = ""
    holds_from: date | None = None
    clause: Clause | None = None
    clause_path: str = ""


@dataclass(frozen=True)
class Asking:
    """For what criteria are asked: an election, for standing also a contest of it, and the days by which it is judged.

    `today` is the day in the election's zone. `on` is the day for which people are judged: the one on which the roll
    is to be frozen, or nominations close. What is read once for all people is kept in `kept`.
    """

    election: Election
    whom: Whom
    today: date
    on: date
    steps: Mapping[Stage, ElectionStage]
    contest: Contest | None = None
    kept: dict[Any, Any] = field(default_factory=dict, compare=False)

    def once(self, key: object, read: Callable[[], T]) -> T:
        """What was read before under this key, or now."""
        if key not in self.kept:
            self.kept[key] = read()
        found: T = self.kept[key]
        return found

    @property
    def is_over(self) -> bool:
        """Whether the day for which people are judged is past, so that nothing they do changes anything."""
        return self.on < self.today


People = Collection[int] | None
"""The keys of those whom it is about; None is everybody in the group."""


@dataclass(frozen=True)
class Criterion:
    """Something that can be asked. `gather` reads for all people at once what `judge` needs of each.

    `asked` says in a sentence what is asked of somebody; `fields` are filled in by who prepares the election, and what
    they give is kept under their names (dates as ISO text). `wrong` says in a sentence what does not go together.
    """

    label: Label
    hint: Label
    asked: Callable[[Asking, Given], str]
    gather: Callable[[Asking, People], Any]
    judge: Callable[[Asking, Given, Any, int], Finding]
    fields: Callable[[Election], dict[str, forms.Field]] = lambda _election: {}
    whom: frozenset[Whom] = EVERYBODY
    wrong: Callable[[Given], str] = lambda _given: ""


CRITERIA: Registry[Criterion] = Registry("criterion for voting and standing")


def add_criterion(name: str, criterion: Criterion, *, order: int = 100) -> None:
    """Enter a criterion; `name` stands in the database."""
    CRITERIA.register(name, criterion, order=order, by=criterion.judge.__module__)


def clause_of(given: Given) -> Clause | None:
    """The clause that a criterion was suggested by, as it is kept with it."""
    kept = given.get("clause")
    if not isinstance(kept, Mapping) or not kept.get("text"):
        return None
    return Clause(str(kept["text"]), str(kept.get("number") or ""), str(kept.get("anchor") or ""))
