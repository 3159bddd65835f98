"""What invitations do when calls or groups change: they ask how things are now, and mail what is news."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from folkmoot.groups.facts import RoleLeft
from folkmoot.groups.models import Participation
from folkmoot.groups.queries import holds_anything
from folkmoot.invitations.actions import bring_invitations_in_order
from folkmoot.invitations.models import CallInvitation, InvitationWish
from folkmoot.invitations.queries import calls_to_look_at
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import reacts_to
from folkmoot.meetings.facts import (
    CallsPaused,
    HolidaysKept,
    HolidaysLetGo,
    JoiningAgreed,
    JoiningEnded,
    MeetingAdded,
    MeetingCancelled,
    MeetingMoved,
    MeetingRestored,
    MeetingShifted,
    OwnSeriesEnded,
    PauseEnded,
    PlaceSettled,
    SeriesBegan,
    SeriesChanged,
    SeriesEnded,
    SeriesFollowsCharter,
)
from folkmoot.meetings.models import Meeting


@reacts_to(MeetingMoved, MeetingCancelled, MeetingRestored, MeetingAdded, MeetingShifted)
def follow_call(entry: Entry) -> None:
    """Let the invitations to one call be as the call is."""
    bring_invitations_in_order(Meeting.objects.get(pk=entry.payload["meeting_id"]))


@reacts_to(
    PlaceSettled,
    SeriesBegan,
    SeriesEnded,
    SeriesChanged,
    SeriesFollowsCharter,
    OwnSeriesEnded,
    CallsPaused,
    PauseEnded,
    HolidaysKept,
    HolidaysLetGo,
)
def follow_calls(entry: Entry) -> None:
    """Let the invitations to the calls of a group be as these are."""
    _look_at(Q(group=entry.within_id))


@reacts_to(JoiningAgreed, JoiningEnded)
def follow_joining(entry: Entry) -> None:
    """Invite whoever wants the calls of a group that joins, or call them off."""
    _look_at(Q(group=entry.payload["host_id"]))


@reacts_to(RoleLeft)
def follow_leaving(entry: Entry) -> None:
    """Take the calls of a group off the calendar of somebody who has left it, if they have not come back."""
    left = Participation.objects.select_related("person", "group").get(pk=entry.payload["participation_id"])
    if holds_anything(left.person, left.group):
        return
    open_ones = CallInvitation.objects.filter(person=left.person, ended_at=None, meeting__starts_at__gt=timezone.now())
    of_group = Q(meeting__group=left.group) | Q(meeting__joined_groups=left.group)
    for row in open_ones.filter(of_group).select_related("meeting").distinct():
        bring_invitations_in_order(row.meeting)
    InvitationWish.objects.filter(person=left.person, group=left.group).delete()


def _look_at(which: Q) -> None:
    for meeting in calls_to_look_at(which, now=timezone.now()):
        bring_invitations_in_order(meeting)
