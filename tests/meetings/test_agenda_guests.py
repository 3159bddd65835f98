"""Guests who ask for items by a link."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import (
    accept_item,
    make_guest_link,
    prepare_agendas,
    request_as_guest,
    revoke_guest_link,
)
from folkmoot.meetings.actions.agenda_guests import guest_path, link_of, why_closed
from folkmoot.meetings.models import AgendaItem, Meeting
from folkmoot.notices.models import Telling
from folkmoot.people.models import Person
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(freeze):
    clock = freeze("2026-11-23T12:00Z")
    organisation()
    return clock


@pytest.fixture
def call(clock) -> Meeting:
    return next_meeting(meeting_group())


@pytest.fixture
def ada(call) -> Person:
    return join(PersonFactory(name="Ada"), call.group, Power.MANAGE)


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_guest_asks_by_a_link_that_ends_with_the_call_and_can_be_taken_back(clock, call, ada):
    link = make_guest_link(call, by=ada)
    assert link_of(guest_path(link).rstrip("/").rpartition("/")[2]) == link
    assert link_of("nonsense") is None

    asked = request_as_guest(link, title="Lanterns", minutes=5, name=" Odalys\n", mail="o@example.org")
    assert (asked.state, asked.asker_name, asked.asker_mail, asked.asked_by) == (
        "requested",
        "Odalys",
        "o@example.org",
        None,
    )
    assert list(Telling.objects.values_list("kind", "person__name")) == [("meetings.item_requested", "Ada")]
    accept_item(asked, by=ada)
    newer = make_guest_link(call, by=ada)
    assert code_of(lambda: request_as_guest(link, title="Again", name="O")) == "closed"
    revoke_guest_link(newer, by=ada)
    revoke_guest_link(newer, by=ada)
    assert code_of(lambda: request_as_guest(newer, title="Again", name="O")) == "closed"
    assert Entry.objects.filter(kind="meetings.agenda_link_revoked").count() == 1
    last = make_guest_link(call, by=ada)
    assert why_closed(last, now=call.starts_at) == (
        "This link was for a call that has begun, or is too old. Please ask for a new one."
    )
    clock.move_to(call.ends_at + 31 * DAY, tick=False)
    prepare_agendas(now=timezone.now(), by=system())
    asked.refresh_from_db()
    assert asked.asker_mail == ""


def test_guests_have_at_most_twenty_requests_waiting(call, ada):
    link = make_guest_link(call, by=ada)
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=call, title="Item", state="requested", asker_name="O") for _number in range(19)
    )
    request_as_guest(link, title="The twentieth", name="O")

    assert code_of(lambda: request_as_guest(link, title="One more", name="O")) == "too_many"
