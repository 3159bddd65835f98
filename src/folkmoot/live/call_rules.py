"""Who may do what on a call that runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, Power
from folkmoot.groups.rules import is_open_for_work, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor
from folkmoot.live.models import Hand, SpeakingCustom
from folkmoot.meetings.attendance_reading import times_of_call
from folkmoot.meetings.attendance_rules import takes_attendance
from folkmoot.meetings.call_role_rules import may_moderate
from folkmoot.meetings.call_roles_reading import has_taken_a_turn
from folkmoot.meetings.joint_rules import has_power_at
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person

Who: TypeAlias = "Actor | AnonymousUser | None"

CLOSES_BY_ITSELF_AFTER = timedelta(hours=12)
"""How long after its planned end a call that nobody closed is closed."""

__all__ = [
    "CLOSES_BY_ITSELF_AFTER",
    "Who",
    "may_call_on",
    "may_lower",
    "may_moderate",
    "may_open",
    "may_set_speaking_custom",
    "may_speak",
]


def may_open(actor: Who, meeting: Meeting, *, now: datetime) -> Verdict:
    """Open a call: who moderates it, from a quarter of an hour before it begins until half a day after its end."""
    if now >= meeting.ends_at + CLOSES_BY_ITSELF_AFTER:
        return no(_("This call is over."))
    if not (verdict := may_moderate(actor, meeting)):
        return verdict
    if meeting.is_planned and not times_of_call(meeting).has_opened(now):
        return no(_("A call can be opened from a quarter of an hour before it begins."))
    return takes_attendance(meeting, now)


def may_call_on(actor: Who, meeting: Meeting) -> Verdict:
    """Say who speaks, put the queue into another order, raise a hand for somebody else: who moderates the call."""
    return may_moderate(actor, meeting)


def may_speak(actor: Who, meeting: Meeting, custom: SpeakingCustom | None = None) -> Verdict:
    """Raise a hand: who contributes to a group whose call it is or has a role on it; observers by the group's custom.

    `custom` is that of the host, where the caller has it already.
    """
    if isinstance(actor, Person) and actor.is_active:
        if not (verdict := is_open_for_work(meeting.group)):
            return verdict
        if has_power_at(actor, meeting, Power.MANAGE, Power.TAKE_PART):
            return YES
        if has_taken_a_turn(actor, meeting):
            return YES
        if has_power_at(actor, meeting):
            custom = custom or SpeakingCustom.objects.filter(group=meeting.group).first()
            if custom is not None and custom.observers_speak:
                return YES
            return no(
                _("Observers listen on the calls of %(group)s. The moderator can give you the floor.") % _of(meeting)
            )
    return no(_("Those who take part in %(group)s speak on its calls.") % _of(meeting))


def may_lower(actor: Who, hand: Hand, meeting: Meeting) -> Verdict:
    """Take a hand down, or say that somebody has spoken: whose it is, and who moderates the call."""
    if isinstance(actor, Person) and actor.is_active and actor.pk == hand.person_id:
        return YES
    return may_moderate(actor, meeting)


def may_set_speaking_custom(actor: Who, group: Group) -> Verdict:
    """Say how people speak on the calls of a group: who leads it."""
    return may_manage(actor, group)


def _of(meeting: Meeting) -> dict[str, str]:
    return {"group": meeting.group.name}
