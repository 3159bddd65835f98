"""One of everything that this part of connections has an address for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from folkmoot.connections.actions.newcomers import arrive, care_for_newcomers
from folkmoot.connections.actions.newcomers_check_ins import ask
from folkmoot.connections.models.newcomers import BuddyPair, Newcomer, NewcomerCheckIn
from folkmoot.groups.models import Group, Participation, Power
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from folkmoot.plan.actions.welcome import offer_welcome
from tests.factories.groups import join
from tests.factories.people import PersonFactory


def came(person: Person, group: Group, power: Power = Power.TAKE_PART) -> Newcomer | None:
    """Somebody joins, and is entered as a newcomer at once."""
    join(person, group, power)
    return arrive(Participation.objects.get(person=person, group=group, ended_at=None), by=system())


def on_rota(group: Group, *names: str, most: int = 2, **fields: Any) -> list[Person]:
    """People who came long ago and offer to be a buddy."""
    found = []
    for name in names:
        person = join(PersonFactory(name=name, **fields), group)
        Participation.objects.filter(person=person).update(began_at=timezone.now() - timedelta(days=200))
        offer_welcome(group, most=most, by=person)
        found.append(person)
    return found


def asked(newcomer: Newcomer, day: int = 7) -> NewcomerCheckIn:
    """The newcomer is asked how it goes."""
    ask(newcomer, day, now=timezone.now())
    return NewcomerCheckIn.objects.get(newcomer=newcomer, day=day)


def in_world(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """A newcomer to whom the participant is suggested as a buddy, and the participant's own question."""
    offer_welcome(group, most=2, by=people["participant"])
    care_for_newcomers(group, buddies="suggested", check_ins=True, by=system())
    newcomer = came(PersonFactory(name="Pim"), group)
    assert newcomer is not None
    mine = Newcomer.objects.create(group=group, person=people["participant"], came_at=timezone.now())
    return {
        "newcomer": newcomer,
        "newcomer_of_mine": mine,
        "buddy_pair": BuddyPair.objects.get(newcomer=newcomer),
        "newcomer_check_in": NewcomerCheckIn.objects.create(newcomer=mine, day=7, asked_at=timezone.now()),
    }
