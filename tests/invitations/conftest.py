"""A group with calls, whoever leads it, and somebody who takes part; the clock stands still."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.models import Power
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.notices.conftest import mail_server  # noqa: F401 -- a fixture

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def clock(db, freeze):
    organisation()
    return freeze(NOW)


@pytest.fixture
def group(clock):
    return meeting_group()


@pytest.fixture
def call(group):
    return next_meeting(group)


@pytest.fixture
def ada(group):
    return join(PersonFactory(name="Ada Ash"), group, Power.MANAGE)


@pytest.fixture
def ben(group):
    return join(PersonFactory(name="Ben Brook"), group)
