"""The people of a group whom plan's pages and notices need."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from folkmoot.groups.models import Group, Participation
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person


def people_in(group: Group) -> models.QuerySet[Person]:
    """Who takes part in a group now, by name: whom one may ask to look after something."""
    return Person.objects.filter(is_active=True, participations__group=group, participations__ended_at=None).order_by(
        "name", "pk"
    )


def people_in_any(groups: Iterable[Group]) -> models.QuerySet[Person]:
    """Who takes part in any of these groups now, each once, by name."""
    mine = Participation.objects.filter(group__in=list(groups), ended_at=None)
    return Person.objects.filter(is_active=True, pk__in=mine.values("person")).order_by("name", "pk")


def others(people: list[Person], by: Actor) -> list[Person]:
    """These people without the one who acts: nobody is told what they have just done."""
    return [person for person in people if person != by]


def author(by: Actor) -> Person | None:
    """The person who acts, or None for the system and the command line."""
    return by if isinstance(by, Person) else None
