"""The cast of a running call, on a day that stands still."""

from __future__ import annotations

import pytest

from folkmoot.groups.models import Group, Power
from folkmoot.meetings.models import Meeting
from folkmoot.people.models import Person
from tests.factories.groups import join
from tests.factories.live import call_under_way
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory


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


@pytest.fixture
def ben(group) -> Person:
    return join(PersonFactory(name="Ben Cole"), group)


@pytest.fixture
def cleo(group) -> Person:
    return join(PersonFactory(name="Cleo Dane"), group)


@pytest.fixture
def meeting(group) -> Meeting:
    return call_under_way(group)
