"""Several invite, answer and take back at once. The race has its control."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import answer_joining, ask_to_join, end_joining
from folkmoot.meetings.actions import joint as joint_actions
from folkmoot.meetings.models import JoinedMeeting, JointCall, JointState
from tests.calendar.test_races import RUNNERS, race
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.meetings.test_turn_races import without

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def groups():
    organisation()
    return meeting_group(), meeting_group(name="Oak")


def test_group_that_several_invite_at_once_is_invited_once(groups):
    failed = race(lambda number: ask_to_join(*groups, position=0, by=system()))

    assert [one.code for one in failed if isinstance(one, Refused)] == ["already_joint"] * (RUNNERS - 1)
    assert JointCall.objects.count() == 1


def test_constraint_holds_where_nobody_looks_and_without_both_all_invite(groups, monkeypatch):
    monkeypatch.setattr(joint_actions, "_require_not_joint", lambda wanted: None)

    failed = race(lambda number: ask_to_join(*groups, position=0, by=system()))

    assert [isinstance(one, IntegrityError) for one in failed] == [True] * (RUNNERS - 1)
    with without(JointCall, "one_open_joint_series"):
        assert race(lambda number: ask_to_join(*groups, position=0, by=system())) == []
        assert JointCall.objects.count() == RUNNERS + 1
        JointCall.objects.all().delete()


def test_yes_and_taking_back_at_once_leave_one_state(groups):
    joint = ask_to_join(*groups, position=0, by=system())

    def act(number):
        if number % 2:
            end_joining(joint, by=system())
        else:
            answer_joining(joint, agrees=True, by=system())

    failed = race(act)

    joint.refresh_from_db()
    assert {one.code for one in failed if isinstance(one, Refused)} <= {"answered"}
    assert all(isinstance(one, Refused) for one in failed), failed
    assert joint.state == JointState.CALLED_OFF
    assert not JoinedMeeting.objects.exists()
    told = Entry.objects.filter(kind__in=["meetings.joining_agreed", "meetings.joining_ended"]).count()
    assert told in (0, 2)
