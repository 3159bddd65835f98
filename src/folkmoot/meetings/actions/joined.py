"""Keeping the rows of joined meetings in step with what groups agreed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from folkmoot.meetings.joint_reading import joins
from folkmoot.meetings.models import JoinedMeeting, JointCall, JointState, Meeting


@transaction.atomic(savepoint=False)
def keep_joined(host_id: int, *, now: datetime) -> bool:
    """Let just those groups join each coming meeting of a host that agreed to; whether anything changed.

    Meetings that have begun stay as they were. Two queries for a host that holds its calls alone.
    """
    # Locked with what only waits for an answer, so that meetings made meanwhile are not missed.
    asked = JointCall.objects.filter(host=host_id, state__in=[JointState.ASKED, JointState.AGREED])
    agreed = [one for one in asked.select_for_update().order_by("pk") if one.is_agreed]
    kept = JoinedMeeting.objects.filter(meeting__group=host_id, meeting__starts_at__gt=now)
    if not agreed and not kept.exists():
        return False
    coming = Meeting.objects.filter(group=host_id, starts_at__gt=now).select_related("slot__series")
    wanted = {(meeting.pk, one.group_id) for meeting in coming for one in agreed if joins(one, meeting)}
    there = {(row.meeting_id, row.group_id): row.pk for row in kept}
    gone = [there[pair] for pair in there.keys() - wanted]
    new = [JoinedMeeting(meeting_id=meeting, group_id=group) for meeting, group in sorted(wanted - there.keys())]
    JoinedMeeting.objects.filter(pk__in=gone).delete()
    JoinedMeeting.objects.bulk_create(new, ignore_conflicts=True)
    return bool(gone or new)
