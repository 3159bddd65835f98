"""What meetings does when a room below tells a fact."""

from __future__ import annotations

from datetime import date

from folkmoot.groups.facts import CharterAdopted, GroupClosed, GroupRenamed, GroupReopened, RoleLeft
from folkmoot.groups.models import CharterVersion, Group, Participation
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.meetings.actions import bring_in_order, resume_meetings, show_name, stop_meetings
from folkmoot.meetings.actions.call_lists import bring_call_list_in_order
from folkmoot.meetings.actions.call_roles import bring_roles_in_order, forget_willingness
from folkmoot.meetings.actions.joint import end_joint_calls_of
from folkmoot.meetings.actions.turns import release_turns, release_turns_of_strangers
from folkmoot.meetings.facts import MeetingCancelled, MeetingMoved, MeetingRestored
from folkmoot.meetings.models import JointState, Meeting


@reacts_to(CharterAdopted)
def follow_charter(entry: Entry) -> None:
    """Schedule what the charter asks for."""
    charter = CharterVersion.objects.select_related("group").get(pk=entry.payload["charter_id"])
    bring_in_order(charter.group, by=system())


@reacts_to(GroupClosed)
def stop_calls(entry: Entry) -> None:
    """End the series of a group that was closed, if it still is, and what it holds together with others."""
    group = Group.objects.get(pk=entry.within_id or 0)
    closed_on = group.state_since or entry.happened_at.date()
    stop_meetings(group, closed_on=closed_on, by=system())
    end_joint_calls_of(group, closed_on=closed_on, by=system())


@reacts_to(GroupReopened)
def resume_calls(entry: Entry) -> None:
    """Let the series of a group run again that was opened again, if it still is open."""
    group = Group.objects.get(pk=entry.within_id or 0)
    resume_meetings(group, closed_on=date.fromisoformat(entry.payload["closed_on"]), by=system())


@reacts_to(GroupRenamed)
def follow_name(entry: Entry) -> None:
    """Let calendars show what the group is called now, also at the calls of others that it joins."""
    group = Group.objects.get(pk=entry.within_id or 0)
    show_name(group, by=system())
    for host in Group.objects.filter(joint_calls__group=group, joint_calls__state=JointState.AGREED).distinct():
        show_name(host, by=system())


@reacts_to(CharterAdopted)
def follow_call_roles(entry: Entry) -> None:
    """Let calls have the roles that the charter in force names."""
    charter = CharterVersion.objects.select_related("group").get(pk=entry.payload["charter_id"])
    if not charter.group.is_closed:
        bring_roles_in_order(charter.group)


@reacts_to(MeetingMoved, MeetingCancelled, MeetingRestored)
def follow_with_call_list(entry: Entry) -> None:
    """Let the list of a call be as the call is now; a call that takes place after all begins another one."""
    meeting = Meeting.objects.get(pk=entry.payload["meeting_id"])
    bring_call_list_in_order(meeting, again=entry.kind == MeetingRestored.kind, by=system())


@reacts_to(RoleLeft)
def free_turns(entry: Entry) -> None:
    """Free the turns of somebody who has left a group, if they have not come back."""
    left = Participation.objects.select_related("person", "group").get(pk=entry.payload["participation_id"])
    here = Participation.objects.filter(person=left.person_id, group=left.group_id, ended_at=None)
    if not here.exists():
        forget_willingness(left.person, left.group)
        if not left.group.is_closed:
            release_turns(left.person, left.group, by=system())
        for host in Group.objects.filter(
            meetings__joined_groups=left.group, meetings__turns__person=left.person
        ).distinct():
            release_turns_of_strangers(host, by=system())
