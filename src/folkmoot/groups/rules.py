"""Who may do what in a group."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, GroupState, Power
from folkmoot.groups.queries import ancestors, has_power
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward


def may_found_group(actor: Actor | AnonymousUser | None) -> Verdict:
    """Bring a charter in and so found a group."""
    return YES if is_steward(actor) else no(_("Only a steward of this installation may found a group."))


def may_manage(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Lead the group: its managers, and the steward."""
    if is_steward(actor) or has_power(actor, group, Power.MANAGE):
        return YES
    return no(_("Only a manager of %(group)s or a steward may do this.") % {"group": group.name})


def may_read_notes_to_managers(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """What the charter reader noticed is for those who can mend it."""
    return may_manage(actor, group)


def may_oversee(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Appoint who leads the group, and set it up or close it: who leads a group above it, and the steward."""
    if is_steward(actor):
        return YES
    if isinstance(actor, Person) and any(has_power(actor, above, Power.MANAGE) for above in ancestors(group)):
        return YES
    return no(_("Only those who lead the group above %(group)s, or a steward, may do this.") % {"group": group.name})


def may_join(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Come into a group by one's own wish, or change one's role in it."""
    if not isinstance(actor, Person) or not actor.is_active:
        return no(_("Please sign in to join."))
    if group.state == GroupState.CLOSED:
        return no(_("%(group)s is closed, so nobody joins it any more.") % {"group": group.name})
    return YES


def may_invite(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Invite people to take part or to follow, answer who asks to join, and bring lists in: who leads the group."""
    verdict = may_manage(actor, group)
    if verdict and group.state == GroupState.CLOSED:
        return no(_("%(group)s is closed, so nobody joins it any more.") % {"group": group.name})
    return verdict


def may_read_names(actor: Actor | AnonymousUser | None) -> Verdict:
    """Read who takes part in a group: everybody who is signed in."""
    if is_steward(actor) or (isinstance(actor, Person) and actor.is_active):
        return YES
    return no(_("Names are shown to people who are signed in."))
