"""Who may do what with minutes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.groups.rules import is_open_for_work, may_manage
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.meetings.attendance_rules import Who, may_see_who_was_there
from folkmoot.meetings.call_roles_reading import has_turn
from folkmoot.meetings.domain.role_words import SCRIBE
from folkmoot.meetings.models import Meeting, Minutes
from folkmoot.people.models import Person


def may_write_minutes(actor: Who, meeting: Meeting) -> Verdict:
    """Write the minutes of a call and lay them open: who leads the group, and who has the scribe's turn."""
    verdict = may_manage(actor, meeting.group)
    if verdict:
        return YES
    if isinstance(actor, Person) and actor.is_active and has_turn(actor, meeting, SCRIBE):
        return is_open_for_work(meeting.group)
    return no(_("The scribe of this call, and those who lead %(group)s, write its minutes.") % _of(meeting))


def may_lead_minutes(actor: Who, meeting: Meeting) -> Verdict:
    """Publish and correct minutes, clear what the check found, note that a call approved them: who leads the group."""
    return may_manage(actor, meeting.group)


def may_set_minutes_custom(actor: Who, group: Group) -> Verdict:
    """Say how a group does its minutes: who leads it."""
    return may_manage(actor, group)


def may_bring_in(actor: Who, group: Group) -> Verdict:
    """Bring in older minutes of a group, and take all of its minutes out: who leads it."""
    return may_manage(actor, group)


def may_read_minutes(actor: Who, meeting: Meeting) -> Verdict:
    """Read minutes as they were written, with names and private items: who takes part in the group, and stewards."""
    if may_see_who_was_there(actor, meeting) or may_write_minutes(actor, meeting):
        return YES
    return no(_("Until they are published, minutes are for those who take part in %(group)s.") % _of(meeting))


def may_ask_for_change(actor: Who, minutes: Minutes) -> Verdict:
    """Ask that minutes which lie open be changed: who may read them."""
    if not minutes.is_proposed:
        return no(_("These minutes do not lie open for approval."))
    if verdict := may_read_minutes(actor, minutes.meeting):
        return is_open_for_work(minutes.meeting.group)
    return verdict


def takes_minutes(meeting: Meeting, *, now: datetime) -> Verdict:
    """Whether minutes may begin: the call takes place, and has begun."""
    if not meeting.is_planned:
        return no(_("This call does not take place, so it has no minutes."))
    if meeting.starts_at > now:
        return no(_("Minutes begin with the call."))
    return YES


def _of(meeting: Meeting) -> dict[str, str]:
    return {"group": meeting.group.name}
