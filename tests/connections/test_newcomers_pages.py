"""Pages of newcomers, their buddies and those who lead, as each of them goes through them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import RequestFactory
from django.urls import reverse

from folkmoot.connections.actions.newcomers_first_tasks import keep_first_task
from folkmoot.connections.models.newcomers import BuddyPair, NewcomerCheckIn
from folkmoot.connections.panels.newcomers import way
from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from tests.factories.connections.newcomers import asked, came, on_rota
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import task

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
PAGE, HUB = 21, 2


@pytest.fixture
def lantern(freeze):
    freeze("2026-11-26T12:00Z")
    organisation()
    return group()


def _signed(client, person):
    client.force_login(person)
    return client


def test_journey_from_the_mail_to_the_answer_and_somebody_else(lantern, client):
    on_rota(lantern, "Rosa", "Lina")
    newcomer = came(PersonFactory(name="Pim"), lantern)
    keep_first_task(task(lantern, title="Read aloud"), needs="A voice", minutes=60, by=system())
    check_in, client = asked(newcomer), _signed(client, newcomer.person)
    welcome, question = reverse("group_welcome", args=[lantern.slug]), check_in.get_absolute_url()
    first = newcomer.pairs.get().buddy

    page = client.get(welcome).content.decode()
    form = client.get(question).content.decode()
    wrong = client.post(question, {"answer": "", "words": "Kept words"})
    done = client.post(question, {"answer": "feet", "words": "", "only_buddy": "yes"}, follow=True)
    changed = client.post(reverse("ask_for_another_buddy", args=[newcomer.pk]), follow=True)

    assert f"Hello {first.name}, I have just come." in page
    assert "About 1 hour. You need: A voice" in page
    assert f"Your buddy is {first.name}." in form
    assert (wrong.status_code, "Kept words" in wrong.content.decode()) == (400, True)
    assert "Thank you. It helps to know." in done.content.decode()
    second = newcomer.pairs.get(state="running").buddy
    assert f"{second.name} is there for you now." in changed.content.decode()
    assert client.get(reverse("connections")).status_code == 200


def test_buddy_finds_first_words_and_hands_back_and_one_who_is_late_hears_it_kindly(lantern, client):
    (rosa,) = on_rota(lantern, "Rosa")
    newcomer, ada = came(PersonFactory(name="Pim"), lantern), join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    pair = newcomer.pairs.get()
    client, page = _signed(client, rosa), reverse("newcomers", args=[lantern.slug])

    shown = client.get(page).content.decode()
    said = client.post(reverse("say_hello", args=[newcomer.pk]), follow=True).content.decode()
    paused = client.post(reverse("offer_to_be_buddy", args=[lantern.slug]), {"most": 2, "pause": "until"})
    back = client.post(reverse("change_buddy", args=[pair.pk, "hand-back"]), follow=True).content.decode()
    client.force_login(ada)
    late = client.post(reverse("say_hello", args=[newcomer.pk]), follow=True).content.decode()

    assert "Hello Pim, good that you are here." in shown
    assert "Pim has been greeted." in said
    assert (paused.status_code, "last day of your pause" in paused.content.decode()) == (400, True)
    assert "Handed back. Thank you" in back
    assert "by Rosa. A second hello is welcome all the same." in late


@pytest.mark.parametrize("many", [1, 3])
def test_page_and_panels_ask_as_much_for_three_as_for_one(lantern, client, django_assert_num_queries, many):
    on_rota(lantern, "Rosa", "Lina", most=9)
    ada = join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    newcomers = [came(PersonFactory(), lantern) for _number in range(many)]
    BuddyPair.objects.update(buddy=ada)
    for newcomer in newcomers:
        NewcomerCheckIn.objects.create(newcomer=newcomer, day=7, asked_at=NOW, answer="well", answered_at=NOW)
    client = _signed(client, ada)
    client.get(reverse("newcomers", args=[lantern.slug]))

    with django_assert_num_queries(PAGE):
        page = client.get(reverse("newcomers", args=[lantern.slug]))
    request = RequestFactory().get("/")
    request.user = Person.objects.get(pk=ada.pk)
    with django_assert_num_queries(HUB):
        hub = str(way(request, lantern))

    words = "newcomers" if many > 1 else "newcomer"
    assert page.content.decode().count("Going well") == many
    assert f"{many} {words}" in hub


def test_where_nobody_else_is_free_nobody_is_promised_and_who_did_not_answer_is_not_named(lantern, client):
    on_rota(lantern, "Rosa")
    newcomer, ada = came(PersonFactory(name="Pim"), lantern), join(PersonFactory(), lantern, Power.MANAGE)
    asked(newcomer)
    BuddyPair.objects.create(newcomer=newcomer, buddy=ada, state="ended", since=NOW, ended_at=NOW)

    client = _signed(client, newcomer.person)
    said = client.post(reverse("ask_for_another_buddy", args=[newcomer.pk]), follow=True).content.decode()
    newcomer.hello_at = NOW
    newcomer.save()
    seen = _signed(client, ada).get(reverse("newcomers", args=[lantern.slug])).content.decode()

    assert "Nobody else is free just now" in said
    assert ("One person was asked lately" in seen, "Pim" in seen) == (True, False)
