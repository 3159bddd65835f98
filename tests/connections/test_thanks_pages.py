"""The pages on which people thank and are thanked, for each reader and in few queries."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from folkmoot.connections.actions.thanks import show_thanks, thank
from folkmoot.connections.models.thanks import Thanks, ThanksShown
from folkmoot.connections.thankable import Occasion
from folkmoot.ledger.actors import machine
from folkmoot.meetings.actions import begin_minutes, set_level
from folkmoot.people.actions import change_profile, name_steward
from folkmoot.people.actions.profiles import ProfileWords
from tests.factories.connections.thanks import thanks
from tests.factories.groups import group, join
from tests.factories.meetings import held_call
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
UGLY = "<script>alert(1)</script> {{ x }} \u202egnihton"


@pytest.fixture
def lantern():
    organisation()
    return group()


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada <b>"), lantern)


@pytest.fixture
def ben(lantern):
    return join(PersonFactory(name="Ben"), lantern)


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(response) -> str:
    return response.content.decode()


def test_from_a_call_to_the_words_on_the_page_of_whom_they_are_for(lantern, ada, ben):
    call = held_call(lantern)
    set_level(begin_minutes(call, by=machine()), "chatham", by=machine())
    page = browser(ada).get(call.get_absolute_url())
    link = unescape(text(page)).partition('<a href="/thanks/new/')[2].partition('"')[0]

    asked = browser(ada).get(f"/thanks/new/{link}")
    nothing = browser(ada).post(f"/thanks/new/{link}", {"whom": "", "words": ""})
    sent = browser(ada).post(f"/thanks/new/{link}", {"whom": ben.pk, "also": [ben.pk], "words": UGLY}, follow=True)

    assert "not for what they said" in text(asked)
    assert (nothing.status_code, sent.redirect_chain[0][0]) == (400, "/thanks/#given")
    said = Thanks.objects.get()
    assert (said.giver, said.receiver, said.group, said.stays_inside) == (ada, ben, lantern, True)
    assert f'action="/thanks/{said.pk}/take-back/"' in text(sent)
    Thanks.objects.update(reaches_at=timezone.now())
    mine = text(browser(ben).get("/thanks/"))
    assert "&lt;script&gt;alert(1)" in mine
    assert "Ada &lt;b&gt;" in mine
    assert "<script>alert" not in mine
    assert 'value="group"' in mine
    # The choice for this one has no "everyone signed in"; that for new ones has.
    assert mine.count('value="signed_in"') == 1


def test_who_is_in_a_group_is_offered_to_people_of_it_alone(lantern, ada, ben):
    stranger = PersonFactory()

    pages = [text(browser(one).get(f"/thanks/new/?group={lantern.slug}&person={ben.pk}")) for one in (ada, stranger)]

    assert [f'<option value="{ben.pk}" selected>Ben</option>' in page for page in pages] == [True, False]
    assert ["take part in none yet" in page for page in pages] == [False, True]
    assert browser(ada).get("/thanks/new/?about=call:99999").status_code == 404


@pytest.mark.parametrize(("shown", "read_by"), [("me", ""), ("group", "ben"), ("signed_in", "ben eve")])
def test_page_of_a_group_shows_what_its_reader_may_read(lantern, ada, ben, shown, read_by):
    eve, steward = PersonFactory(), PersonFactory()
    name_steward(steward, by=machine())
    occasion = Occasion("the secret feast", "/", lantern)
    show_thanks(thanks(ben, ada, "For the soup", occasion=occasion), ThanksShown(shown), by=ada)

    pages = {
        name: text(browser(one).get(f"/groups/{lantern.slug}/connections/"))
        for name, one in {"ben": ben, "eve": eve, "steward": steward}.items()
    }

    # A steward reads no more than anybody who is signed in.
    assert {name for name, page in pages.items() if "For the soup" in page} == {
        *read_by.split(),
        *(["steward"] if shown == "signed_in" else []),
    }
    assert not [name for name, page in pages.items() if "secret feast" in page]


def test_profile_shows_thanks_to_whoever_is_signed_in_and_a_way_to_say_one(lantern, ada, ben):
    change_profile(ada, ProfileWords(name="Ada", about="Hello", seen={"about": "everyone"}), by=ada)
    show_thanks(thanks(ben, ada, "For the soup"), ThanksShown.SIGNED_IN, by=ada)

    pages = {
        "stranger": text(Client().get(f"/people/{ada.pk}/")),
        "ben": text(browser(ben).get(f"/people/{ada.pk}/")),
        "ada": text(browser(ada).get(f"/people/{ada.pk}/")),
        "as others": text(browser(ada).get(f"/people/{ada.pk}/?as=everyone")),
    }

    assert {name: "For the soup" in page for name, page in pages.items()} == {
        "stranger": False,
        "ben": True,
        "ada": True,
        "as others": False,
    }
    assert f'href="/thanks/new/?person={ada.pk}"' in pages["ben"]


def test_what_one_got_is_shown_and_removed_and_new_ones_follow_the_wish(lantern, ada, ben):
    said = thanks(ada, ben, group=lantern)
    client = browser(ben)

    client.post("/thanks/wish/", {"shown": "group"})
    answers = [
        client.post(f"/thanks/{said.pk}/show/", {"shown": shown}).status_code for shown in ("group", "nonsense", "")
    ]
    client.post(f"/thanks/{said.pk}/remove/")

    assert answers == [302, 400, 400]
    assert client.post(f"/thanks/{said.pk}/show/", {"shown": "me"}).status_code == 404
    assert thank([ben], "And again", by=ada, group=lantern)[0].shown == "group"


def test_card_of_a_year_has_its_months_and_nobody_else_s(freeze, lantern, ada, ben):
    freeze("2025-03-03T12:00:00Z")
    thanks(ada, ben, "In spring")
    thanks(ben, ada, "For somebody else")
    freeze("2025-09-03T12:00:00Z")
    thanks(ada, ben, "In autumn")
    freeze("2026-01-03T12:00:00Z")
    thanks(ada, ben, "Next year")
    client = browser(ben)

    card, empty = text(client.get("/thanks/years/2025/")), text(client.get("/thanks/years/2024/"))

    at = [card.index(words) for words in ("March", "In spring", "September", "In autumn")]
    assert at == sorted(at)
    assert [words in card for words in ("For somebody else", "Next year")] == [False, False]
    assert "No thanks stand in this year" in empty
    assert client.get("/thanks/years/20255/").status_code == 404
    assert 'href="/thanks/years/2025/"' in text(client.get("/thanks/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_number_of_questions_however_much_they_show(
    lantern, ada, ben, rows, django_assert_num_queries
):
    for number in range(rows):
        show_thanks(thanks(ada, ben, f"Thanks {number}", group=lantern), ThanksShown.SIGNED_IN, by=ben)
        thanks(ben, ada, f"Back {number}", group=lantern)
    client = browser(ben)

    for path, queries in {
        "/thanks/": 7,
        "/thanks/new/": 4,
        f"/thanks/years/{timezone.now().year}/": 3,
        f"/people/{ben.pk}/": 6,
    }.items():
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200
