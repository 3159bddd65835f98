"""Who runs the installation, and who is held."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.facts import PersonRestored, PersonSuspended, StewardNamed, StewardUnnamed
from folkmoot.people.models import Person, Standing
from folkmoot.people.rules import may_run_the_installation
from folkmoot.people.sessions import end_every_session
from folkmoot.people.waiting import is_waiting


@transaction.atomic
def name_steward(person: Person, *, by: Actor) -> None:
    """Let a person run the installation; done twice, it is told once."""
    require(may_run_the_installation(by))
    held = hold_person(person)
    if held.standing != Standing.ACTIVE:
        raise Refused(_("Only somebody who can sign in may be a steward."), code="not_active")
    if not held.is_steward:
        held.is_steward = person.is_steward = True
        held.save(update_fields=["is_steward"])
        record(StewardNamed(name=held.name), by=by, about=held, on=held)


@transaction.atomic
def unname_steward(person: Person, *, by: Actor) -> None:
    """Take the keys from a steward; Refused `last_steward` for the only one. Done twice, it is told once."""
    require(may_run_the_installation(by))
    [held] = hold_with_stewards(person)
    if held.is_steward:
        refuse_last_steward(held)
        held.is_steward = person.is_steward = False
        held.save(update_fields=["is_steward"])
        record(StewardUnnamed(name=held.name), by=by, about=held, on=held)


@transaction.atomic
def suspend_person(person: Person, *, by: Actor) -> None:
    """Hold a person: their sessions end and they cannot sign in. Nothing they did or hold is touched.

    Refused `last_steward` for the only steward, and `yourself` for oneself. Done twice, it is told once.
    """
    require(may_run_the_installation(by))
    [held] = hold_with_stewards(person)
    if held == by:
        raise Refused(_("You cannot hold yourself; another steward can."), code="yourself")
    if held.standing == Standing.ACTIVE:
        refuse_last_steward(held)
        held.is_active = person.is_active = False
        held.save(update_fields=["is_active"])
        # Whoever is let back signs in anew: a device in wrong hands does not come back with them.
        end_every_session(held)
        record(PersonSuspended(name=held.name), by=by, about=held, on=held)
    elif held.standing != Standing.SUSPENDED:
        raise gone(held)


@transaction.atomic
def restore_person(person: Person, *, by: Actor) -> None:
    """Let somebody who was held sign in again; done twice, it is told once."""
    require(may_run_the_installation(by))
    held = hold_person(person)
    if is_waiting(held):
        raise Refused(
            _("%(name)s signed up and waits. Please let them in, or turn them away, among the waiting people.")
            % {"name": held.name},
            code="waiting",
        )
    if held.standing == Standing.SUSPENDED:
        held.is_active = person.is_active = True
        held.save(update_fields=["is_active"])
        record(PersonRestored(name=held.name), by=by, about=held, on=held)
    elif held.standing != Standing.ACTIVE:
        raise gone(held)


def hold_with_stewards(*people: Person) -> list[Person]:
    """The rows of these people as they are now, held until this transaction ends, and those of all stewards.

    So two stewards cannot both leave, each counting on the other. All are taken at once, in one order.
    """
    wanted = models.Q(is_steward=True) | models.Q(pk__in=[person.pk for person in people])
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(wanted).order_by("pk")}
    return [rows[person.pk] for person in people]


def hold_person(person: Person) -> Person:
    """One person's row as it is now, held until this transaction ends."""
    return Person.objects.select_for_update().get(pk=person.pk)


def refuse_last_steward(person: Person) -> None:
    """Refused `last_steward` when nobody else could run the installation."""
    others = Person.objects.filter(is_steward=True, is_active=True).exclude(pk=person.pk)
    if person.is_steward and person.is_active and not others.exists():
        raise Refused(
            _("%(name)s is the only steward. Please make somebody else a steward first.") % {"name": person.name},
            code="last_steward",
        )


def gone(person: Person) -> Refused:
    """What is said of a record that is nobody's any more."""
    if person.standing == Standing.MERGED:
        return Refused(_("This record was merged into another one."), code="merged")
    return Refused(_("This person has left, and their record was erased."), code="erased")
