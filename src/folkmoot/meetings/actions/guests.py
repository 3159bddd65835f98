"""Guests of a call: noted by name, said to be somebody who is here, taken off the list."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions.attendance import (
    author,
    hold_call,
    record_attendance,
    require_taking,
    row_of,
    settled_why,
)
from folkmoot.meetings.attendance_rules import may_note_attendance, takes_attendance
from folkmoot.meetings.domain.name_list import guest_key
from folkmoot.meetings.facts import GuestIdentified, GuestMadeNameless, GuestNoted, GuestWithdrawn
from folkmoot.meetings.models import Attendance, BroughtInName, Meeting, Source
from folkmoot.people.models import Person
from folkmoot.people.names import clean_name

LONGEST_AFFILIATION = 200
MOST_GUESTS = 300


@transaction.atomic
def note_guest(
    meeting: Meeting, *, name: str, affiliation: str = "", by: Actor, source: Source = Source.HOST, why: str = ""
) -> Attendance:
    """Note that somebody without an account was at a call. The same name and affiliation is the same guest.

    Refused as `record_attendance` is, `invalid` for a name that is none, `too_many` beyond three hundred guests.
    """
    held, now = hold_call(meeting), timezone.now()
    require(may_note_attendance(by, held, now))
    return _note(held, now, name=name, affiliation=affiliation, email="", by=by, source=source, why=why)


@transaction.atomic
def note_guest_by_code(meeting: Meeting, *, name: str, affiliation: str = "", email: str = "", by: Actor) -> Attendance:
    """As `note_guest`, by a guest who holds the code of the call; the caller has looked at it."""
    held, now = hold_call(meeting), timezone.now()
    require_taking(held, now)
    return _note(
        held,
        now,
        name=name,
        affiliation=affiliation,
        email=email,
        by=by,
        source=Source.GUEST,
        why="",
    )


def _note(
    held: Meeting, now: datetime, *, name: str, affiliation: str, email: str, by: Actor, source: Source, why: str
) -> Attendance:
    verdict = takes_attendance(held, now)
    if not verdict:
        raise Refused(verdict.reason, code="not_now")
    name, affiliation, email = clean_name(name), plain_name(affiliation), email.strip()
    if len(affiliation) > LONGEST_AFFILIATION:
        raise Refused(_("Please say in fewer words for whom you are here."), code="invalid")
    if email:
        _check_address(email)
    closed, why = settled_why(held, now, why, source)
    if Attendance.objects.filter(meeting=held, person=None, withdrawn_at=None).count() >= MOST_GUESTS:
        raise Refused(_("There are very many guests on this list already."), code="too_many")
    key = guest_key(name, affiliation)
    guest = row_of(held, guest_key=key)
    if guest is not None and guest.is_present:
        return guest
    if guest is None:
        guest = Attendance(meeting=held, guest_name=name, guest_key=key, affiliation=affiliation, guest_email=email)
    guest.withdrawn_at, guest.source, guest.noted_at, guest.noted_by = None, source, now, author(by)
    guest.why, guest.corrected_at = why, closed or guest.corrected_at
    guest.save()
    record(
        GuestNoted(meeting_id=held.pk, attendance_id=guest.pk, source=source),
        by=by,
        on=held,
        within=held.group,
        at=held.starts_at,
    )
    return guest


@transaction.atomic
def withdraw_guest(guest: Attendance, *, by: Actor, why: str = "") -> None:
    """Take a guest off the list of a call; done twice, it is told once."""
    held, guest, closed, why = _hold_guest(guest, by=by, why=why)
    if not guest.is_present:
        return
    guest.withdrawn_at = timezone.now()
    if closed is not None:
        guest.corrected_at, guest.why, guest.noted_by = closed, why, author(by)
    guest.save()
    record(GuestWithdrawn(meeting_id=held.pk, attendance_id=guest.pk), by=by, on=held, within=held.group)


@transaction.atomic
def identify_guest(guest: Attendance, person: Person, *, by: Actor, why: str = "") -> Attendance:
    """Say that a guest is somebody who has a record here. They are counted once, as a person; the guest's words go."""
    held, guest, _closed, why = _hold_guest(guest, by=by, why=why)
    if not guest.is_present or not guest.is_guest:
        raise Refused(_("This guest is not on the list any more."), code="not_now")
    key, source = guest.pk, Source(guest.source)
    BroughtInName.objects.filter(attendance=guest).update(person=person)
    guest.delete()
    record(
        GuestIdentified(meeting_id=held.pk, attendance_id=key, name=person.name),
        by=by,
        about=person,
        on=held,
        within=held.group,
    )
    return record_attendance(held, person, by=by, source=source, why=why)


@transaction.atomic
def make_guest_nameless(guest: Attendance, *, by: Actor) -> None:
    """Take the name of a guest out, who wishes so; they stay counted. Also of a list that is closed."""
    held = hold_call(guest.meeting)
    require(may_note_attendance(by, held, timezone.now()))
    found = row_of(held, pk=guest.pk)
    if found is None or not found.is_guest:
        return
    found.guest_name = found.guest_email = found.affiliation = found.why = ""
    found.guest_key = f"nameless {found.pk}"
    found.save()
    BroughtInName.objects.filter(attendance=found).update(name="", handle="", affiliation="", initials="")
    record(GuestMadeNameless(meeting_id=held.pk, attendance_id=found.pk), by=by, on=held, within=held.group)


def _hold_guest(guest: Attendance, *, by: Actor, why: str) -> tuple[Meeting, Attendance, datetime | None, str]:
    held, now = hold_call(guest.meeting), timezone.now()
    require(may_note_attendance(by, held, now))
    closed, why = settled_why(held, now, why)
    found = row_of(held, pk=guest.pk)
    if found is None:
        raise Refused(_("This guest is not on the list any more."), code="not_now")
    return held, found, closed, why


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("This is no mail address."), code="invalid") from None
    if len(email) > 254:
        raise Refused(_("This mail address is too long."), code="invalid")
