"""Several change the calls to the fairer rotation at once. The race has its control."""

from __future__ import annotations

import pytest

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import fair_times
from folkmoot.meetings.actions.fair_times import adopt_rotation
from folkmoot.meetings.fair_times_reading import groups_of, members_of, planned, regular_calls
from folkmoot.meetings.fair_times_words import mark_of
from folkmoot.meetings.models import FairPromise, SeriesChange
from folkmoot.organisation.queries import today_here
from tests.calendar.test_races import RUNNERS, race
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, said
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

ZONES = ("Pacific/Auckland", "Asia/Kolkata", "Europe/Berlin", "America/New_York", "America/Los_Angeles")


@pytest.fixture
def group():
    organisation()
    group = meeting_group(
        said("FREQ=WEEKLY;BYDAY=TU", first="2026-01-06", at="17:00", zone="Europe/Lisbon", minutes=60)
    )
    for zone in ZONES:
        join(PersonFactory(zone=zone), group)
    return group


def plan_of(group):
    setting = regular_calls(group)[0]
    return planned(setting, members_of(groups_of(setting)), today=today_here())


def all_adopt(group, plan) -> list[str]:
    mark = mark_of(plan)
    failed = race(lambda number: adopt_rotation(group, 0, mark=mark, by=system()))
    assert all(isinstance(one, Refused) for one in failed), failed
    return [one.code for one in failed]


def test_rotation_that_several_adopt_at_once_is_adopted_once(group):
    refused = all_adopt(group, plan_of(group))

    assert refused == ["no_longer"] * (RUNNERS - 1)
    assert (FairPromise.objects.count(), SeriesChange.objects.count()) == (1, 1)
    assert Entry.objects.filter(kind="meetings.rotation_adopted").count() == 1


def test_control_without_looking_at_the_calls_anew_it_is_promised_several_times(group, monkeypatch):
    """The race above proves something only if this one sees it."""
    plan = plan_of(group)
    monkeypatch.setattr(fair_times, "planned", lambda setting, members, *, today: plan)

    assert all_adopt(group, plan) == []

    assert FairPromise.objects.count() == RUNNERS
