"""The dated checklist of each call: begun, moved and stopped with it; whoever has a role has its lines."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.call_list import CALL_LIST
from folkmoot.meetings.call_roles_reading import are_in_use, turns_at
from folkmoot.meetings.models import CallRole, Meeting
from folkmoot.plan.actions import free_part, give_part, move_anchor, start_checklist, stop_checklist
from folkmoot.plan.actions.checklists import leave_out_line
from folkmoot.plan.models import Checklist, ChecklistState
from folkmoot.ui import times

BEGINS_BEFORE = timedelta(days=16)
"""How long before a call its list begins, so that its first reminder comes in time."""


@transaction.atomic
def bring_call_list_in_order(meeting: Meeting, *, again: bool = False, by: Actor) -> Checklist | None:
    """Begin, move or stop the list of a call as the call is now, and give its parts to those who have the roles.

    Done twice, it is done once. None where a call has no list: it is too far ahead, over, or cancelled, or the group
    does nothing with call roles. A list that was stopped stays so; `again` begins another one in its place.
    """
    Group.objects.select_for_update().get(pk=meeting.group_id)
    meeting = Meeting.objects.select_related("group").get(pk=meeting.pk)
    present = call_list_of(meeting)
    if not meeting.is_planned or meeting.group.is_closed:
        if present is not None and present.is_open:
            stop_checklist(present, why=_("The call does not take place."), by=by)
        return None
    roles = list(meeting.group.call_roles.all())
    if present is None:
        now = timezone.now()
        if not are_in_use(meeting.group) or not now < meeting.starts_at <= now + BEGINS_BEFORE:
            return None
        if not again and _lists_of(meeting).exists():
            return None
        present = _begin(meeting, roles, by=by)
    if present.is_open and present.anchor_on != meeting.starts.date():
        move_anchor(present, meeting.starts.date(), name=_name(meeting), by=by)
        present.refresh_from_db()
    if present.is_open:
        _give_parts(present, meeting, roles, by=by)
    return present


def call_list_of(meeting: Meeting) -> Checklist | None:
    """The list of a call that runs or is done; one that was stopped does not count."""
    found = _lists_of(meeting).exclude(state=ChecklistState.STOPPED)
    return found.select_related("group", "person").order_by("pk").first()


def _lists_of(meeting: Meeting) -> QuerySet[Checklist]:
    return Checklist.objects.filter(
        subject_type=ContentType.objects.get_for_model(Meeting), subject_id=meeting.pk, template_key=CALL_LIST
    )


def _begin(meeting: Meeting, roles: list[CallRole], *, by: Actor) -> Checklist:
    people = {turn.role.key: turn.person for turn in turns_at(meeting).values() if turn.is_taken}
    checklist = start_checklist(
        CALL_LIST,
        group=meeting.group,
        anchor=meeting.starts.date(),
        people=people,
        subject=meeting,
        name=_name(meeting),
        by=by,
    )
    off = {role.key: role.name for role in roles if not role.is_on}
    for line in checklist.lines.filter(who__in=off):
        leave_out_line(line, _("This group has no %(role)s.") % {"role": off[line.who]})
    checklist.refresh_from_db()
    return checklist


def _name(meeting: Meeting) -> str:
    return _("Call on %(day)s") % {"day": times.plain_date(meeting.starts.date())}


def _give_parts(checklist: Checklist, meeting: Meeting, roles: list[CallRole], *, by: Actor) -> None:
    turns = turns_at(meeting)
    holders = {role.key: turns[role.pk].person for role in roles if role.pk in turns and turns[role.pk].is_taken}
    playing = {part.who: part.person_id for part in checklist.parts.all()}
    for role in roles:
        holder = holders.get(role.key)
        if holder is not None and playing.get(role.key) != holder.pk:
            give_part(checklist, role.key, holder, by=by)
        elif holder is None and role.key in playing:
            free_part(checklist, role.key, by=by)
