from __future__ import annotations

from folkmoot.groups.models import Group
from folkmoot.meetings.actions.call_roles import set_willing
from folkmoot.meetings.models import Turn
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person

ALL = ("moderator", "scribe", "crier")


def can(person: Person, group: Group, *keys: str) -> Person:
    """Somebody who can take turns in these roles, or in all of them."""
    set_willing(group, keys=keys or ALL, by=person)
    return person


def turns() -> list[tuple[str, str, str]]:
    """Every turn in the order in which they came: person, role and state."""
    return list(Turn.objects.order_by("pk").values_list("person__name", "role__key", "state"))


def told() -> list[tuple[str, str]]:
    """Who was told what, in order: name and subject."""
    return list(Telling.objects.order_by("pk").values_list("person__name", "subject"))
