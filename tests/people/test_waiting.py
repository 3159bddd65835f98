"""Sign-ups that wait for a steward."""

from __future__ import annotations

import pytest
from django.test import Client

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import react, reactions_to
from folkmoot.notices.models import Letter, Telling
from folkmoot.people.actions import add_person, merge_people, name_steward, undo_merge
from folkmoot.people.models import HeldSignUp, Person
from folkmoot.people.queries import sign_ups
from folkmoot.people.sample import add_people
from folkmoot.people.waiting import is_waiting, let_in, turn_away
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.people.providers_on import provider  # noqa: F401
from tests.people.signing_up import PASSWORD, sign_up
from tests.people.test_sign_in import code_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward() -> Person:
    organisation()
    wren = add_person(name="Wren", email="wren@example.org", by=system())
    name_steward(wren, by=system())
    return wren


def held(email: str = "eve@mailinator.com") -> HeldSignUp:
    sign_up(Client(), email=email)
    return HeldSignUp.objects.get(person__email=email)


def test_ordinary_sign_up_does_not_wait(steward, client):
    sign_up(client)

    assert Person.objects.get(email="new@example.org").is_active
    assert not HeldSignUp.objects.exists()


def test_address_that_is_thrown_away_waits(steward):
    row = held()

    assert (row.reason, row.person.is_active, row.outcome) == ("mail_domain", False, "")
    entry = Entry.objects.get(kind="people.sign_up_held")
    assert (entry.payload, entry.detail.words, entry.about) == (
        {"reason": "mail_domain"},
        {"name": "Nia Novak"},
        row.person,
    )


@pytest.mark.parametrize(
    ("domain", "waits"),
    [
        ("yopmail.com", True),
        ("yopmail.fr", True),
        ("MAILINATOR.com", True),
        ("notyopmail.com", False),
        ("a.example", False),
    ],
)
def test_patterns_of_addresses(steward, domain, waits):
    sign_up(Client(), email=f"nia@{domain}")

    assert HeldSignUp.objects.exists() is waits


def test_fourth_account_from_one_network_within_the_hour_waits(steward, freeze):
    clock = freeze("2026-05-01T12:00Z")
    for n in range(5):
        sign_up(Client(), f"2001:db8:0:1::{n + 1}", email=f"p{n}@example.org")
    sign_up(Client(), "2001:db8:0:2::1", email="neighbour@example.org")
    clock.shift(3600)
    sign_up(Client(), "2001:db8:0:1::9", email="later@example.org")

    assert [(row.person.email, row.reason) for row in HeldSignUp.objects.all()] == [
        ("p3@example.org", "network"),
        ("p4@example.org", "network"),
    ]


def test_workshop_that_was_announced_waits_later(steward, freeze, settings):
    freeze("2026-05-01T12:00Z")
    settings.SIGN_UPS_AN_HOUR = 5

    for n in range(6):
        sign_up(Client(), "192.0.2.40", email=f"p{n}@example.org")

    assert [row.person.email for row in HeldSignUp.objects.all()] == ["p5@example.org"]


def test_somebody_who_waits_is_answered_as_everybody_and_then_told(steward):
    waiting, other = Client(), Client()

    first = sign_up(waiting, email="eve@mailinator.com")
    second = sign_up(other, email="nia@example.org")
    code = code_in(Letter.objects.get(recipient="eve@mailinator.com"))
    page = waiting.post("/accounts/confirm-email/", {"code": code}, follow=True)

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert "somebody will look" in page.content.decode()
    assert not page.wsgi_request.user.is_authenticated
    assert Person.objects.get(email="eve@mailinator.com").emailaddress_set.get().verified


def test_somebody_who_waits_and_turns_out_to_be_known_waits_no_more(steward):
    row, known = held(), PersonFactory()

    merge = merge_people(known, row.person, by=steward)
    with pytest.raises(Refused) as refused:
        let_in(row.pk, by=steward)
    while_merged = sign_ups()
    undo_merge(merge, by=steward)

    assert (refused.value.code, while_merged) == ("merged", ([], []))
    assert not is_waiting(known)
    assert sign_ups() == ([row], [])
    assert is_waiting(Person.objects.get(pk=row.person_id))


def test_somebody_who_waits_is_not_signed_in_by_any_way(steward, client):
    row = held()
    row.person.emailaddress_set.update(verified=True)

    by_password = client.post("/accounts/login/", {"login": "eve@mailinator.com", "password": PASSWORD}, follow=True)
    client.post("/accounts/login/code/", {"email": "eve@mailinator.com"})

    assert "somebody will look" in by_password.content.decode()
    letter = Letter.objects.order_by("pk").last()
    assert letter.recipient == "eve@mailinator.com"
    assert "waits" in letter.subject
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_somebody_from_a_provider_waits_as_well(steward, client, provider):  # noqa: F811
    from tests.people.test_providers import there_and_back

    provider.person.email = "eve@mailinator.com"

    page = there_and_back(client, "github")

    assert "somebody will look" in page.content.decode()
    assert HeldSignUp.objects.get().reason == "mail_domain"


def test_stewards_are_told_once(steward, settle):
    row = held()
    settle()
    entry = Entry.objects.get(kind="people.sign_up_held")

    for path in reactions_to(entry.kind):
        react(entry.pk, path)

    telling = Telling.objects.get()
    assert (telling.person, telling.path) == (steward, "/people/waiting/")
    assert telling.subject == "Nia Novak would like to come in"
    assert "thrown away after use" in telling.text
    assert row.person.name in telling.text


def test_steward_lets_somebody_in(steward, client, settle):
    row = held()
    client.force_login(steward)

    page = client.get("/people/waiting/").content.decode()
    done = client.post(f"/people/waiting/{row.pk}/let-in/", follow=True)
    settle()
    settle()

    row.refresh_from_db()
    assert "eve@mailinator.com" in page
    assert "Nia Novak is in" in done.content.decode()
    assert (row.outcome, row.decided_by, row.person.is_active) == ("let_in", steward, True)
    assert Entry.objects.get(kind="people.sign_up_let_in").actor == steward
    assert Telling.objects.get(person=row.person).subject == "You are in"


def test_somebody_let_in_signs_in(steward, client):
    row = held()
    row.person.emailaddress_set.update(verified=True)
    let_in(row.pk, by=steward)

    done = client.post("/accounts/login/", {"login": "eve@mailinator.com", "password": PASSWORD}, follow=True)

    assert done.wsgi_request.user == row.person


def test_steward_turns_somebody_away_and_may_think_better_of_it(steward, client):
    row = held()
    client.force_login(steward)

    client.post(f"/people/waiting/{row.pk}/turn-away/")
    row.refresh_from_db()
    away = (row.outcome, row.person.is_active)
    page = client.get("/people/waiting/").content.decode()
    client.post(f"/people/waiting/{row.pk}/let-in/")

    row.refresh_from_db()
    assert away == ("turned_away", False)
    assert "Let in after all" in page
    assert (row.outcome, Person.objects.get(pk=row.person_id).is_active) == ("let_in", True)


def test_somebody_turned_away_is_at_rest(steward, client):
    row = held()
    row.person.emailaddress_set.update(verified=True)
    turn_away(row.pk, by=steward)

    page = client.post("/accounts/login/", {"login": "eve@mailinator.com", "password": PASSWORD}, follow=True)

    assert "at rest" in page.content.decode()


@pytest.mark.parametrize("action", [let_in, turn_away])
@pytest.mark.parametrize(("who", "allowed"), [("steward", True), ("machine", True), ("stranger", False)])
def test_who_may_decide(steward, action, who, allowed):
    row = held()
    actor = {"steward": steward, "machine": machine(), "stranger": PersonFactory()}[who]

    if allowed:
        action(row.pk, by=actor)
    else:
        with pytest.raises(Refused) as refused:
            action(row.pk, by=actor)
        assert refused.value.code == "forbidden"
    assert HeldSignUp.objects.exclude(outcome="").exists() is allowed


def test_deciding_twice_is_told_once(steward):
    row = held()

    for _ in range(2):
        let_in(row.pk, by=steward)
    with pytest.raises(Refused) as refused:
        turn_away(row.pk, by=steward)

    assert refused.value.code == "let_in"
    assert Entry.objects.filter(kind="people.sign_up_let_in").count() == 1
    assert Person.objects.get(pk=row.person_id).is_active


def test_nobody_there_is_not_found(steward):
    with pytest.raises(Refused) as refused:
        let_in(4711, by=steward)

    assert refused.value.code == "not_found"


@pytest.mark.parametrize("count", [1, 3])
def test_waiting_people_are_listed_with_the_same_number_of_queries(steward, client, django_assert_num_queries, count):
    for n in range(count):
        held(f"eve{n}@mailinator.com")
        away = HeldSignUp.objects.create(person=PersonFactory(is_active=False), reason="network")
        turn_away(away.pk, by=steward)
    client.force_login(steward)
    client.get("/")

    with django_assert_num_queries(4):
        page = client.get("/people/waiting/")

    assert page.content.decode().count("Let in after all") == count


def test_page_without_anybody_says_so(steward, client):
    client.force_login(steward)

    assert "Nobody is waiting." in client.get("/people/waiting/").content.decode()


def test_somebody_waits_in_the_sample(client):
    organisation()
    people = add_people(by=system())
    client.force_login(people["wren"])

    page = client.get("/people/waiting/").content.decode()

    assert HeldSignUp.objects.count() == 1
    assert "Ottoline Vance" in page
