"""Who may do what about call roles, turns and announcements."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.queries import has_power
from folkmoot.groups.rules import is_open_for_work, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.call_roles_reading import has_turn
from folkmoot.meetings.domain.role_words import CRIER, MODERATOR
from folkmoot.meetings.joint_rules import has_power_at
from folkmoot.meetings.models import Meeting, Turn
from folkmoot.people.models import Person

Who: TypeAlias = "Actor | AnonymousUser | None"


def may_take_turns(actor: Who, group: Group) -> Verdict:
    """Have a call role, and say that one can: whoever takes part in the group, in whatever role."""
    if isinstance(actor, Person) and actor.is_active and has_power(actor, group):
        return is_open_for_work(group)
    return no(_("Those who take part in %(group)s take turns at its calls.") % {"group": group.name})


def may_take_turn_at(actor: Who, meeting: Meeting) -> Verdict:
    """Have a call role at one call: whoever takes part in its group or in one that joins it."""
    if isinstance(actor, Person) and actor.is_active and has_power_at(actor, meeting):
        return is_open_for_work(meeting.group)
    return no(_("Those who take part in %(group)s take turns at its calls.") % {"group": meeting.group.name})


def may_see_rota(actor: Who, group: Group) -> Verdict:
    """Who is willing, and who is next: whoever takes part in the group, and who leads it."""
    if has_power(actor, group) or may_manage(actor, group):
        return YES
    return no(_("The rota of %(group)s is for those who take part in it.") % {"group": group.name})


def may_set_call_roles(actor: Who, group: Group) -> Verdict:
    """Say which roles calls have, and ask people for a turn: whoever leads the group."""
    return may_manage(actor, group)


def may_answer_turn(actor: Who, turn: Turn) -> Verdict:
    """Say yes or no to a turn: whoever was asked."""
    if isinstance(actor, Person) and actor.is_active and actor.pk == turn.person_id:
        return is_open_for_work(turn.meeting.group)
    return no(_("Only whoever was asked can answer."))


def may_hand_back(actor: Who, turn: Turn) -> Verdict:
    """Give a turn back: whoever has it, and who leads the group."""
    if isinstance(actor, Person) and actor.is_active and actor.pk == turn.person_id:
        return is_open_for_work(turn.meeting.group)
    return may_manage(actor, turn.meeting.group)


def may_moderate(actor: Who, meeting: Meeting) -> Verdict:
    """Lead through a call and its agenda: its moderator, and who leads the group."""
    if verdict := may_manage(actor, meeting.group):
        return verdict
    if isinstance(actor, Person) and actor.is_active and has_turn(actor, meeting, MODERATOR):
        return is_open_for_work(meeting.group)
    return no(_("The moderator of this call does this, or a manager of %(group)s.") % {"group": meeting.group.name})


def may_announce(actor: Who, meeting: Meeting) -> Verdict:
    """Announce a call: its crier, and who leads the group."""
    if verdict := may_manage(actor, meeting.group):
        return verdict
    if isinstance(actor, Person) and actor.is_active and has_turn(actor, meeting, CRIER):
        return is_open_for_work(meeting.group)
    return no(_("The crier of this call announces it, or a manager of %(group)s.") % {"group": meeting.group.name})


def may_read_announcements(actor: Who, meeting: Meeting) -> Verdict:
    """Read what was announced: whom it was sent to, which is everybody who takes part, and who may announce."""
    if has_power_at(actor, meeting) or may_announce(actor, meeting):
        return YES
    return no(_("Announcements are for those who take part in %(group)s.") % {"group": meeting.group.name})


def is_to_come(meeting: Meeting, *, now: datetime | None = None) -> Verdict:
    """Whether something can still be prepared for a call: it is planned, and has not begun."""
    if meeting.is_planned and meeting.starts_at > (now or timezone.now()):
        return YES
    if meeting.is_planned:
        return no(_("This call has begun, or is over."))
    return no(_("This call does not take place."))
