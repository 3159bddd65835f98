"""Who leads a group by a seat, among its people."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.groups.actions.seats import add_seat, begin_term
from folkmoot.groups.joining import who_leads
from folkmoot.groups.models import Begun, Group, Power
from folkmoot.ledger.actors import system
from folkmoot.notices.places import PLACES
from tests.factories.groups import group, join, lead, role
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern() -> Group:
    organisation()
    return group()


def people_of(client: Client, lantern: Group) -> str:
    answer = client.get(reverse("group_people", args=[lantern.slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_leads_by_a_seat_is_shown_once_beside_those_who_lead_by_role(client, lantern):
    both, seated, quiet = (
        PersonFactory(name="Ada Both"),
        PersonFactory(name="Sol Seat"),
        PersonFactory(name="Kim Quiet"),
    )
    assert "the steward of this installation acts" in people_of(client, lantern)
    for person, title, public in (
        (seated, "Chair", True), (seated, "Keys", False), (both, "Clerk", True), (quiet, "Watch", False),
    ):  # fmt: skip
        seat = add_seat(lantern, title=title, role=role(lantern, Power.MANAGE), is_public=public, by=system())
        begin_term(seat, person, how=Begun.APPOINTED, by=system())
    assert "the steward of this installation acts" not in people_of(client, lantern)
    lead(both, lantern, public=False)
    join(seated, lantern)

    client.force_login(PersonFactory())
    signed_in_text = people_of(client, lantern)
    strangers = people_of(Client(), lantern).partition("<main")[2].partition("</main>")[0]
    client.force_login(seated)
    insiders = people_of(client, lantern)

    names = ("Ada Both", "Sol Seat", "Kim Quiet")
    managers, participants = insiders.partition("<main")[2].partition("<h3>Participants")[::2]
    assert "3 people" in managers
    assert [managers.count(f">{name}<") for name in names] == [1, 1, 1]
    assert "Chair, Keys" in managers
    assert participants.count(">Sol Seat<") == 1
    outside = signed_in_text.partition("<main")[2].partition("<h3>Participants")[0]
    assert [name in outside for name in names] == [True, True, False]
    assert [name in strangers for name in names] == [False, True, False]
    for text in (outside, strangers):
        assert "3 people" in text
        assert ("Chair" in text, "Keys" in text, "Watch" in text) == (True, False, False)


def test_who_leads_by_a_seat_reads_who_wishes_to_join(lantern):
    ada = PersonFactory()
    begin_term(add_seat(lantern, title="Chair", role=role(lantern, Power.MANAGE), by=system()), ada,
               how=Begun.ELECTED, by=system())  # fmt: skip

    assert who_leads(lantern) == [ada]
    assert [place.name for place in PLACES["group"].looked_after_by(ada)] == [lantern.name]
