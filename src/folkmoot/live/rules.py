"""Who may follow a call while it runs."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.rules import leads
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.attendance_rules import CALL_HELPERS
from folkmoot.meetings.joint_rules import is_of_call
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person

Who: TypeAlias = "Actor | AnonymousUser | None"


def may_follow_call(actor: Who, meeting: Meeting) -> Verdict:
    """Open the page of a running call and hear of its changes: who takes part, holds a seat or helps, and the steward.

    The same people who may see who was there. Guests have a page of their own and follow nothing.
    """
    if leads(actor, meeting.group):
        return YES
    if isinstance(actor, Person) and (
        is_of_call(actor, meeting) or (actor.is_active and any(helps(actor, meeting) for helps in CALL_HELPERS))
    ):
        return YES
    return no(
        _("While it runs, a call is followed by those who take part in %(group)s.") % {"group": meeting.group.name}
    )
