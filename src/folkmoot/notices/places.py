"""Places that may have mailing lists. This room knows the organisation; rooms above enter theirs into `PLACES`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.registry import Registry
from folkmoot.kit.verdict import Verdict
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward, may_run_the_installation


@dataclass(frozen=True)
class Place:
    """One place: its key ("group:3"), its name, the local address of its page."""

    key: str
    name: str
    path: str = "/"


@dataclass(frozen=True)
class Places:
    """Places of one sort. `find` takes what stands after the colon of a key and answers None for what is not there."""

    find: Callable[[str], Place | None]
    may_look_after: Callable[[Actor, Place], Verdict]
    looked_after_by: Callable[[Person], Sequence[Place]]


PLACES: Registry[Places] = Registry("sort of place")


def place_named(key: str) -> Place:
    """The place of a key; Refused `not_found` when there is none."""
    sort, _colon, rest = key.partition(":")
    places = PLACES.get(sort)
    place = places.find(rest) if places else None
    if place is None:
        raise Refused(_("There is no such place."), code="not_found")
    return place


def may_look_after(actor: Actor, place: Place) -> Verdict:
    """Enter and remove the mailing lists of a place."""
    return PLACES[place.key.partition(":")[0]].may_look_after(actor, place)


def places_of(person: Person) -> list[Place]:
    """All places whose mailing lists a person looks after."""
    return [place for places in PLACES for place in places.looked_after_by(person)]


def _the_organisation(rest: str) -> Place | None:
    organisation = the_organisation()
    return Place("organisation", organisation.name) if organisation and not rest else None


def _of_steward(person: Person) -> Sequence[Place]:
    place = _the_organisation("") if is_steward(person) else None
    return [place] if place else []


PLACES.register(
    "organisation",
    Places(_the_organisation, lambda actor, _place: may_run_the_installation(actor), _of_steward),
    order=10,
    by=__name__,
)
