from __future__ import annotations

import pytest
from django.test import Client

from folkmoot.people.actions import make_sign_in_link
from folkmoot.people.models import Person
from folkmoot.people.set_up import set_up_code
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
TICKED = {"myself": "on"}


def test_sign_in_link_is_not_used_up_by_opening_it(client):
    organisation()
    ada = PersonFactory(name="Ada Oakes")
    link = make_sign_in_link(ada)

    first, second = client.get(link), client.get(link)
    done = client.post(link, TICKED, follow=True)

    assert "Ada Oakes" in first.content.decode()
    assert second.status_code == 200
    assert done.wsgi_request.user == ada


def test_used_sign_in_link_says_so_and_is_gone(client):
    organisation()
    link = make_sign_in_link(PersonFactory())
    client.post(link, TICKED)

    again = Client().get(link)

    assert again.status_code == 410
    assert "no longer works" in again.content.decode()


def test_session_changes_at_sign_in(client):
    organisation()
    client.get("/accounts/login/")
    client.session["planted"] = True
    client.session.save()
    before = client.session.session_key

    client.post(make_sign_in_link(PersonFactory()), TICKED)

    assert client.session.session_key != before


def test_preferences_of_a_stranger_are_cookies_and_come_back(client):
    organisation()

    answer = client.post(
        "/preferences/?next=/groups/", {"zone": "Asia/Tokyo", "clock": "12", "theme": "dark", "next": "/groups/"}
    )
    page = client.get("/preferences/")

    assert answer["Location"] == "/groups/"
    assert {name: client.cookies[name].value for name in ("zone", "clock", "theme")} == {
        "zone": "Asia/Tokyo",
        "clock": "12",
        "theme": "dark",
    }
    assert '<option value="Asia/Tokyo" selected>' in page.content.decode()


def test_preferences_of_a_person_are_kept_with_them(client):
    organisation()
    ada = PersonFactory(zone="")
    client.force_login(ada)

    client.post("/preferences/", {"zone": "Asia/Kathmandu", "clock": "24", "theme": "system"})

    ada.refresh_from_db()
    assert ada.zone == "Asia/Kathmandu"


def test_shortcuts_are_off_for_strangers_until_they_turn_them_on(client):
    organisation()
    chosen = {"zone": "", "clock": "24", "theme": "system"}
    before = client.get("/preferences/")

    client.post("/preferences/", {**chosen, "shortcuts": "on"})
    turned_on = client.get("/preferences/")
    client.post("/preferences/", chosen)
    turned_off = client.get("/preferences/")

    pages = (before, turned_on, turned_off)
    assert [page.wsgi_request.reader.shortcuts for page in pages] == [False, True, False]
    # What a stranger chose is known to their browser alone, so that pages may be kept for everybody.
    assert not any("data-shortcuts=" in page.content.decode() for page in pages)


@pytest.mark.parametrize("shortcuts", [True, False])
def test_page_says_whether_a_persons_shortcuts_are_on(client, shortcuts):
    organisation()
    client.force_login(PersonFactory(shortcuts=shortcuts))

    page = client.get("/preferences/").content.decode()

    assert f'data-shortcuts="{"on" if shortcuts else "off"}"' in page
    assert 'data-shortcut="g c"' in page


@pytest.mark.parametrize(
    "hostile", ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "/%0d%0aX: y"]
)
def test_preferences_lead_nowhere_else(client, hostile):
    organisation()

    answer = client.post("/preferences/", {"zone": "", "clock": "24", "theme": "system", "next": hostile})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("cookie", ["PST", "../../etc/passwd", "x" * 5000, "Nowhere/Town", "%00", '"'])
def test_broken_zone_cookie_is_ignored(client, cookie):
    organisation(zone="Europe/Lisbon")
    client.cookies["zone"] = cookie

    answer = client.get("/preferences/")

    assert answer.status_code == 200
    assert answer.wsgi_request.reader.zone == "Europe/Lisbon"
    assert not answer.wsgi_request.reader.zone_known


def test_set_up_founds_the_organisation_and_its_steward(client):
    address = f"/setup/{set_up_code()}/"

    page = client.get(address)
    done = client.post(
        address, {"organisation": "Oak Commons", "zone": "Europe/Lisbon", "name": "Ada", "email": "ada@example.org"}
    )

    assert page.status_code == 200
    assert done["Location"] == "/groups/new/"
    assert Person.objects.get().is_steward
    assert client.get(address)["Location"] == "/"


def test_set_up_with_a_wrong_code_shows_and_does_nothing(client):
    answer = client.post(
        "/setup/wrong/", {"organisation": "Mine", "zone": "UTC", "name": "Eve", "email": "eve@example.org"}
    )

    assert answer.status_code == 403
    assert not Person.objects.exists()


def test_front_page_before_set_up_says_where_to_look(client):
    answer = client.get("/", follow=True)

    assert answer.redirect_chain == [("/setup/", 302)]
    assert "folkmoot setup" in answer.content.decode()
