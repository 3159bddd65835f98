"""What every room keeps about people: shown, handed out, merged and erased by one call for all rooms.

A room offers one `PersonData` for each kind of thing that it keeps, usually a `Rows`, in its `apps.ready()`. The
actions in `people.actions` ask all of them in one transaction, so nobody is ever half merged or half erased. A test
lists every model that points at a person and fails when nobody answers for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from folkmoot.kit.registry import Registry
from folkmoot.people.models import Person
from folkmoot.ui.slots import Label


class PersonData(Protocol):
    """One kind of thing that is kept about a person."""

    @property
    def title(self) -> Label:
        """What it is called on the page "What is kept about me"."""

    @property
    def answers_for(self) -> Sequence[tuple[type[models.Model], str]]:
        """The models and their fields that point at a person, for which this answers."""

    def export(self, person: Person) -> list[dict[str, Any]]:
        """All of it, as JSON values by plain names; an empty list when nothing is kept."""

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        """Give what is `gone`'s to `kept`, and say as JSON values what moved, so that `part` can undo it."""

    def part(self, kept: Person, gone: Person, moved: Mapping[str, Any]) -> None:
        """Give back what `merge` moved."""

    def erase(self, person: Person) -> None:
        """Delete it, or take every word about the person out of it; what others rely on stays without the name."""


class Unmoved:
    """For kinds of data that stay with the record they are about when it is merged into another one."""

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        return {}

    def part(self, kept: Person, gone: Person, moved: Mapping[str, Any]) -> None:
        """Nothing moved."""


PRIVATE: Label = _("You; and a steward, to answer a request of yours.")
"""For what stands on no page but the person's own."""
ON_PAGES: Label = _(
    "You, and a steward to answer a request of yours. What a page shows of it: whoever may see that page."
)


def seen_by(data: PersonData) -> Label:
    """Who sees a kind of data, in words: its `seen_by` where it has one, else `ON_PAGES`, which is never too little."""
    return getattr(data, "seen_by", "") or ON_PAGES


def corrected_at(data: PersonData) -> str:
    """The name of the page on which a person corrects a kind of data (its `corrected_at`), or nothing."""
    return str(getattr(data, "corrected_at", ""))


def moves_when_merged(data: PersonData) -> bool:
    """Whether it goes over to the record that is kept."""
    stays = isinstance(data, Rows) and data.on_merging == OnMerging.STAY
    return not stays and not isinstance(data, Unmoved)


PERSON_DATA: Registry[PersonData] = Registry("kind of data about people")


class OnMerging(StrEnum):
    """What becomes of rows when their person's record is merged into another."""

    MOVE = "move"
    STAY = "stay"
    """They belong to the record itself, such as a key to sign in with, and go when it is settled."""


class OnErasing(StrEnum):
    """What becomes of rows when their person is erased."""

    DELETE = "delete"
    KEEP = "keep"
    """They hold no words about the person and point at a row that has no name any more."""


@dataclass(frozen=True)
class Rows:
    """Rows of one model that point at a person by one field; enough for most of what rooms keep.

    `values` makes the exported values of one row. Rows that `kept` has already (by a unique constraint) stay with
    the record that is gone. `clear` names text fields that are emptied when erasing, for rows that are kept.
    `seen_by` says in a sentence who sees them, `corrected_at` names the page on which the person corrects them.
    `fetched` names what `values` reads beside the row, fetched for all rows at once.
    """

    title: Label
    model: type[models.Model]
    field: str
    values: Callable[[Any], dict[str, Any]]
    on_erasing: OnErasing = OnErasing.DELETE
    clear: tuple[str, ...] = ()
    on_merging: OnMerging = OnMerging.MOVE
    seen_by: Label = ""
    corrected_at: str = ""
    fetched: tuple[str, ...] = ()

    @property
    def answers_for(self) -> Sequence[tuple[type[models.Model], str]]:
        return [(self.model, self.field)]

    def of(self, person: Person) -> models.QuerySet[Any]:
        return self.model._default_manager.filter(**{self.field: person}).order_by("pk")

    def export(self, person: Person) -> list[dict[str, Any]]:
        return [self.values(row) for row in self.of(person).prefetch_related(*self.fetched)]

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        moved: list[Any] = []
        if self.on_merging == OnMerging.STAY:
            return {"rows": moved}
        for row in self.of(gone):
            try:
                with transaction.atomic():
                    self.model._default_manager.filter(pk=row.pk).update(**{self.field: kept})
            except IntegrityError:
                continue
            moved.append(row.pk if isinstance(row.pk, int) else str(row.pk))
        return {"rows": moved}

    def part(self, kept: Person, gone: Person, moved: Mapping[str, Any]) -> None:
        # What has been deleted or handed to somebody else meanwhile stays as it is.
        self.of(kept).filter(pk__in=moved.get("rows", [])).update(**{self.field: gone})

    def erase(self, person: Person) -> None:
        if self.on_erasing == OnErasing.DELETE:
            self.of(person).delete()
        elif self.clear:
            self.of(person).update(**dict.fromkeys(self.clear, ""))


@dataclass(frozen=True)
class Pointers(Rows):
    """Rows that only name the person in one field, which is emptied."""

    def erase(self, person: Person) -> None:
        self.of(person).update(**{self.field: None})


def offer(name: str, data: PersonData, *, order: int = 100) -> None:
    """Enter what a room keeps; `name` is its key in exports ("groups.participations")."""
    PERSON_DATA.register(name, data, order=order, by=name.partition(".")[0])
