"""What follows from who was at a call: what is kept about people, whom the desk asks, and what is counted."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import (
    answer_call,
    close_attendance,
    note_guest,
    record_attendance,
    withdraw_attendance,
)
from folkmoot.meetings.attendance_measures import PeopleOnCalls
from folkmoot.meetings.attendance_reading import (
    Counted,
    attendance_of,
    calls_attended,
    calls_to_ask_about,
    counted,
)
from folkmoot.meetings.models import Answer, Attendance, Says, Status
from folkmoot.meetings.report_part import calls as calls_in_report
from folkmoot.people.actions import merge_people
from folkmoot.people.actions.erasing import erase_person
from folkmoot.people.actions.merging import settle_merges, undo_merge
from folkmoot.people.export import kept_about
from folkmoot.plan.domain.periods import month_of
from folkmoot.plan.measures import MEASURES
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.meetings.test_attendance import NOW, tap

pytestmark = pytest.mark.django_db

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze(NOW)
    organisation()
    return clock


@pytest.fixture
def group():
    return meeting_group()


@pytest.fixture
def call(group):
    return held_call(group)


@pytest.fixture
def ada(group):
    return join(PersonFactory(name="Ada"), group, Power.MANAGE)


@pytest.fixture
def ben(group):
    return join(PersonFactory(name="Ben"), group)


# What is kept about people


def test_erased_person_is_still_counted_and_named_nowhere(call, ada, ben):
    tap(call, ben)
    answer_call(held_call(call.group, ended=-DAY), Says.REGRET, by=ben)
    record_attendance(call, ada, by=ada)
    Attendance.objects.filter(person=ada).update(noted_by=ben)

    erase_person(ben, by=system())

    present = attendance_of(call)
    assert (present.names, present.nameless, present.counted) == (["Ada"], 1, Counted(2, 0))
    assert not Answer.objects.exists()
    assert not Attendance.objects.filter(noted_by=ben).exists()


def test_two_records_of_one_person_are_one_at_a_call_and_two_again_when_parted(group, call, ada):
    other, third, fourth = held_call(group, ended=HOUR), held_call(group, ended=2 * HOUR), held_call(group)
    kept, gone = join(PersonFactory(), group), join(PersonFactory(), group)
    for meeting, people in ((call, [kept, gone]), (other, [gone]), (third, [kept]), (fourth, [kept, gone])):
        for person in people:
            tap(meeting, person)
    withdraw_attendance(fourth, kept, by=kept)

    merge = merge_people(kept, gone, by=system())

    assert [counted(one) for one in (call, other, third, fourth)] == [Counted(1, 0)] * 4
    assert set(calls_attended(kept).values_list("meeting", flat=True)) == {call.pk, other.pk, third.pk, fourth.pk}
    undo_merge(merge, by=system())
    assert [counted(one).people for one in (call, other, third, fourth)] == [2, 1, 1, 1]
    assert set(calls_attended(gone).values_list("meeting", flat=True)) == {call.pk, other.pk, fourth.pk}


def test_settled_merge_leaves_one_person_on_the_list(group, call, freeze):
    kept, gone = join(PersonFactory(), group), join(PersonFactory(), group)
    tap(call, kept)
    tap(call, gone)
    merge_people(kept, gone, by=system())
    freeze("2026-12-31T12:00Z")

    assert settle_merges() == 1

    assert (counted(call), attendance_of(call).nameless) == (Counted(1, 0), 0)


def test_record_of_a_person_has_where_they_were(call, ben):
    tap(call, ben)

    kept = {section.name: section.rows for section in kept_about(ben)}

    (row,) = kept["meetings.attendance"]
    assert (row["group"], row["call"], row["how"]) == ("Lantern Working Group", call.starts_at.isoformat(), "tap")


# What follows from it


def test_desk_asks_about_calls_under_way_or_just_over_and_never_twice(group, ben, django_assert_num_queries):
    now = dt.datetime(2026, 11, 25, 17, tzinfo=dt.UTC)
    under_way, over = held_call(group, ended=-HOUR / 2), held_call(group, ended=20 * HOUR)
    held_call(group, ended=48 * HOUR)
    held_call(group, ended=-3 * HOUR)
    said = held_call(group, ended=HOUR)
    tap(said, ben)
    withdraw_attendance(said, ben, by=ben)
    closed = held_call(group, ended=HOUR)
    close_attendance(closed, by=system())
    off = held_call(group, ended=HOUR)
    off.status = Status.CANCELLED
    off.save()

    regular = group.meetings.get(original=dt.datetime(2026, 11, 25, 8))
    with django_assert_num_queries(1):
        assert calls_to_ask_about(ben, [group], now=now) == [under_way, regular, over]


def test_measures_and_reports_tell_numbers_alone(group, ada, ben):
    one, two = held_call(group, ended=HOUR), held_call(group, ended=15 * DAY)
    held_call(group, ended=10 * DAY)  # nobody noted who was there
    tap(one, ben)
    record_attendance(two, ben, by=ada, why="From the notes")
    record_attendance(two, ada, by=ada, why="From the notes")
    note_guest(one, name="Jo Brook", by=ada)

    on = dt.date(2026, 11, 25)

    assert str(PeopleOnCalls().value(group, on)) == "1.5"
    assert MEASURES["meetings.guests"].value(group, on) == 1
    assert PeopleOnCalls().value(group, dt.date(2026, 9, 1)) is None
    report = calls_in_report(group, month_of(on))
    assert "On the call of 25 November 2026: 1 person and 1 guest." in report
    assert "On the call of 10 November 2026: 2 people." in report
    assert not {"Ben", "Jo"} & set(report.split())
