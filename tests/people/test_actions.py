from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connections, transaction

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.people.actions import (
    add_person,
    adding,
    change_preferences,
    make_sign_in_link,
    merge_people,
    name_steward,
    person_for,
    person_of_link,
    use_sign_in_link,
)
from folkmoot.people.models import Person, SignInLink
from folkmoot.people.queries import people_with_emails
from tests.factories.people import PersonFactory


def kinds() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.django_db
def test_add_person_makes_someone_who_may_claim_it_later():
    ada = add_person(name="  Ada\tOakes ", email="Ada@EXAMPLE.org", zone="Asia/Calcutta", by=system())

    assert (ada.name, ada.email, ada.zone) == ("Ada Oakes", "ada@example.org", "Asia/Kolkata")
    assert not ada.has_usable_password()
    assert not EmailAddress.objects.get(user=ada).verified
    assert kinds() == ["people.added"]


@pytest.mark.django_db
@pytest.mark.parametrize("again", ["ada@example.org", "ADA@example.org", " ada@EXAMPLE.ORG "])
def test_add_person_refuses_a_taken_address_in_any_case(again):
    add_person(name="Ada", email="ada@example.org", by=system())

    with pytest.raises(Refused) as refused:
        add_person(name="Not Ada", email=again, by=system())

    assert refused.value.code == "email_taken"
    assert Person.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("verified", [True, False])
def test_further_address_is_somebodys_once_it_is_confirmed(verified):
    ada = add_person(name="Ada", email="ada@example.org", by=system())
    EmailAddress.objects.create(user=ada, email="ada@home.example", verified=verified)

    found = person_for("ADA@home.example", by=system())

    assert (found == ada) is verified
    assert Person.objects.count() == (1 if verified else 2)


@pytest.mark.django_db
def test_whoever_is_added_twice_at_once_is_one_person(monkeypatch):
    """The others looked before the first had come: only the database stands in the way then."""
    ada = add_person(name="Ada", email="ada@example.org", by=system())
    looks = iter([None, None, ada])
    monkeypatch.setattr(adding, "person_with_email", lambda email: next(looks))

    assert person_for("ada@example.org", by=system()) == ada
    assert kinds() == ["people.added"]


@pytest.mark.django_db
def test_addresses_are_looked_up_together(django_assert_num_queries):
    ada = add_person(name="Ada", email="ada@example.org", by=system())
    EmailAddress.objects.create(user=ada, email="ada@home.example", verified=True)
    kept, gone = PersonFactory(), PersonFactory(email="gone@example.org")
    merge_people(kept, gone, by=system())

    with django_assert_num_queries(3):
        found = people_with_emails(["Ada@example.org", "ada@home.example", "gone@example.org", "no@example.org", " "])

    assert found == {"Ada@example.org": ada, "ada@home.example": ada, "gone@example.org": kept}


@pytest.mark.django_db
def test_database_itself_keeps_addresses_unique_whatever_their_case():
    PersonFactory(email="ada@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(email="ADA@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "again",
    [
        "ada@bücher.example",
        "ada@bu\u0308cher.example",
        "ADA@BÜCHER.example",
        "ａｄａ@bücher.example",
        "ada@BU\u0308CHER.example",
    ],
)
def test_address_is_one_however_its_letters_are_composed(again):
    ada = add_person(name="Ada", email="ada@bu\u0308cher.example", by=system())

    with pytest.raises(Refused) as refused:
        add_person(name="Not Ada", email=again, by=system())

    assert refused.value.code == "email_taken"
    assert person_for(again, by=system()) == ada


@pytest.mark.django_db
@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b@c", "a b@example.org", "a@example.org\nBcc: x@example.org", "é" * 300]
)
def test_person_for_refuses_what_is_no_address(email):
    with pytest.raises(Refused):
        person_for(email, by=machine())

    assert not Person.objects.exists()


@pytest.mark.django_db
def test_person_for_finds_the_person_who_has_the_address():
    ada = add_person(name="Ada", email="ada@example.org", by=system())

    assert person_for("ADA@example.org", by=machine()) == ada


@pytest.mark.django_db
def test_name_steward_asks_the_rule_and_tells_once():
    ada, ben = PersonFactory(), PersonFactory()

    name_steward(ada, by=machine())
    name_steward(ada, by=machine())
    with pytest.raises(Refused) as refused:
        name_steward(ben, by=ben)

    assert refused.value.code == "forbidden"
    assert ada.is_steward
    assert not ben.is_steward
    assert kinds() == ["people.steward_named"]


@pytest.mark.django_db
def test_preferences_keep_the_current_name_of_a_zone_and_write_only_changes():
    ada = PersonFactory(zone="")

    change_preferences(ada, zone="US/Pacific", clock="12", theme="dark")
    change_preferences(ada, zone="America/Los_Angeles", clock="12", theme="dark")

    assert (ada.zone, ada.clock, ada.theme) == ("America/Los_Angeles", "12", "dark")
    entry = Entry.objects.get()
    assert entry.changes == {}
    assert entry.detail.changes["zone"] == ["", "America/Los_Angeles"]


@pytest.mark.django_db
def test_shortcuts_are_on_until_a_person_turns_them_off():
    ada = PersonFactory(zone="UTC")

    change_preferences(ada, zone="UTC", clock="24", theme="system")
    assert ada.shortcuts
    change_preferences(ada, zone="UTC", clock="24", theme="system", shortcuts=False)
    change_preferences(ada, zone="UTC", clock="24", theme="system")

    ada.refresh_from_db()
    assert not ada.shortcuts
    assert Entry.objects.get().detail.changes == {"shortcuts": [True, False]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "clock", "theme"),
    [("PST", "24", "dark"), ("Europe/Berlin", "25", "dark"), ("Europe/Berlin", "24", "neon")],
)
def test_preferences_refuse_what_is_no_choice(zone, clock, theme):
    ada = PersonFactory(zone="UTC")

    with pytest.raises(Refused):
        change_preferences(ada, zone=zone, clock=clock, theme=theme)

    ada.refresh_from_db()
    assert ada.zone == "UTC"


@pytest.mark.django_db
def test_sign_in_link_works_once():
    ada = PersonFactory()
    token = make_sign_in_link(ada).rstrip("/").rsplit("/", 1)[-1]

    seen = person_of_link(token)
    used = use_sign_in_link(token)
    with pytest.raises(Refused) as refused:
        use_sign_in_link(token)

    assert seen == used == ada
    assert refused.value.code == "link_used"
    assert token not in str(SignInLink.objects.values())


@pytest.mark.django_db
def test_sign_in_link_grows_old(freeze):
    clock = freeze("2026-05-01T12:00Z")
    token = make_sign_in_link(PersonFactory(), lasts=timedelta(hours=1)).rstrip("/").rsplit("/", 1)[-1]

    clock.shift(3601)

    assert person_of_link(token) is None
    with pytest.raises(Refused):
        use_sign_in_link(token)


@pytest.mark.django_db(transaction=True)
def test_sign_in_link_signs_in_once_even_in_a_race():
    token = make_sign_in_link(PersonFactory()).rstrip("/").rsplit("/", 1)[-1]

    assert race_for(token) == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_conditional_update_the_link_works_several_times(monkeypatch):
    """The race above proves something only if this one sees it: here the update counts whatever happened before."""
    token = make_sign_in_link(PersonFactory()).rstrip("/").rsplit("/", 1)[-1]
    together = threading.Barrier(4)

    def seen_by_all(token: str) -> Person | None:
        found = person_of_link(token)
        together.wait(timeout=20)
        return found

    monkeypatch.setattr("folkmoot.people.actions.links.person_of_link", seen_by_all)
    monkeypatch.setattr("django.db.transaction.Atomic.__enter__", lambda self: None)
    monkeypatch.setattr("django.db.transaction.Atomic.__exit__", lambda self, *exc: None)
    monkeypatch.setattr("folkmoot.people.actions.links.record", lambda *args, **kwargs: None)
    monkeypatch.setattr("django.db.models.query.QuerySet.update", lambda self, **values: 1)

    assert race_for(token) == 4


def race_for(token: str) -> int:
    """How many of four at once get through."""
    start, through = threading.Barrier(4), []

    def run() -> None:
        start.wait()
        try:
            through.append(use_sign_in_link(token))
        except Refused:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(through)
