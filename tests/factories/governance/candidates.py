"""A small cast around an election, and what they were told."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from folkmoot.groups.models import Group, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from folkmoot.people.actions import name_steward
from tests.factories.groups import join
from tests.factories.people import PersonFactory

ROLES = ("stranger", "observer", "participant", "manager", "officer", "candidate", "steward")


def cast_of(group: Group) -> SimpleNamespace:
    """One person of each role, who is called like it."""
    people = {role: PersonFactory(name=role.title()) for role in ROLES}
    join(people["observer"], group, Power.OBSERVE)
    join(people["manager"], group, Power.MANAGE)
    for role in ("participant", "officer", "candidate"):
        join(people[role], group, Power.TAKE_PART)
    name_steward(people["steward"], by=machine())
    return SimpleNamespace(**people)


def told(*, of: str = "governance.") -> list[tuple[str, str]]:
    """Who was told what, by name."""
    return sorted(Telling.objects.filter(kind__startswith=of).values_list("person__name", "kind"))


def facts() -> list[str]:
    """What was recorded of elections, in order."""
    return list(Entry.objects.filter(kind__startswith="governance.").order_by("pk").values_list("kind", flat=True))


def code(act: Callable[[], object]) -> str:
    """The code of a refusal, or `done`."""
    try:
        act()
    except Refused as refused:
        return refused.code
    return "done"
