from __future__ import annotations

import pytest

from folkmoot.groups.models import Power
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

CHARTER = """\
# Lantern Working Group

The Lantern Working Group exists to keep the lights on. Our objectives include:

* **Warmth** - Rooms where people meet as people.
* **Light** - Words that everyone can read.

## Roles

* **Managers**: Lead the calls and set the agenda.
* **Participants**: Contribute to discussions.
* **Observers**: Follow without having to contribute.

## Decisions

* Decisions are made by lazy consensus: what nobody objects to within 72 hours is adopted.
"""


@pytest.fixture
def clock(freeze):
    """A Thursday at noon UTC."""
    clock = freeze("2026-11-26T12:00Z")
    organisation()
    return clock


@pytest.fixture
def lantern(clock):
    """A group whose charter has a clause on decisions."""
    return group(text=CHARTER)


@pytest.fixture
def ada(lantern):
    """She leads the group."""
    return join(PersonFactory(name="Ada"), lantern, Power.MANAGE)


@pytest.fixture
def ben(lantern):
    """He takes part."""
    return join(PersonFactory(name="Ben"), lantern, Power.TAKE_PART)


@pytest.fixture
def cleo(lantern):
    """She follows."""
    return join(PersonFactory(name="Cleo"), lantern, Power.OBSERVE)
