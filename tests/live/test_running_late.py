"""A call that runs late, and one that was opened and does not take place after all."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.groups.actions.structure import close_group
from folkmoot.groups.models import Group, Power
from folkmoot.ledger.actors import system
from folkmoot.live.actions import close_call, next_item, raise_hand
from folkmoot.live.call_reading import calls_on
from folkmoot.live.models import Hand, RunningCall
from folkmoot.meetings.actions import cancel_meeting, move_meeting, prepare_agendas
from folkmoot.people.models import Person
from tests.factories.groups import join
from tests.factories.live import call_under_way, opened
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def group(clock) -> Group:
    return meeting_group()


@pytest.fixture
def ada(group) -> Person:
    return join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)


@pytest.mark.parametrize("why", ["cancelled", "moved", "group closed"])
def test_a_call_that_does_not_take_place_after_all_is_closed(group, ada, clock, settle, why):
    coming = next_meeting(group)
    clock.move_to(coming.starts_at - dt.timedelta(minutes=10))
    raise_hand(opened(coming).meeting, by=ada)
    assert calls_on([group]) != []

    if why == "cancelled":
        cancel_meeting(coming, why="The host is ill", by=ada)
        assert calls_on([group]) == []
    elif why == "moved":
        move_meeting(coming, to=coming.starts + dt.timedelta(days=1), why="The host is ill", by=ada)
    else:
        close_group(group, why="Its work is done", by=system())
    settle()

    assert RunningCall.objects.get().closed_at is not None
    assert not Hand.objects.exists()


def test_what_is_talked_about_past_the_end_is_carried_over_once_the_call_is_closed(group, ada, clock):
    meeting = opened(call_under_way(group)).meeting
    next_item(meeting, seen=0, by=ada)
    later = next_meeting(group)
    clock.move_to(meeting.ends_at + dt.timedelta(minutes=5))

    prepare_agendas(now=timezone.now(), by=system())
    assert {item.state for item in meeting.agenda_items.all()} == {"accepted"}
    next_item(meeting, seen=1, by=ada)
    close_call(meeting, by=ada)
    prepare_agendas(now=timezone.now(), by=system())

    assert [item.title for item in later.agenda_items.filter(is_usual=False)] == ["Money", "What else"]
