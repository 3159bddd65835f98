"""Who may see and change what about fair times."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor


def may_see_fair_times(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """What calls cost people in sum, and what would be fairer: whoever takes part in the group, and who leads it."""
    if has_power(actor, group) or may_manage(actor, group):
        return YES
    return no(_("Fair times of %(group)s are for those who take part in it.") % {"group": group.name})


def may_adopt_rotation(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Give the calls to a fairer rotation: whoever leads the group."""
    return may_manage(actor, group)
