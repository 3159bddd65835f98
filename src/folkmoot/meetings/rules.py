"""Who may do what with meetings."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from folkmoot.groups.models import Group
from folkmoot.groups.rules import may_manage
from folkmoot.kit.verdict import Verdict
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.models import Meeting


def may_change_meeting(actor: Actor | AnonymousUser | None, meeting: Meeting) -> Verdict:
    """Move, cancel or restore a meeting: whoever leads its group, and the steward."""
    return may_manage(actor, meeting.group)


def may_call_meeting(actor: Actor | AnonymousUser | None, group: Group) -> Verdict:
    """Add a meeting besides the regular ones."""
    return may_manage(actor, group)
