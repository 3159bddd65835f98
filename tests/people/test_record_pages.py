"""People's records, as stewards find and change them."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from django.test import Client
from django.utils.html import escape

from folkmoot.groups.models import Power
from folkmoot.ledger.actors import machine, system
from folkmoot.people.actions import add_person, erase_person, merge_people, suspend_person
from folkmoot.people.models import MergeRecord, Person
from folkmoot.people.queries import look_alikes, people_for_stewards
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward(client: Client) -> Person:
    organisation()
    person = PersonFactory(name="Wren Ashdown", email="wren@example.org", is_steward=True)
    client.force_login(person)
    return person


def names(**asked: str) -> list[str]:
    return [person.name for person in people_for_stewards(**asked)]


@pytest.mark.parametrize(
    "words",
    [
        "mäkelä",
        "MÄKELÄ",
        "makela",
        unicodedata.normalize("NFD", "Mäkelä"),
        "ma\u200bkela",
        "jonas.m@",
        "JONAS.M@EXAMPLE",
    ],
)
def test_people_are_found_by_name_and_address_however_they_are_typed(words):
    PersonFactory(name="Jonas Mäkelä", email="jonas.m@example.org")
    PersonFactory(name="Somebody Else", email="else@example.org")

    assert names(words=words) == ["Jonas Mäkelä"]


def test_wild_cards_are_letters_like_others():
    PersonFactory(name="Ada")

    assert names(words="%") == names(words="_") == []


def test_people_stand_in_the_order_of_their_names_without_marks_and_case():
    for name in ("Zoe", "ändre", "Anna", "Åsa", "bo"):
        PersonFactory(name=name)

    assert names() == ["ändre", "Anna", "Åsa", "bo", "Zoe"]


def test_filters_show_who_stands_how():
    PersonFactory(name="Steward", is_steward=True)
    kept, gone, erased, held = (PersonFactory(name=name) for name in ("Kept", "Gone", "Erased", "Held"))
    merge_people(kept, gone, by=machine())
    erase_person(erased, by=machine())
    suspend_person(held, by=machine())

    assert names() == ["Held", "Kept", "Steward"]
    assert names(show="steward") == ["Steward"]
    assert names(show="held") == ["Held"]
    assert names(show="never") == ["Held", "Kept", "Steward"]
    assert names(show="left") == ["Gone", "Someone who left"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions(client, steward, django_assert_num_queries, rows):
    for _ in range(rows):
        PersonFactory()

    with django_assert_num_queries(7):
        assert client.get("/people/").status_code == 200


def test_list_is_shown_in_pages_and_searched(client, steward):
    for number in range(60):
        PersonFactory(name=f"Person {number:02}", email=f"p{number}@example.org")

    first, second = client.get("/people/"), client.get("/people/?page=2")
    found = client.get("/people/?q=person+59")

    assert len(first.context["rows"]) == 50
    assert len(second.context["rows"]) == 11
    assert [person.name for person, _alike in found.context["rows"]] == ["Person 59"]
    assert "p59@example.org" in found.content.decode()


def test_name_that_passes_for_a_steward_or_manager_is_pointed_out(client, steward):
    manager = join(PersonFactory(name="Adaeze Okonjo"), group(), Power.MANAGE)
    false_steward = PersonFactory(name="Wrеn Аshdоwn")  # with Cyrillic letters
    false_manager = PersonFactory(name="ADAEZE  OKONJO")
    honest = PersonFactory(name="Ada Oakes")

    alike = look_alikes([steward, manager, false_steward, false_manager, honest])
    text = client.get(f"/people/{false_steward.pk}/record/").content.decode()
    list_text = client.get("/people/").content.decode()

    assert alike == {false_steward.pk: [steward], false_manager.pk: [manager]}
    assert "A name that may be taken for another" in text
    assert list_text.count("name like") == 2


def test_record_page_leads_through_a_whole_life(client, steward):
    ada = add_person(name="Ada Oakes", email="ada@example.org", by=system())
    page = f"/people/{ada.pk}/record/"

    def to(what: str) -> str:
        client.post(f"{page}standing/", {"to": what})
        ada.refresh_from_db()
        return f"{ada.standing} {'steward' if ada.is_steward else ''}".strip()

    assert "ada@example.org" in client.get(page).content.decode()
    assert [to(what) for what in ("hold", "restore", "steward", "no-steward")] == [
        "suspended", "active", "active steward", "active",
    ]  # fmt: skip
    assert client.post(f"{page}standing/", {"to": "emperor"}).status_code == 400


def test_only_steward_cannot_be_unmade_and_the_page_says_why(client, steward):
    page = f"/people/{steward.pk}/record/"

    text = client.get(page).content.decode()
    refused = client.post(f"{page}standing/", {"to": "no-steward"})

    assert "Wren Ashdown is the only steward." in text
    assert "Another steward can hold you." in text
    assert refused.status_code == 409
    assert Person.objects.get(pk=steward.pk).is_steward


def test_merge_is_looked_for_shown_done_and_taken_back(client, steward):
    kept = add_person(name="Ada Oakes", email="ada@example.org", by=system())
    gone = add_person(name="A. Oakes", email="oakes@example.org", by=system())
    join(gone, group())
    page = f"/people/{kept.pk}/record/merge/"

    found = client.get(page, {"q": "oakes"})
    preview = client.get(page, {"gone": gone.pk})
    done = client.post(page, {"gone": gone.pk}, follow=True)
    undone = client.post(f"/people/merges/{MergeRecord.objects.get().pk}/undo/", follow=True)

    assert list(found.context["found"]) == [gone]
    assert [(str(kind.title), len(kind.rows)) for kind in preview.context["kinds"]] == [
        ("E-mail addresses", 1),
        ("Groups and roles", 1),
    ]
    assert done.redirect_chain == undone.redirect_chain == [(f"/people/{kept.pk}/record/", 302)]
    assert "The two records are one now." in done.content.decode()
    assert "oakes@example.org" in done.content.decode()
    assert "The two records are apart again." in undone.content.decode()
    assert Person.objects.get(pk=gone.pk).email == "oakes@example.org"


@pytest.mark.parametrize("gone", ["", "x", "0", "9" * 30, "itself", "erased"])
def test_merge_page_takes_only_a_record_that_can_go(client, steward, gone):
    kept, erased = PersonFactory.create_batch(2)
    erase_person(erased, by=machine())
    number = {"itself": kept.pk, "erased": erased.pk}.get(gone, gone)

    assert client.get(f"/people/{kept.pk}/record/merge/", {"gone": number}).status_code == 200
    assert client.post(f"/people/{kept.pk}/record/merge/", {"gone": number}).status_code == 400


def test_record_of_somebody_who_left_can_be_read_but_no_longer_changed(client, steward):
    kept, gone, erased = PersonFactory.create_batch(3)
    merge_people(kept, gone, by=machine())
    erase_person(erased, by=machine())

    texts = [client.get(f"/people/{person.pk}/record/").content.decode() for person in (gone, erased)]

    assert all("What you can do" not in text for text in texts)
    assert "This record was merged into that of" in texts[0]
    assert client.get(f"/people/{erased.pk}/record/erase/").status_code == 404
    assert client.get(f"/people/{erased.pk}/record/merge/").status_code == 404


def test_steward_hands_out_and_erases_on_request(client, steward):
    ada = add_person(name="Ada Oakes", email="ada@example.org", by=system())

    file = client.post(f"/people/{ada.pk}/record/file/")
    wrong = client.post(f"/people/{ada.pk}/record/erase/", {"name": "Ben"})
    done = client.post(f"/people/{ada.pk}/record/erase/", {"name": "ada oakes"}, follow=True)

    assert "Ada Oakes" in zipfile.ZipFile(io.BytesIO(file.content)).read("everything.md").decode()
    assert wrong.status_code == 400
    assert done.redirect_chain == [("/people/", 302)]
    assert Person.objects.get(pk=ada.pk).standing == "erased"


@pytest.mark.parametrize("name", ["Pim", "a" * 200, "نور الحدّاد", "👩‍🌾 Farmer", "A\u0301da", "D'Arcy & <Sons>"])
def test_every_name_is_shown_isolated_and_escaped(client, steward, name):
    person = PersonFactory(name=name)

    text = client.get(f"/people/{person.pk}/record/").content.decode()

    assert f"<bdi>{escape(name)}</bdi>" in text
