"""Who may follow a call while it runs."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.queries import who_holds_anything
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.attendance_rules import CALL_HELPERS
from folkmoot.meetings.joint_rules import is_of_call
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person
from folkmoot.people.rules import is_steward

Who: TypeAlias = "Actor | AnonymousUser | None"


def people_of_call(meeting: Meeting, among: Collection[int]) -> set[int]:
    """Those of the people with these keys who have a role or seat in a group whose call it is; three queries."""
    return who_holds_anything(meeting.groups, among)


def may_follow_call(actor: Who, meeting: Meeting, *, of_call: Collection[int] | None = None) -> Verdict:
    """Open the page of a running call and hear of its changes: who takes part, holds a seat or helps, and the steward.

    The same people who may see who was there. Guests have a page of their own and follow nothing. Where many are asked
    about, `of_call` is what `people_of_call` said.
    """
    if isinstance(actor, Person) and actor.is_active:
        is_of_it = is_of_call(actor, meeting) if of_call is None else actor.pk in of_call
        if is_of_it or any(helps(actor, meeting) for helps in CALL_HELPERS):
            return YES
    if is_steward(actor):
        return YES
    return no(
        _("While it runs, a call is followed by those who take part in %(group)s.") % {"group": meeting.group.name}
    )
