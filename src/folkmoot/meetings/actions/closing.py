"""The calls of a group that closes, that opens again, or that has another name."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from folkmoot.calendar.actions import withdraw
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.left_out import leaves_out_of
from folkmoot.meetings.actions.publishing import one_at_a_time, publish_meeting, stands_alone
from folkmoot.meetings.actions.series import bring_in_order, end_series, settle_series
from folkmoot.meetings.models import Meeting, Status


@transaction.atomic
def stop_meetings(group: Group, *, closed_on: date, by: Actor) -> None:
    """End a closed group's series with the day on which it closed, and drop the calls after it; twice is once."""
    one_at_a_time(group)
    group.refresh_from_db()
    if not group.is_closed:
        return
    pauses = leaves_out_of(group)
    for series in group.series.prefetch_related("slots"):
        series.group = group
        end_series(series, closed_on, by=by)
        settle_series(series, pauses.get(series.position))
    besides = group.meetings.filter(
        slot=None, starts_at__gt=timezone.now(), starts__gt=datetime.combine(closed_on, time(23, 59))
    )
    for meeting in besides.exclude(status=Status.DROPPED):
        meeting.status = Status.DROPPED
        meeting.save(update_fields=["status"])
        withdraw(meeting.uid)


@transaction.atomic
def resume_meetings(group: Group, *, closed_on: date, by: Actor) -> None:
    """Let the series run again that ended when the group closed, and their coming calls take place; twice is once."""
    one_at_a_time(group)
    group.refresh_from_db()
    if group.is_closed:
        return
    running = set(group.series.filter(ends_on=None).values_list("position", flat=True))
    later: dict[int, date] = {}
    ended = group.series.filter(ends_on=closed_on).exclude(position__in=running)
    for series in ended.prefetch_related("slots").order_by("-pk"):
        # One series runs in a place at a time: the last goes on, those before it up to the next one.
        following = later.get(series.position)
        later[series.position] = min(slot.first_date for slot in series.slots.all())
        series.ends_on = following - timedelta(days=1) if following else None
        series.save(update_fields=["ends_on"])
    bring_in_order(group, by=by)
    coming = Meeting.objects.filter(
        slot__series__group=group, status=Status.DROPPED, skipped_for="", starts_at__gt=timezone.now()
    )
    for meeting in coming.select_related("group", "slot__series__group"):
        ends_on = meeting.slot.series.ends_on if meeting.slot else None
        if ends_on is not None and meeting.original is not None and meeting.original.date() > ends_on:
            continue
        meeting.status = Status.PLANNED
        meeting.save(update_fields=["status"])
        if meeting.is_moved:
            publish_meeting(meeting)


@transaction.atomic
def show_name(group: Group, *, by: Actor) -> None:
    """Let calendars show the name that a group has now, for its series and for calls that stand by themselves."""
    bring_in_order(group, by=by)
    coming = group.meetings.filter(starts_at__gt=timezone.now()).exclude(status=Status.DROPPED)
    for meeting in coming.select_related("group", "slot__series__group"):
        if stands_alone(meeting):
            publish_meeting(meeting)
