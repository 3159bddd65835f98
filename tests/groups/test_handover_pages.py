"""The pages of a handover, from its beginning to the signatures, and what they cost."""

from __future__ import annotations

import pytest
from django.utils import timezone

from folkmoot.groups.actions import end_participation
from folkmoot.groups.actions.handover import begin_handover
from folkmoot.groups.models import Handover, Participation, Power, UnownedHolding
from folkmoot.groups.queries import has_power
from folkmoot.notices.models import Telling
from tests.factories.groups import group, join
from tests.factories.handovers import accept_all, offered, signed
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern(freeze):
    freeze("2026-03-10T12:00Z")
    organisation()
    return group()


@pytest.fixture
def ada(lantern):
    return join(PersonFactory(name="Ada"), lantern, Power.MANAGE)


@pytest.fixture
def ben(lantern):
    return join(PersonFactory(name="Ben"), lantern)


def test_a_handover_from_its_beginning_to_both_signatures(client, lantern, ada, ben):
    client.force_login(ada)
    begun = client.post(f"/groups/{lantern.slug}/handover/")
    path = begun["Location"]
    line = Handover.objects.get().lines.get()
    form = {"taker": ben.pk, "notes": "Keys hang in the hall.", "stays": "on", f"line_{line.pk}": ""}
    kept = client.post(path, {**form, "keep": "1"}, follow=True).content.decode()
    client.post(path, {**form, "offer": "1"})
    client.force_login(ben)
    asked = client.get(path).content.decode()
    client.post(f"{path}answer/", {f"answer_{line.pk}": "accept", f"said_{line.pk}": "Gladly."})
    client.post(f"{path}sign/")
    client.force_login(ada)
    to_sign = client.get(path).content.decode()
    client.post(f"{path}sign/")
    done = client.get(path).content.decode()

    assert "Keys hang in the hall." in kept
    assert "Role: Managers" in asked
    assert "Keys hang in the hall." in asked
    assert "Gladly." in to_sign
    assert "Sign the handover" in to_sign
    assert "Sign the handover" not in done
    assert (has_power(ada, lantern, Power.MANAGE), has_power(ben, lantern, Power.MANAGE)) == (False, True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"shadow_until": "2030-01-01"}, "Shadowing lasts"),
        ({"taker": "999"}, "Select a valid choice"),
        ({"offer": "1", "taker": ""}, "Please say who is to take"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(client, lantern, ada, ben, wrong, words):
    handover = begin_handover(lantern, by=ada)
    client.force_login(ada)

    answer = client.post(handover.get_absolute_url(), {"taker": ben.pk, "notes": "My very own notes", **wrong})

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert "My very own notes" in answer.content.decode()


def test_what_waits_for_an_owner_is_shown_to_those_who_lead(client, lantern, ada, ben):
    UnownedHolding.objects.create(
        group=lantern, kind="groups.seats", key="0", words="The lamp", left_by=PersonFactory(), since=timezone.now()
    )
    path = f"/groups/{lantern.slug}/handover/"

    client.force_login(ben)
    as_participant = client.get(path).content.decode()
    client.force_login(ada)

    assert "The lamp" not in as_participant
    assert "The lamp" in client.get(path).content.decode()


def test_who_left_reads_a_draft_no_more_than_others_do(client, lantern, ada, ben):
    handover = begin_handover(lantern, by=ada)
    end_participation(Participation.objects.get(person=ben), by=ben)

    for person, status in ((ada, 200), (ben, 404), (PersonFactory(is_steward=True), 404)):
        client.force_login(person)
        assert client.get(handover.get_absolute_url()).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_handovers_cost_the_same_for_any_number_of_them(client, django_assert_num_queries, lantern, count):
    for number in range(count):
        leaver = join(PersonFactory(name=f"Leaver {number}"), lantern, Power.MANAGE)
        begin_handover(lantern, by=leaver)
    client.force_login(leaver)
    client.get("/preferences/")

    with django_assert_num_queries(20):  # one for every kind of thing that can be held
        client.get(f"/groups/{lantern.slug}/handover/")


def test_the_desk_shows_a_handover_until_one_has_signed(client, lantern, ada, ben):
    handover = offered(lantern, ada, ben)
    accept_all(handover, ben)
    words = "The handover of Ada in Lantern Working Group"
    found = []

    for person in (ada, ben, join(PersonFactory(), lantern)):
        client.force_login(person)
        found.append(words in client.get("/me/").content.decode())
    signed(handover, ben)
    client.force_login(ben)
    Telling.objects.all().delete()  # they stay among what one was told

    assert found == [True, True, False]
    assert words not in client.get("/me/").content.decode()
