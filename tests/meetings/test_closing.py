"""The calls of a group that closes, and of one that opens again."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.calendar.models import CalendarItem, Status
from folkmoot.groups.actions.structure import close_group, rename_group, reopen_group
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import react
from folkmoot.meetings.actions import add_extra_meeting, bring_in_order, change_series, move_meeting
from folkmoot.meetings.models import Meeting
from folkmoot.meetings.queries import upcoming_meetings
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db

NOW = "2026-03-10T12:00Z"
DAY = dt.date(2026, 3, 10)


@pytest.fixture
def group(freeze, settle):
    freeze(NOW)
    organisation()
    made = meeting_group()
    settle()
    return made


def coming(group) -> list[tuple[dt.datetime, str]]:
    from django.utils import timezone

    return [(one.starts, one.status) for one in upcoming_meetings(group, now=timezone.now())]


def again(kind: str, path: str) -> None:
    """Deliver a reaction once more."""
    react(Entry.objects.get(kind=kind).pk, path)


def test_calls_after_the_closing_day_are_dropped_and_calendars_learn_of_it(group, settle):
    add_extra_meeting(
        group, starts=dt.datetime(2026, 3, 20, 9), zone="Europe/Lisbon", duration=dt.timedelta(hours=1), by=system()
    )
    move_meeting(next_meeting(group), to=dt.datetime(2026, 3, 19, 9), why="Holiday.", by=system())
    before = Meeting.objects.count()

    close_group(group, why="Done.", by=system())
    settle()
    once = (coming(group), list(group.series.values_list("ends_on", flat=True)), Meeting.objects.count())
    again("groups.closed", "folkmoot.meetings.reactions.stop_calls")
    bring_in_order(group, by=system())

    assert once == ([], [DAY], before)
    assert (coming(group), list(group.series.values_list("ends_on", flat=True))) == ([], [DAY])
    later = CalendarItem.objects.filter(group=group, starts__gt=dt.datetime(2026, 3, 11))
    assert set(later.values_list("status", flat=True)) == {Status.CANCELLED}


def test_calendars_show_the_name_that_a_group_has_now(group, settle):
    add_extra_meeting(
        group, starts=dt.datetime(2026, 3, 20, 9), zone="Europe/Lisbon", duration=dt.timedelta(hours=1), by=system()
    )
    move_meeting(next_meeting(group), to=dt.datetime(2026, 3, 19, 9), why="Holiday.", by=system())

    rename_group(group, name="Lamp", by=system())
    settle()

    items = CalendarItem.objects.filter(group=group)
    assert items.count() == 3
    assert {item.summary.replace("Lamp", "") for item in items if "Lantern" in item.summary} == set()


def test_a_reopened_group_has_its_calls_again(group, freeze, settle):
    before = coming(group)
    close_group(group, why="Done.", by=system())
    settle()
    freeze("2026-03-12T12:00Z")

    reopen_group(group, why="Not done.", by=system())
    settle()
    once = coming(group)
    again("groups.reopened", "folkmoot.meetings.reactions.resume_calls")
    again("groups.closed", "folkmoot.meetings.reactions.stop_calls")

    assert once == coming(group)
    assert [call for call in before if call[0] > dt.datetime(2026, 3, 12)] == once[: len(before)]
    assert list(group.series.values_list("ends_on", flat=True)) == [None]


@pytest.mark.parametrize("days", [1, 30])
def test_calls_changed_by_hand_run_so_again_once_a_group_opens_again(group, settle, days):
    series = group.series.get()
    change_series(
        group,
        series.position,
        from_day=DAY + dt.timedelta(days=days),
        local_time=dt.time(11),
        zone="Europe/Lisbon",
        duration=dt.timedelta(minutes=45),
        by=system(),
    )
    settle()
    before = coming(group)

    close_group(group, why="Done.", by=system())
    settle()
    closed = coming(group)
    reopen_group(group, why="Again.", by=system())
    settle()

    changed = [starts for starts, _status in before if starts.date() > DAY + dt.timedelta(days=days)]
    assert {starts.time() for starts in changed} == {dt.time(11)}
    assert (closed, coming(group)) == ([], before)
