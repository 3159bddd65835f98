"""Mailing lists of a place: entered, confirmed by a code that arrived there, removed."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from folkmoot.groups.mailing import place_of
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.actions import add_list, confirm_list, remove_list, send_list_code
from folkmoot.notices.models import Letter, ListAddress
from folkmoot.notices.places import place_named, places_of
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LIST = "lantern@lists.example.org"


@pytest.fixture
def lantern():
    organisation()
    return group(name="Lantern")


@pytest.fixture
def manager(lantern):
    ada = PersonFactory(name="Ada")
    join(ada, lantern, Power.MANAGE)
    return ada


def code_in_last_letter() -> str:
    return re.search(r"code: ([A-Z]{4}-[A-Z]{4})", Letter.objects.order_by("-pk")[0].text).group(1)


def test_list_is_used_once_its_code_is_entered(lantern, manager, freeze):
    clock = freeze("2026-05-01T12:00Z")
    row = add_list(place_of(lantern), LIST, by=manager, now=timezone.now())
    letter = Letter.objects.get()
    before = row.confirmed_at

    with pytest.raises(Refused) as wrong:
        confirm_list(row, "BBBB-BBBB", by=manager, now=timezone.now())
    clock.shift(61)
    send_list_code(row, by=manager, now=timezone.now())
    confirm_list(row, code_in_last_letter(), by=manager, now=timezone.now())

    assert letter.recipient == LIST
    assert before is None
    assert wrong.value.code == "wrong_code"
    assert ListAddress.objects.get().confirmed_at == timezone.now()
    assert [entry.kind for entry in Entry.objects.filter(kind__startswith="notices.").order_by("pk")] == [
        "notices.list_added",
        "notices.list_confirmed",
    ]


def test_list_is_entered_once_per_place(lantern, manager):
    add_list(place_of(lantern), LIST, by=manager, now=timezone.now())

    with pytest.raises(Refused) as twice:
        add_list(place_of(lantern), LIST.upper(), by=manager, now=timezone.now())
    with pytest.raises(Refused) as no_address:
        add_list(place_of(lantern), "a\nBcc: b@example.org", by=manager, now=timezone.now())

    assert (twice.value.code, no_address.value.code) == ("list_taken", "invalid")
    assert Letter.objects.count() == 1


def test_place_has_few_lists(lantern, manager):
    for number in range(10):
        add_list(place_of(lantern), f"{number}@lists.example.org", by=manager, now=timezone.now())

    with pytest.raises(Refused) as refused:
        add_list(place_of(lantern), LIST, by=manager, now=timezone.now())

    assert refused.value.code == "too_many"


def test_list_removed_twice_is_removed_once(lantern, manager):
    row = add_list(place_of(lantern), LIST, by=manager, now=timezone.now())

    remove_list(row, by=manager)
    remove_list(row, by=manager)

    assert Entry.objects.filter(kind="notices.list_removed").count() == 1


MAY = {"stranger": False, "participant": False, "manager": True, "other_manager": False, "steward": True}


@pytest.mark.parametrize(("role", "may"), MAY.items())
@pytest.mark.parametrize("act", ["add", "again", "confirm", "remove"])
def test_lists_are_looked_after_by_managers_and_stewards(lantern, manager, freeze, role, may, act):
    clock = freeze("2026-05-01T12:00Z")
    other = group(name="Anvil")
    people = {
        "stranger": PersonFactory(),
        "participant": PersonFactory(),
        "manager": manager,
        "other_manager": PersonFactory(),
        "steward": PersonFactory(is_steward=True),
    }
    join(people["participant"], lantern, Power.TAKE_PART)
    join(people["other_manager"], other, Power.MANAGE)
    row = add_list(place_of(lantern), LIST, by=system(), now=timezone.now())
    code = code_in_last_letter()
    clock.shift(61)
    acts = {
        "add": lambda by: add_list(place_of(lantern), "b@lists.example.org", by=by, now=timezone.now()),
        "again": lambda by: send_list_code(row, by=by, now=timezone.now()),
        "confirm": lambda by: confirm_list(row, code, by=by, now=timezone.now()),
        "remove": lambda by: remove_list(row, by=by),
    }

    if may:
        acts[act](people[role])
    else:
        with pytest.raises(Refused) as refused:
            acts[act](people[role])
        assert refused.value.code == "forbidden"


def test_places_are_named_and_those_that_are_not_there_refused(lantern, manager):
    steward = PersonFactory(is_steward=True)

    assert place_named(f"group:{lantern.pk}").name == "Lantern"
    assert [place.name for place in places_of(manager)] == ["Lantern"]
    assert [place.name for place in places_of(steward)] == ["Oak Commons", "Lantern"]
    assert places_of(PersonFactory()) == []
    for key in ("group:999", "group:x", "group:", "organisation:1", "nowhere", ""):
        with pytest.raises(Refused) as refused:
            place_named(key)
        assert refused.value.code == "not_found"


def test_manager_enters_confirms_and_removes_a_list_on_its_page(client, lantern, manager):
    client.force_login(manager)
    path = f"/notices/lists/group:{lantern.pk}/"

    empty = client.get(path).content.decode()
    bad = client.post(path, {"address": "nonsense"})
    added = client.post(path, {"address": LIST}, follow=True).content.decode()
    row = ListAddress.objects.get()
    wrong = client.post(f"/notices/list/{row.pk}/", {"do": "confirm", "code": "x"}, follow=True).content.decode()
    too_soon = client.post(f"/notices/list/{row.pk}/", {"do": "again"})
    right = client.post(
        f"/notices/list/{row.pk}/", {"do": "confirm", "code": code_in_last_letter()}, follow=True
    ).content.decode()
    gone = client.post(f"/notices/list/{row.pk}/", {"do": "remove"}, follow=True).content.decode()

    assert "No list yet." in empty
    assert bad.status_code == 400
    assert "not confirmed" in added
    assert "not the newest one" in wrong
    assert too_soon.status_code == 409
    assert "in use" in right
    assert "No list yet." in gone
    assert f"/notices/lists/group:{lantern.pk}/" in client.get("/me/notices/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_number_of_lists(client, lantern, manager, django_assert_num_queries, count):
    client.force_login(manager)
    for number in range(count):
        ListAddress.objects.create(place=f"group:{lantern.pk}", address=f"{number}@lists.example.org")
    path = f"/notices/lists/group:{lantern.pk}/"
    client.get(path)

    with django_assert_num_queries(6):
        client.get(path)
