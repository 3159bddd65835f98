"""A double tap, a tap and the host's tick, a guest who sends the form twice, all at once; with their controls."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from folkmoot.groups.models import Power
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import attendance as actions
from folkmoot.meetings.actions import close_attendance, note_guest, record_attendance
from folkmoot.meetings.attendance_reading import Counted, counted
from folkmoot.meetings.models import Attendance, Meeting, Source
from tests.calendar.test_races import RUNNERS, race
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

ONE_PER_PERSON = next(
    constraint
    for constraint in Attendance._meta.constraints
    if constraint.name == "one_attendance_per_person_and_meeting"
)


@pytest.fixture
def scene():
    organisation()
    group = meeting_group()
    return held_call(group), join(PersonFactory(), group, Power.MANAGE), join(PersonFactory(), group)


@contextmanager
def without(constraint):
    every = Attendance._meta.constraints
    # SQLite makes the table anew from what the model says.
    Attendance._meta.constraints = [one for one in every if one is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Attendance, constraint)
    try:
        yield
    finally:
        Attendance._meta.constraints = every
        with connection.schema_editor() as editor:
            editor.add_constraint(Attendance, constraint)


def taps_and_ticks(call, ada, ben):
    """By turns the person's own tap and the host's tick."""

    def note(number: int) -> None:
        if number % 2:
            actions.record_attendance(call, ben, by=ada)
        else:
            actions.record_attendance(call, ben, by=ben, source=Source.TAP)

    return note


def test_taps_and_ticks_at_once_are_one_attendance_told_once(scene):
    call, ada, ben = scene

    assert race(taps_and_ticks(call, ada, ben)) == []

    assert counted(call) == Counted(1, 0)
    assert Entry.objects.filter(kind="meetings.attended").count() == 1


def test_control_without_lock_and_constraint_one_person_is_there_several_times(scene, monkeypatch):
    call, ada, ben = scene
    all_have_looked = threading.Barrier(RUNNERS)
    look = actions.row_of

    def look_together(*args, **kwargs):
        found = look(*args, **kwargs)
        all_have_looked.wait(timeout=20)
        return found

    monkeypatch.setattr(actions, "row_of", look_together)
    monkeypatch.setattr(
        actions, "hold_call", lambda meeting: Meeting.objects.select_related("group").get(pk=meeting.pk)
    )
    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: None)
    monkeypatch.setattr(actions, "record_attendance", record_attendance.__wrapped__)
    with without(ONE_PER_PERSON):
        assert race(taps_and_ticks(call, ada, ben)) == []

        assert counted(call) == Counted(RUNNERS, 0)
        Attendance.objects.all().delete()


def test_guest_who_is_noted_by_several_at_once_is_one_guest(scene):
    call, ada, _ben = scene

    assert race(lambda number: note_guest(call, name="Jo Brook", by=ada)) == []

    assert counted(call) == Counted(0, 1)
    assert Entry.objects.filter(kind="meetings.guest_noted").count() == 1


def test_list_that_several_close_at_once_is_closed_once(scene):
    call, ada, _ben = scene

    assert race(lambda number: close_attendance(call, by=ada)) == []

    assert Entry.objects.filter(kind="meetings.attendance_closed").count() == 1
