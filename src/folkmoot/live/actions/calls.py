"""Opening a call for those who are on it, and closing it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.live.actions.holding import hold_running, stop_clock
from folkmoot.live.actions.pulses import pulse
from folkmoot.live.call_rules import CLOSES_BY_ITSELF_AFTER, may_moderate, may_open
from folkmoot.live.domain.speaking import Kind
from folkmoot.live.facts import CallClosed, CallOpened
from folkmoot.live.models import HandState, RunningCall
from folkmoot.meetings.actions.attendance import hold_call
from folkmoot.meetings.attendance_rules import takes_attendance
from folkmoot.meetings.models import Meeting
from folkmoot.plan.who import author


@transaction.atomic
def open_call(meeting: Meeting, *, by: Actor) -> RunningCall:
    """Open a call: its page runs, and people raise their hands. Opened twice, it is told once.

    One that was closed too early goes on where it was. Refused `forbidden`, `not_now` when it is too early or too late.
    """
    held, now = hold_call(meeting), timezone.now()
    require(may_moderate(by, held))
    if not (verdict := may_open(by, held, now=now)):
        raise Refused(verdict.reason, code="not_now")
    call, is_new = RunningCall.objects.get_or_create(meeting=held, defaults={"opened_at": now, "opened_by": author(by)})
    call.meeting = held
    if not is_new:
        if call.is_on:
            return call
        call.closed_at = None
        call.save(update_fields=["closed_at"])
    pulse(held, "call")
    record(CallOpened(meeting_id=held.pk), by=by, on=held, within=held.group)
    return call


@transaction.atomic
def close_call(meeting: Meeting, *, by: Actor) -> RunningCall:
    """Close a call: its clock stands, and all hands are deleted; how many spoke is kept. Done twice, it is told once.

    What is not done on its agenda goes to the next call as ever. Refused `forbidden`, `not_open` for one that was
    never opened.
    """
    require(may_moderate(by, meeting))
    found = RunningCall.objects.filter(pk=meeting.pk).first()
    if found is not None and not found.is_on:
        return found
    return _close(hold_running(meeting), by=by)


def close_forgotten_calls(*, now: datetime) -> int:
    """Close calls that ended half a day ago and nobody closed, and those that do not take place now after all.

    The latter were cancelled or moved, or their group was closed. Returns how many that were.
    """
    closed = 0
    for call in RunningCall.objects.filter(closed_at=None).select_related("meeting__group"):
        if _goes_on(call.meeting, now):
            continue
        with transaction.atomic():
            try:
                held = hold_running(call.meeting)
            except Refused:  # somebody closed it meanwhile
                continue
            if not _goes_on(held.meeting, now):
                _close(held, by=system())
                closed += 1
    return closed


def _goes_on(meeting: Meeting, now: datetime) -> bool:
    return bool(takes_attendance(meeting, now)) and now < meeting.ends_at + CLOSES_BY_ITSELF_AFTER


def _close(call: RunningCall, *, by: Actor) -> RunningCall:
    now = timezone.now()
    stop_clock(call, now=now)
    spoke = call.hands.filter(state__in=(HandState.SPEAKING, HandState.DONE)).exclude(kind=Kind.POINT_OF_ORDER)
    call.spoke += spoke.count()
    call.closed_at = now
    call.save(update_fields=["closed_at", "began_at", "spent", "spoke"])
    call.hands.all().delete()
    pulse(call.meeting, "call")
    record(CallClosed(meeting_id=call.pk, spoke=call.spoke), by=by, on=call.meeting, within=call.meeting.group)
    return call
