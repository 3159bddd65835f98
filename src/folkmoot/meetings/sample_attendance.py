"""Who was on the calls of the sample community in its year: most of those who had joined, now and then a guest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.models import Group, Participation, Power
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.actions import make_code, note_guest, note_opening_read, record_attendance
from folkmoot.meetings.attendance_reading import times_of_call
from folkmoot.meetings.domain.name_list import guest_key
from folkmoot.meetings.facts import AttendanceClosed
from folkmoot.meetings.models import Attendance, AttendanceClosing, Meeting, Source, Status
from folkmoot.meetings.opening import opening_of

GUESTS = (
    ("Marisol Etxeandia", "Harbour Makerspace"),
    ("Odd Bjarnesen", ""),
    ("Fenna de Wit-Okoro", "University of the Estuary"),
    ("Tendai Mutasa-Quill", "Paper Boats Collective"),
    ("Ruadhán Óg Mac Fhinn", ""),
)
SOURCES = (Source.TAP, Source.TAP, Source.HOST, Source.TAP, Source.CODE)
TOLD_BY_NAME = 2
"""So many of the last calls of each group are noted one by one, as people do it; the rest in bulk."""


@transaction.atomic
def attend_calls(groups: Sequence[Group], *, by: Actor) -> None:
    """Fill the lists of a year. Those of calls that were over two weeks ago are closed, the last ones are open."""
    now = timezone.now()
    for group in groups:
        people = list(group.participations.select_related("person", "role"))
        calls = list(group.meetings.filter(status=Status.PLANNED, ends_at__lt=now).order_by("starts_at", "pk"))
        older, last = calls[:-TOLD_BY_NAME], calls[-TOLD_BY_NAME:]
        Attendance.objects.bulk_create(
            [row for number, call in enumerate(older) for row in _rows(call, number, people)]
        )
        _close(older, now, by=by)
        for number, call in enumerate(last, len(older)):
            _note(call, number, people, by=by)


def _there(call: Meeting, number: int, people: Sequence[Participation]) -> Iterator[Participation]:
    """Who of these came: whoever leads nearly always, contributors mostly, those who follow now and then."""
    usual = {Power.MANAGE: 9, Power.TAKE_PART: 7, Power.OBSERVE: 2}
    for place, one in enumerate(people):
        was_in = one.began_at <= call.starts_at and (one.ended_at is None or one.ended_at > call.starts_at)
        if was_in and (number * 7 + place * 3 + place * number) % 10 < usual[Power(one.role.power)]:
            yield one


def _rows(call: Meeting, number: int, people: Sequence[Participation]) -> Iterator[Attendance]:
    for place, one in enumerate(_there(call, number, people)):
        source = SOURCES[(number + place) % len(SOURCES)]
        yield Attendance(meeting=call, person=one.person, source=source, noted_at=call.starts_at)
    if number % 3 == 0:
        name, affiliation = GUESTS[number % len(GUESTS)]
        yield Attendance(
            meeting=call,
            guest_name=name,
            guest_key=guest_key(name, affiliation),
            affiliation=affiliation,
            source=Source.GUEST,
            noted_at=call.starts_at,
        )


def _close(calls: Sequence[Meeting], now: datetime, *, by: Actor) -> None:
    over = [call for call in calls if times_of_call(call).has_closed(now)]
    AttendanceClosing.objects.bulk_create(
        [AttendanceClosing(meeting=call, closed_at=times_of_call(call).closes) for call in over]
    )
    if over:
        there = Attendance.objects.filter(meeting=over[-1])
        people, guests = there.exclude(person=None).count(), there.filter(person=None).count()
        fact = AttendanceClosed(meeting_id=over[-1].pk, people=people, guests=guests)
        record(fact, by=by, on=over[-1], within=over[-1].group, at=times_of_call(over[-1]).closes)


def _note(call: Meeting, number: int, people: Sequence[Participation], *, by: Actor) -> None:
    why = _("Copied from the notes of the call.")
    is_open = not times_of_call(call).has_closed(timezone.now())
    for place, one in enumerate(_there(call, number, people)):
        if is_open and place % 3:
            record_attendance(call, one.person, source=Source.CODE, by=one.person)
        else:
            record_attendance(call, one.person, source=Source.HOST, why=why, by=by)
    name, affiliation = GUESTS[number % len(GUESTS)]
    note_guest(call, name=name, affiliation=affiliation, why=why, by=by)
    if opening_of(call.group).chosen:
        note_opening_read(call, by=by)
    if timezone.now() < call.ends_at + timedelta(hours=20):
        make_code(call, by=by)
