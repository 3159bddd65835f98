"""A group as a place that may have mailing lists (`notices.places`); its key is "group:<id>"."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.groups.models import Group
from folkmoot.groups.queries import groups_led_by
from folkmoot.groups.rules import may_manage
from folkmoot.kit.verdict import Verdict
from folkmoot.ledger.actors import Actor
from folkmoot.notices.places import PLACES, Place, Places
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward

SORT = "group"


def place_of(group: Group) -> Place:
    """The group as a place; its key goes into a `notices.kinds.Audience`."""
    return Place(f"{SORT}:{group.pk}", group.name, group.get_absolute_url())


def enter() -> None:
    """Enter groups among the places."""
    PLACES.register(SORT, Places(_find, _may_look_after, _looked_after_by), order=20, by=__name__)


def _find(number: str) -> Place | None:
    group = Group.objects.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    return place_of(group) if group else None


def _may_look_after(actor: Actor, place: Place) -> Verdict:
    return may_manage(actor, Group.objects.get(pk=int(place.key.partition(":")[2])))


def _looked_after_by(person: Person) -> Sequence[Place]:
    groups = Group.objects.order_by("name") if is_steward(person) else groups_led_by(person)
    return [place_of(group) for group in groups]
