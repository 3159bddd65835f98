"""Seeing pages as somebody else: just what they would get, and nothing remains."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client

from folkmoot.desk.viewing import ENDS_AFTER, KEPT_AS, WAYS
from folkmoot.groups.actions.structure import close_group
from folkmoot.groups.models import Group, Participation, Power
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.people.models import Person
from tests.calendar.reading import words_of
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

HISTORY = "/groups/lantern-working-group/history/"


@pytest.fixture
def steward(client):
    organisation()
    join(PersonFactory(name="Ada"), group(), Power.MANAGE)
    person = PersonFactory(name="Wren", is_steward=True)
    client.force_login(person)
    return person


def look(client, way: str, path: str = HISTORY) -> str:
    assert client.post("/viewing/", {"way": way, "next": path}).status_code == 302
    return " ".join(client.get(path).content.decode().split())


@pytest.mark.parametrize(
    ("way", "sees_people"),
    [("public", False), ("stranger", False), ("observe", True), ("take_part", True), ("manage", True)],
)
def test_page_is_what_such_a_reader_gets(client, steward, way, sees_people):
    page = look(client, way)

    assert f"You see pages as {WAYS[way]} would." in page
    assert ("Ada is now among the Managers." in page) is sees_people
    assert client.get("/steward/history/").status_code in (302, 403)


def test_manager_s_powers_show_as_a_manager_and_not_as_an_observer(client, steward):
    path = "/groups/lantern-working-group/meetings/new/"

    look(client, "observe")
    assert client.get(path).status_code == 403
    look(client, "manage")
    assert client.get(path).status_code == 200


def test_nothing_remains_of_looking(client, steward):
    before = (Person.objects.count(), Participation.objects.count(), Entry.objects.count())

    for way in WAYS:
        look(client, way)

    assert (Person.objects.count(), Participation.objects.count(), Entry.objects.count()) == before


def test_nothing_can_be_changed_while_looking(client, steward):
    look(client, "manage")

    answer = client.post("/preferences/", {"zone": "Asia/Kolkata", "clock": "24", "theme": "dark"})

    assert answer.status_code == 403
    assert "Stop that first" in words_of(answer.content.decode())
    steward.refresh_from_db()
    assert steward.zone == "Europe/Lisbon"


def test_looking_ends_by_itself_and_at_a_word(client, steward, freeze):
    clock = freeze("2026-11-26T12:00:00Z")
    client.force_login(steward)
    look(client, "public")
    assert client.get("/steward/").status_code == 302

    assert client.post("/viewing/stop/", {"next": "/steward/"})["Location"] == "/steward/"
    assert client.get("/steward/").status_code == 200

    look(client, "public")
    clock.shift(ENDS_AFTER + 1)
    assert client.get("/steward/").status_code == 200


def test_page_seen_as_the_public_is_kept_for_nobody_and_holds_no_page_of_theirs(client, steward):
    answer_path = "/groups/lantern-working-group/"
    look(client, "public", answer_path)

    assert client.get(answer_path)["Cache-Control"] == "no-store, private"
    client.logout()
    assert "You see pages as" not in client.get(answer_path).content.decode()


def test_whoever_stands_for_a_way_of_looking_is_counted_on_no_page_of_others(client, steward):
    lantern = Group.objects.get()
    close_group(lantern, why="Done.", by=system())
    path = lantern.get_absolute_url()
    look(client, "take_part", path)

    afterwards = Client().get(path).content
    for shelf in caches.all():
        shelf.clear()

    assert b"1 person took part." in afterwards
    assert afterwards == Client().get(path).content


@pytest.mark.parametrize("way", ["", "god", "steward"])
def test_other_ways_are_refused(client, steward, way):
    assert client.post("/viewing/", {"way": way}).status_code == 400


def test_way_back_stays_here(client, steward):
    assert client.post("/viewing/", {"way": "public", "next": "//evil.example/"})["Location"] == "/"


def test_who_is_no_steward_any_more_looks_as_themselves(client, steward):
    look(client, "manage")
    Person.objects.filter(pk=steward.pk).update(is_steward=False)

    page = client.get(HISTORY).content.decode()

    assert "You see pages as" not in page
    assert "Ada is now" not in page


def test_planted_way_in_a_session_gives_nobody_powers(client):
    organisation()
    join(PersonFactory(name="Ada"), group(), Power.MANAGE)
    client.force_login(PersonFactory())
    session = client.session
    session[KEPT_AS] = {"way": "manage", "since": 9e12}
    session.save()

    assert client.get("/groups/lantern-working-group/meetings/new/").status_code == 403
