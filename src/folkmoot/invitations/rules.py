"""Who may have invitations by mail, and who may invite people from outside."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import holds_anything
from folkmoot.groups.rules import may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person

Who: TypeAlias = "Actor | AnonymousUser | None"


def may_wish_invitations(actor: Who, group: Group | None) -> Verdict:
    """Have the calls of a group as invitations: whoever has a role or seat there; being a guest is up to everybody."""
    if isinstance(actor, Person) and actor.is_active and (group is None or holds_anything(actor, group)):
        return YES
    return no(_("Invitations to all calls are for those who take part in the group."))


def may_invite_guests(actor: Who, meeting: Meeting) -> Verdict:
    """Ask somebody from outside to a call: whoever leads the group whose call it is."""
    return may_manage(actor, meeting.group)
