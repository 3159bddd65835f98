"""What breaks and holidays do to a slot: its meetings, and what calendars are told to leave out."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from folkmoot.calendar.actions import withdraw
from folkmoot.groups.models import Group
from folkmoot.meetings.actions.publishing import publish_meeting, stands_alone
from folkmoot.meetings.domain.left_out import HolidaysOf, LeavesOut, Span
from folkmoot.meetings.models import HolidayRule, Meeting, Pause, Slot, Status


def leaves_out_of(group: Group) -> dict[int, LeavesOut]:
    """What keeps the series of a group from being held, by the place of the series; two queries."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for pause in Pause.objects.filter(group=group):
        spans[pause.position].append(Span(pause.first_day, pause.last_day, pause.reason, pause.meets_anyway))
    rules: dict[int, list[HolidaysOf]] = defaultdict(list)
    for rule in HolidayRule.objects.filter(group=group):
        rules[rule.position].append(HolidaysOf(rule.country, rule.subdivision, rule.since, rule.until))
    return {
        position: LeavesOut(tuple(spans[position]), tuple(rules[position])) for position in spans.keys() | rules.keys()
    }


def settle_left_out(slot: Slot, pauses: LeavesOut, *, now: datetime) -> bool:
    """Drop what is left out now and bring back what no longer is; whether anything changed for calendars.

    A meeting that was moved or cancelled by hand stays as it is, and so does one that has begun. The caller publishes
    the slot.
    """
    due = pauses.of_plan(slot.plan, timezone.localdate(now))
    if not due and not slot.left_out:
        return False
    touched = Q(original__range=(min(due), max(due))) if due else Q(pk=None)
    meetings = {one.original: one for one in slot.meetings.filter(touched | ~Q(skipped_for=""))}
    left: dict[datetime, str] = {}
    for original, why in due.items():
        meeting = meetings.get(original)
        if meeting is not None:
            meeting.slot = slot
            begun = meeting.starts_at <= now and not meeting.skipped_for
            if meeting.is_moved or meeting.is_cancelled or begun:
                continue
            _drop(meeting, why)
        left[original] = why
    for meeting in meetings.values():
        if meeting.skipped_for and meeting.original not in left and meeting.starts_at > now:
            meeting.slot = slot
            _bring_back(meeting)
    kept = {original.isoformat(timespec="minutes"): why for original, why in left.items()}
    if kept == slot.left_out:
        return False
    slot.left_out = kept
    slot.save(update_fields=["left_out"])
    return True


def _drop(meeting: Meeting, why: str) -> None:
    if meeting.is_dropped and meeting.skipped_for == why:
        return
    was_planned = not meeting.is_dropped
    meeting.status, meeting.skipped_for = Status.DROPPED, why
    meeting.save(update_fields=["status", "skipped_for"])
    if was_planned and meeting.slot is not None:
        # One that was cancelled and restored stands in calendars by itself.
        withdraw(meeting.slot.uid, recurrence_id=meeting.original)


def _bring_back(meeting: Meeting) -> None:
    assert meeting.slot is not None
    assert meeting.original is not None
    day = meeting.original.date()
    takes_place = bool(meeting.slot.plan.days(day, day))
    meeting.status, meeting.skipped_for = (Status.PLANNED if takes_place else Status.DROPPED), ""
    meeting.save(update_fields=["status", "skipped_for"])
    if takes_place and stands_alone(meeting):
        publish_meeting(meeting)
