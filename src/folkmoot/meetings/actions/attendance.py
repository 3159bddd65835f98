"""Noting who was at a call, taking that back, and closing the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor, system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.queries import entries_on
from folkmoot.meetings.attendance_reading import LOOKED_BACK, closed_on, counted, times_of_call
from folkmoot.meetings.attendance_rules import (
    may_look_after_call,
    may_note_attendance,
    may_say_present,
    takes_attendance,
)
from folkmoot.meetings.domain.presence import CLOSES_AFTER
from folkmoot.meetings.facts import AttendanceClosed, AttendanceWithdrawn, Attended
from folkmoot.meetings.models import Attendance, AttendanceClosing, CallCode, Meeting, Source, Status
from folkmoot.people.models import Person

LONGEST_WHY = 500
CLOSED_AT_ONCE = 200


@transaction.atomic
def record_attendance(
    meeting: Meeting, person: Person, *, by: Actor, source: Source = Source.HOST, why: str = ""
) -> Attendance:
    """Note that somebody was at a call; done twice, or by two at once, it is noted and told once.

    With the source `TAP` people say so of themselves, with `CODE` too (the code was looked at before), else whoever
    looks after the call does. Once the list is closed only who leads does, with a reason. Refused `forbidden`,
    `not_now` for a call that has not begun or is called off, `why_missing` without a reason, `gone` for a record that
    is nobody's.
    """
    held, now = hold_call(meeting), timezone.now()
    if source == Source.TAP:
        require(may_say_present(by, held, now))
    if source in (Source.TAP, Source.CODE):
        if by != person:
            raise Refused(_("People say of themselves that they are there."), code="forbidden")
        require_taking(held, now)
    else:
        require(may_note_attendance(by, held, now))
        _require_open(held, now)
    if person.erased_at or person.merged_into_id:
        raise Refused(_("This record is nobody’s any more."), code="gone")
    closed, why = settled_why(held, now, why, source)
    attendance = row_of(held, person=person)
    if attendance is not None and attendance.is_present:
        return attendance
    if attendance is None:
        attendance = Attendance(meeting=held, person=person)
    attendance.withdrawn_at, attendance.source = None, source
    attendance.noted_at, attendance.noted_by = now, author(by)
    attendance.why, attendance.corrected_at = why, closed or attendance.corrected_at
    attendance.save()
    record(
        Attended(meeting_id=held.pk, source=source, name=person.name, why=why),
        by=by,
        about=person,
        on=held,
        within=held.group,
        at=held.starts_at,
    )
    return attendance


@transaction.atomic
def withdraw_attendance(meeting: Meeting, person: Person, *, by: Actor, why: str = "") -> None:
    """Take back that somebody was at a call: themselves until the list is closed, and whoever may note it.

    Somebody who is not on the list stays so. Refused as `record_attendance` is.
    """
    held, now = hold_call(meeting), timezone.now()
    if by != person or closed_on(held, now=now) is not None:
        require(may_note_attendance(by, held, now))
    _require_open(held, now)
    closed, why = settled_why(held, now, why)
    attendance = row_of(held, person=person)
    if attendance is None or not attendance.is_present:
        return
    attendance.withdrawn_at = now
    if closed is not None:
        attendance.why, attendance.corrected_at, attendance.noted_by = why, closed, author(by)
    attendance.save()
    record(
        AttendanceWithdrawn(meeting_id=held.pk, name=person.name, why=why),
        by=by,
        about=person,
        on=held,
        within=held.group,
        at=held.starts_at,
        withdraws=_noted(held, person),
    )


@transaction.atomic
def tick_off(
    meeting: Meeting, *, there: Iterable[Person], not_there: Iterable[Person], by: Actor, why: str = ""
) -> int:
    """Note several people at once, as the host's list does with the boxes that were changed; how many changed.

    Those of whom it stands there already are left alone: what others ticked meanwhile stays.
    """
    held, now = hold_call(meeting), timezone.now()
    require(may_note_attendance(by, held, now))
    there, not_there = list(there), list(not_there)
    present = set(
        Attendance.objects.filter(meeting=held, withdrawn_at=None, person__in=[*there, *not_there]).values_list(
            "person", flat=True
        )
    )
    come = [person for person in there if person.pk not in present]
    gone = [person for person in not_there if person.pk in present]
    for person in come:
        record_attendance(held, person, by=by, why=why)
    for person in gone:
        withdraw_attendance(held, person, by=by, why=why)
    return len(come) + len(gone)


@transaction.atomic
def close_attendance(meeting: Meeting, *, by: Actor) -> AttendanceClosing:
    """Close the list of a call that is over: from now on only who leads corrects it. Done twice, it is told once.

    The mail addresses of guests are deleted, and guests who were taken off. Refused `forbidden`, and `not_now` for a
    call that is not over.
    """
    held, now = hold_call(meeting), timezone.now()
    require(may_look_after_call(by, held))
    if not held.is_planned or held.ends_at > now:
        raise Refused(_("This call is not over yet, or did not take place."), code="not_now")
    return _close(held, now, by=by)


@transaction.atomic
def close_lists_that_are_due(*, now: datetime) -> int:
    """Close the lists of calls whose fortnight is over; how many that were. For the schedule.

    Codes that hold no more are deleted.
    """
    CallCode.objects.filter(meeting__ends_at__lt=now - LOOKED_BACK).delete()
    due = calls_to_close(now=now)
    for meeting in due:
        _close(hold_call(meeting), now, by=system())
    return len(due)


def _close(held: Meeting, now: datetime, *, by: Actor) -> AttendanceClosing:
    closing, is_new = AttendanceClosing.objects.get_or_create(
        meeting=held, defaults={"closed_at": min(now, times_of_call(held).closes)}
    )
    if is_new:
        Attendance.objects.filter(meeting=held).exclude(guest_email="").update(guest_email="")
        Attendance.objects.filter(meeting=held, withdrawn_at__isnull=False).exclude(guest_key="").delete()
        number = counted(held)
        record(
            AttendanceClosed(meeting_id=held.pk, people=number.people, guests=number.guests),
            by=by,
            on=held,
            within=held.group,
            at=closing.closed_at,
        )
    return closing


def calls_to_close(*, now: datetime) -> list[Meeting]:
    """Calls with somebody on their list that should have closed by itself and has no mark of it yet."""
    found = (
        Meeting.objects.filter(
            status=Status.PLANNED,
            ends_at__lte=now - CLOSES_AFTER,
            attendance_closing=None,
            attendances__isnull=False,
        )
        .select_related("group")
        .distinct()
        .order_by("ends_at", "pk")
    )
    return list(found[:CLOSED_AT_ONCE])


def hold_call(meeting: Meeting) -> Meeting:
    """The call as it stands now; nobody else changes its list until this transaction ends.

    On PostgreSQL by a lock on its row; on SQLite the writing transaction itself keeps others out.
    """
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    return Meeting.objects.select_related("group", "attendance_closing").get(pk=meeting.pk)


def row_of(meeting: Meeting, **which: Any) -> Attendance | None:
    """The row of a person or guest on the list of a call that is held."""
    return Attendance.objects.filter(meeting=meeting, **which).first()


def settled_why(meeting: Meeting, now: datetime, why: str, source: Source = Source.HOST) -> tuple[datetime | None, str]:
    """When a change counts as a correction (now, for a closed list), and the reason that it then needs."""
    if closed_on(meeting, now=now) is None or source == Source.IMPORT:
        return None, ""
    why = one_line(why, most=LONGEST_WHY)
    if not why:
        raise Refused(_("This list is closed. Please say in a few words why it is corrected."), code="why_missing")
    return now, why


def author(by: Actor) -> Person | None:
    """The person who acts, or None for the system and the command line."""
    return by if isinstance(by, Person) else None


def require_taking(meeting: Meeting, now: datetime) -> None:
    """Refuse with `not_now` unless people may put themselves on the list: the call is there, and the list is open."""
    _require_open(meeting, now)
    if closed_on(meeting, now=now) is not None:
        raise Refused(_("The list of this call is closed. Whoever leads the group can correct it."), code="not_now")


def _require_open(meeting: Meeting, now: datetime) -> None:
    verdict = takes_attendance(meeting, now)
    if not verdict:
        raise Refused(verdict.reason, code="not_now")


def _noted(meeting: Meeting, person: Person) -> Entry | None:
    return entries_on(meeting).filter(kind=Attended.kind, about=person).first()
