"""Who may do what in a group."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import has_power
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
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
