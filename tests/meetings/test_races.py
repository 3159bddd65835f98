"""Several make the same meetings, or change one, at once. Each race has its control."""

from __future__ import annotations

import datetime as dt
import threading
from contextlib import contextmanager, suppress

import pytest
from django.db import connection, transaction
from django.utils import timezone

from folkmoot.calendar.models import CalendarItem
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import bring_in_order, cancel_meeting, materialise_ahead, move_meeting
from folkmoot.meetings.models import Meeting, Series
from tests.calendar.test_races import RUNNERS, race
from tests.factories.meetings import charter_adopted, meeting_group, next_meeting

pytestmark = pytest.mark.django_db(transaction=True)

ONE_PER_TIME = next(
    constraint for constraint in Meeting._meta.constraints if constraint.name == "one_meeting_per_slot_and_time"
)


@contextmanager
def without(constraint):
    """The table of meetings lacks this constraint for a while."""
    every = Meeting._meta.constraints
    # SQLite makes the table anew from what the model says.
    Meeting._meta.constraints = [one for one in every if one is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Meeting, constraint)
    try:
        yield
    finally:
        Meeting._meta.constraints = every
        with connection.schema_editor() as editor:
            editor.add_constraint(Meeting, constraint)


@pytest.fixture
def all_look_before_one_writes(monkeypatch):
    """Everybody has seen that no meeting is there before anybody makes one."""
    all_have_looked = threading.Barrier(RUNNERS)
    write = Meeting.objects.bulk_create

    def write_together(rows, **how):
        all_have_looked.wait(timeout=20)
        return write(rows, **how)

    def install():
        monkeypatch.setattr(Meeting.objects, "bulk_create", write_together)

    return install


def make_meetings(number: int) -> None:
    materialise_ahead(Series.objects.prefetch_related("slots").get(), now=timezone.now())


def test_meetings_that_several_make_at_once_are_there_once(all_look_before_one_writes):
    meeting_group()
    made = Meeting.objects.count()
    Meeting.objects.all().delete()
    all_look_before_one_writes()

    assert race(make_meetings) == []

    assert Meeting.objects.count() == made


def test_control_without_the_constraint_meetings_are_doubled(all_look_before_one_writes):
    """The race above proves something only if this one sees it."""
    meeting_group()
    made = Meeting.objects.count()
    Meeting.objects.all().delete()
    all_look_before_one_writes()
    with without(ONE_PER_TIME):
        assert race(make_meetings) == []

        assert Meeting.objects.count() == RUNNERS * made
        Meeting.objects.all().delete()


def test_reaction_that_several_deliver_at_once_begins_one_series():
    group = charter_adopted()

    assert race(lambda number: bring_in_order(group, by=system())) == []

    assert Series.objects.count() == 1
    assert Entry.objects.filter(kind="meetings.series_began").count() == 1
    assert CalendarItem.objects.get().sequence == 0


def test_moves_by_several_are_all_told_in_order():
    meeting = next_meeting(meeting_group())

    def move(number: int) -> None:
        move_meeting(meeting, to=meeting.starts + dt.timedelta(hours=1 + number), why="Holiday", by=system())

    assert race(move) == []

    told = [entry.changes["starts"] for entry in Entry.objects.filter(kind="meetings.moved").order_by("pk")]
    assert len(told) == RUNNERS
    assert [new for _old, new in told[:-1]] == [old for old, _new in told[1:]]
    meeting.refresh_from_db()
    item = CalendarItem.objects.get(recurrence_id=meeting.original)
    assert (item.starts, item.sequence) == (meeting.starts, RUNNERS)


def test_cancelling_by_several_is_told_once_and_beats_a_late_move():
    meeting = next_meeting(meeting_group())

    def act(number: int) -> None:
        if number == 0:
            with suppress(Refused):  # when the others were first
                move_meeting(meeting, to=meeting.starts + dt.timedelta(hours=1), why="Holiday", by=system())
        else:
            cancel_meeting(meeting, why="Nobody is here", by=system())

    assert race(act) == []

    meeting.refresh_from_db()
    assert meeting.is_cancelled
    assert Entry.objects.filter(kind="meetings.cancelled").count() == 1
    with transaction.atomic():
        assert CalendarItem.objects.get(recurrence_id=meeting.original).status == "cancelled"
