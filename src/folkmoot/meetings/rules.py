"""Who may do what with meetings."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import leads, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.models import Meeting


def may_change_meeting(actor: Actor | AnonymousUser | None, meeting: Meeting) -> Verdict:
    """Move, cancel or restore a meeting: whoever leads its group, and the steward."""
    return may_manage(actor, meeting.group)


def may_see_join_link(actor: Actor | AnonymousUser | None, groups: Iterable[Group]) -> Verdict:
    """Where to join a call: whoever takes part in a group that holds it or leads one, and the steward."""
    if any(leads(actor, group) or has_power(actor, group) for group in groups):
        return YES
    return no(_("The way into a call is shown to those who take part in the group."))


def may_call_meeting(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Add a meeting besides the regular ones."""
    return may_manage(actor, group)
