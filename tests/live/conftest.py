"""What all tests of running calls share; and a group whose minutes are written, with one item in the draft."""

from __future__ import annotations

import pytest

from folkmoot.groups.models import Group, Power
from folkmoot.live import presence
from folkmoot.live.looking import LOOKERS
from folkmoot.live.presence import OPEN_PAGES
from folkmoot.meetings.actions import NotesWords, add_minutes_item, begin_minutes
from folkmoot.meetings.minutes_reading import minutes_item_numbered
from folkmoot.meetings.models import Minutes, MinutesItem
from folkmoot.people.models import Person
from tests.factories.groups import join
from tests.factories.meetings import held_call, meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory


@pytest.fixture(autouse=True)
def nothing_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits on an event loop ends with it, in tests with each test; and arrivals are not told by themselves."""
    LOOKERS._asking.clear()
    OPEN_PAGES._open.clear()
    OPEN_PAGES._due.clear()
    monkeypatch.setattr(presence, "GATHERS", 600.0)


@pytest.fixture
def group(db: None) -> Group:
    organisation()
    return meeting_group()


@pytest.fixture
def ada(group: Group) -> Person:
    return join(PersonFactory(name="Ada Birch"), group, Power.MANAGE)


@pytest.fixture
def ben(group: Group) -> Person:
    return join(PersonFactory(name="Ben Cole"), group, Power.MANAGE)


@pytest.fixture
def minutes(group: Group, ada: Person) -> Minutes:
    return begin_minutes(held_call(group), by=ada)


@pytest.fixture
def item(minutes: Minutes, ada: Person) -> MinutesItem:
    made = add_minutes_item(minutes, NotesWords("Lamps", "The lamps are old."), by=ada)
    found = minutes_item_numbered(made.pk)
    assert found is not None
    return found
