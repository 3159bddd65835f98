"""Who may do what before groups come into it: oneself, and the steward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Stand
from folkmoot.people.models import Person

if TYPE_CHECKING:
    from folkmoot.ledger.actors import Actor


def is_steward(actor: Actor | AnonymousUser | None) -> bool:
    """Whoever runs the installation: named persons, the system's jobs, and the command line of its machine.

    Whoever is signed in is one only while their steward mode is on.
    """
    if isinstance(actor, Stand):
        return True
    if not isinstance(actor, Person) or not may_use_steward_mode(actor):
        return False
    if actor.holds_back:
        actor.was_held_back = True
        return False
    return True


def may_use_steward_mode(actor: Actor | AnonymousUser | None) -> Verdict:
    """Switch steward mode on: the named persons, whether it is on or off."""
    if isinstance(actor, Person) and actor.is_active and actor.is_steward:
        return YES
    return no(_("Only a steward of this installation may do this."))


def may_run_the_installation(actor: Actor | AnonymousUser | None) -> Verdict:
    """Set up groups, read the outbox, change the organisation."""
    return YES if is_steward(actor) else no(_("Only a steward of this installation may do this."))


def may_change_profile(actor: Actor | AnonymousUser | None, person: Person) -> Verdict:
    """What people say of themselves is theirs alone; the system's own jobs fill the sample community."""
    if isinstance(actor, Stand) or (isinstance(actor, Person) and actor == person and actor.is_active):
        return YES
    return no(_("Only %(name)s may change what their profile says.") % {"name": person.name})


def may_read_record(actor: Actor | AnonymousUser | None, person: Person) -> Verdict:
    """Everything that is kept about a person: for themselves, and for a steward who answers their request."""
    if is_steward(actor) or (isinstance(actor, Person) and actor == person and actor.is_active):
        return YES
    return no(_("Only %(name)s or a steward may see everything that is kept.") % {"name": person.name})


def may_erase(actor: Actor | AnonymousUser | None, person: Person) -> Verdict:
    """Erase a record: oneself, or a steward whom somebody asked to."""
    if is_steward(actor) or (isinstance(actor, Person) and actor == person and actor.is_active):
        return YES
    return no(_("Only %(name)s or a steward may erase this record.") % {"name": person.name})


def may_hand_in(actor: Actor | AnonymousUser | None) -> Verdict:
    """Hand in a file; for what, the room that asks for it decides."""
    if isinstance(actor, Person) and actor.is_active:
        return YES
    return no(_("Please sign in to hand in a file."))
