"""Steward mode: what a steward may do in a browser while it is off, on, over, and elsewhere."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.people.actions import make_sign_in_link
from folkmoot.people.models import Person, SignInLink
from folkmoot.people.rules import is_steward
from folkmoot.people.set_up import set_up_code
from folkmoot.people.steward_mode import LASTS, UNTIL
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

ON, OFF, PEOPLE = "/steward/mode/on/", "/steward/mode/off/", "/people/"


@pytest.fixture
def steward(client):
    """Signed in at `client`, with the mode off."""
    organisation()
    person = PersonFactory(name="Wren", is_steward=True)
    sign_in(client, person)
    return person


def sign_in(client: Client, person: Person) -> None:
    """As the sign-in pages do, which leave the mode off."""
    client.force_login(person)
    session = client.session
    del session[UNTIL]
    session.save()


def told() -> list[tuple[str, Person | None, dict]]:
    return [
        (entry.kind, entry.actor, entry.payload)
        for entry in Entry.objects.filter(kind__startswith="people.steward_mode").order_by("pk")
    ]


def words(client: Client, path: str) -> str:
    """All that a page says, in its frame too."""
    page = client.get(path).content.decode()
    return " ".join(re.sub("<[^>]*>", " ", page[page.index("<body>") :]).split())


def test_mode_is_switched_on_where_one_is_and_off_again_and_told(client, steward, freeze):
    freeze("2026-11-26T14:40:00Z")
    sign_in(client, steward)
    menu = client.get("/groups/?page=1").content.decode()

    on = client.post(ON, {"next": "/groups/?page=1"})
    again = client.post(ON, {"next": "//evil.example/"})

    assert 'action="/steward/mode/on/"' in menu
    assert 'name="next" value="/groups/?page=1"' in menu
    assert (on["Location"], again["Location"]) == ("/groups/?page=1", "/steward/")
    assert "Steward mode is on until 15:40 . Switch it off" in words(client, "/groups/")
    assert client.get(PEOPLE).status_code == 200

    off = client.post(OFF, {"next": "/groups/"})

    assert off["Location"] == "/groups/"
    assert "Steward mode is on" not in words(client, "/groups/")
    assert client.get(PEOPLE).status_code == 403
    client.post(OFF)
    assert told() == [
        ("people.steward_mode_on", steward, {"minutes": 60}),
        ("people.steward_mode_off", steward, {}),
    ]


def test_mode_ends_by_itself_an_hour_after_it_was_switched_on(client, steward, freeze):
    clock = freeze("2026-11-26T14:40:00Z")
    sign_in(client, steward)
    client.post(ON)
    clock.shift(LASTS.total_seconds() - 1)
    client.post(ON)
    last = client.get(PEOPLE).status_code

    clock.shift(1)

    assert (last, client.get(PEOPLE).status_code) == (200, 403)
    assert "Steward mode is on" not in words(client, "/groups/")
    client.post(OFF)
    assert [kind for kind, *_ in told()] == ["people.steward_mode_on"]


def test_mode_ends_with_its_session_and_no_other_session_has_it(client, steward):
    elsewhere = Client()
    sign_in(elsewhere, steward)
    client.post(ON)

    assert (client.get(PEOPLE).status_code, elsewhere.get(PEOPLE).status_code) == (200, 403)

    client.post("/accounts/logout/")
    assert UNTIL not in client.session
    link = make_sign_in_link(PersonFactory())
    client.post(link, {"myself": "on"})
    assert client.get(PEOPLE).status_code == 403


def test_page_that_only_a_steward_may_see_offers_the_switch_and_leads_back(client, steward):
    refused = client.get("/people/?q=ada")

    assert refused.status_code == 403
    assert "You are a steward, and your steward mode is off. With it, you may go on." in words(client, "/people/?q=ada")
    assert 'name="next" value="/people/?q=ada"' in refused.content.decode()
    assert client.post(ON, {"next": "/people/?q=ada"})["Location"] == "/people/?q=ada"
    assert client.get("/people/?q=ada").status_code == 200


def test_form_that_only_a_steward_may_send_leads_back_to_where_it_was_sent_from(client, steward):
    ada = PersonFactory()
    path = f"/people/{ada.pk}/record/standing/"

    refused = [
        client.post(path, {"to": "hold"}, headers={"referer": referer}).content.decode()
        for referer in ("http://testserver/groups/?a=b", "https://evil.example/groups/", "")
    ]

    # The first is that of the menu.
    back = [page.split("With it, you may go on.")[1].split('name="next" value="')[1].split('"')[0] for page in refused]
    assert back == ["/groups/?a=b", "/", "/"]
    ada.refresh_from_db()
    assert ada.is_active


def test_page_that_steward_mode_does_not_open_offers_nothing(client, steward):
    lantern = group()

    assert client.get("/groups/none/").status_code == 404
    assert "Some pages are there for stewards alone, and your steward mode is off." in words(client, "/groups/none/")
    client.post(ON)
    assert "for stewards alone" not in words(client, "/groups/none/")
    client.force_login(PersonFactory())
    assert "for stewards alone" not in words(client, "/groups/none/")
    assert "steward mode" not in words(client, PEOPLE)
    assert "steward mode" not in words(client, f"/groups/{lantern.slug}/")


def test_looking_after_it_is_the_way_into_the_mode(client, steward):
    page = client.get("/steward/")

    assert page.status_code == 200
    assert "Your steward mode is off" in page.content.decode()
    assert client.post(ON, {"next": "/steward/"})["Location"] == "/steward/"
    assert "How it is doing" in words(client, "/steward/")


def test_nobody_but_a_steward_switches_it_on(client):
    organisation()
    ada = PersonFactory()
    client.force_login(ada)

    assert client.post(ON).status_code == 403
    assert client.post(OFF).status_code == 302
    assert "Steward mode is on" not in words(client, "/groups/")
    assert told() == []


def test_who_is_no_steward_any_more_has_no_mode(client, steward):
    client.post(ON)
    Person.objects.filter(pk=steward.pk).update(is_steward=False)

    assert client.get(PEOPLE).status_code == 403
    assert "Steward mode is on" not in words(client, "/groups/")


def test_a_mode_that_is_on_for_longer_than_it_lasts_is_off(client, steward):
    session = client.session
    session[UNTIL] = 9e12
    session.save()

    assert client.get(PEOPLE).status_code == 403


def test_saving_whoever_holds_back_leaves_them_a_steward(client, steward):
    client.post("/preferences/", {"zone": "Asia/Kolkata", "clock": "24", "theme": "dark"})

    steward.refresh_from_db()
    assert (steward.zone, steward.is_steward) == ("Asia/Kolkata", True)


def test_outside_of_browsers_a_steward_is_one(steward):
    assert [bool(is_steward(actor)) for actor in (Person.objects.get(pk=steward.pk), machine(), system())] == [True] * 3


def test_mode_is_on_after_set_up_and_after_a_link_that_the_machine_printed(client):
    address = f"/setup/{set_up_code()}/"
    founded = {"organisation": "Oak Commons", "zone": "Europe/Lisbon", "name": "Ada", "email": "ada@example.org"}

    assert client.post(address, founded)["Location"] == "/groups/new/"
    assert client.get("/groups/new/").status_code == 200

    ada = Person.objects.get()
    elsewhere = Client()
    elsewhere.post(make_sign_in_link(ada), {"myself": "on"})
    assert elsewhere.get(PEOPLE).status_code == 200
    assert told() == [("people.steward_mode_on", ada, {"minutes": 60})] * 2


def test_link_does_not_switch_the_mode_on_before_the_second_step(client, steward):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(steward, generate_totp_secret())
    browser = Client()

    browser.post(make_sign_in_link(steward), {"myself": "on"})

    assert SignInLink.objects.get().used_at is not None
    assert UNTIL not in browser.session
