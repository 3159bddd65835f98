"""Erasing every word about a person, in every room, at once."""

from __future__ import annotations

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.actions.standing import gone, hold_with_stewards, refuse_last_steward
from folkmoot.people.domain.likeness import seek_key
from folkmoot.people.facts import PersonErased
from folkmoot.people.kept_pages import SHELF
from folkmoot.people.models import Clock, Person, Standing, Theme
from folkmoot.people.own_data import words_of_history
from folkmoot.people.person_data import PERSON_DATA
from folkmoot.people.queries import records_of
from folkmoot.people.rules import may_erase
from folkmoot.people.sessions import end_every_session


@transaction.atomic
def erase_person(person: Person, *, by: Actor) -> None:
    """Erase what is kept about a person and everything that was merged into their record; done twice, it is told once.

    A record without a name stays, so that what others rely on still points somewhere. Refused `last_steward` for
    the only steward, `merged` for a record that belongs to another one by now.
    """
    require(may_erase(by, person))
    [held] = hold_with_stewards(person)
    if held.standing == Standing.ERASED:
        return
    if held.standing == Standing.MERGED:
        raise gone(held)
    refuse_last_steward(held)
    records = records_of(held)
    for one in records:
        for entry in reversed(PERSON_DATA.entries()):
            entry.item.erase(one)
    for one in records:
        words_of_history(one)
        end_every_session(one)
        make_nameless(one)
    held.erased_at = timezone.now()
    held.save(update_fields=["erased_at"])
    record(PersonErased(), by=held if by == person else by, about=held, on=held)
    transaction.on_commit(caches[SHELF].clear)


def make_nameless(person: Person) -> None:
    """Take out of the row itself all that says who it was; it can no longer be signed in with."""
    person.name = _("Someone who left")
    person.email, person.zone = None, ""
    person.clock, person.theme, person.shortcuts = Clock.H24, Theme.SYSTEM, True
    person.is_steward, person.is_active, person.has_public_profile = False, False, False
    person.last_login = None
    person.set_unusable_password()
    person.save()


def check_typed_name(person: Person, typed: str) -> None:
    """Refused `invalid` unless somebody typed the name of the person whom they are about to erase."""
    if seek_key(typed) != seek_key(person.name):
        raise Refused(
            _("That is not the name. Please type “%(name)s” to go on.") % {"name": person.name}, code="invalid"
        )
