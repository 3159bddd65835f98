"""Several take the same role, or send the same announcement, at once. Each race has its control."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
from django.db import connection

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import announcing, turns
from folkmoot.meetings.actions.announcing import send_announcement
from folkmoot.meetings.actions.turns import propose_turns, take_turn
from folkmoot.meetings.models import Announcement, Turn
from folkmoot.notices.models import Letter
from tests.calendar.test_races import RUNNERS, race
from tests.factories.call_roles import can
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def without(model, name):
    """The table lacks this constraint for a while."""
    every = model._meta.constraints
    one = next(constraint for constraint in every if constraint.name == name)
    # SQLite makes the table anew from what the model says.
    model._meta.constraints = [constraint for constraint in every if constraint is not one]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, one)
    try:
        yield
    finally:
        model._meta.constraints = every
        with connection.schema_editor() as editor:
            editor.add_constraint(model, one)


@pytest.fixture
def call():
    organisation()
    return next_meeting(meeting_group())


@pytest.fixture
def several(call):
    return [join(PersonFactory(), call.group) for _number in range(RUNNERS)]


def outcome(failed: list[Exception]) -> list[str]:
    assert all(isinstance(one, Refused) for one in failed), failed
    return [one.code for one in failed if isinstance(one, Refused)]


def test_role_that_several_take_at_once_goes_to_one(call, several):
    failed = race(lambda number: take_turn(call, "scribe", by=several[number]))

    assert outcome(failed) == ["taken"] * (RUNNERS - 1)
    assert Turn.objects.count() == 1
    assert Entry.objects.filter(kind="meetings.turn_taken").count() == 1


def test_constraint_holds_where_nobody_looks(call, several, monkeypatch):
    monkeypatch.setattr(turns, "live_turn", lambda meeting, role: None)

    assert outcome(race(lambda number: take_turn(call, "scribe", by=several[number]))) == ["taken"] * (RUNNERS - 1)


def test_control_without_look_and_constraint_all_have_the_role(call, several, monkeypatch):
    """The races above prove something only if this one sees it."""
    monkeypatch.setattr(turns, "live_turn", lambda meeting, role: None)
    with without(Turn, "one_turn_per_meeting_and_call_role"):
        assert race(lambda number: take_turn(call, "scribe", by=several[number])) == []

        assert Turn.objects.count() == RUNNERS
        Turn.objects.all().delete()


def test_rota_that_several_fill_at_once_asks_each_once(call, several):
    can(several[0], call.group, "scribe")

    assert race(lambda number: propose_turns(call.group, now=call.starts_at - dt.timedelta(days=1))) == []

    assert Turn.objects.filter(meeting=call).count() == 1


def send(call):
    return lambda number: send_announcement(call, number=1, subject="Come", body="All of you.", by=system())


def test_announcement_that_several_send_at_once_goes_out_once(call, several):
    several[0].last_login = call.starts_at
    several[0].save(update_fields=["last_login"])

    failed = race(send(call))

    assert outcome(failed) == ["already_sent"] * (RUNNERS - 1)
    assert Letter.objects.filter(recipient=several[0].email, subject="Come").count() == 1
    assert Entry.objects.filter(kind="meetings.announced").count() == 1


def test_control_without_asking_for_the_number_it_goes_out_several_times(call, several, monkeypatch):
    """The race above proves something only if this one sees it."""
    monkeypatch.setattr(announcing, "next_number", lambda meeting: 1)

    assert race(send(call)) == []

    assert Announcement.objects.count() == 1
    assert Entry.objects.filter(kind="meetings.announced").count() == RUNNERS
