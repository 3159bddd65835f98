from __future__ import annotations

import threading

import pytest
from django.db import connections
from django.test import Client

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.people.actions import (
    erase_person,
    merge_people,
    name_steward,
    restore_person,
    suspend_person,
    unname_steward,
)
from folkmoot.people.models import HeldSignUp, Person
from folkmoot.people.waiting import hold
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

CHANGES = {"name": name_steward, "unname": unname_steward, "suspend": suspend_person, "restore": restore_person}


def kinds() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("who", ["stranger", "self", "steward", "machine"])
def test_only_stewards_change_how_somebody_stands(change, who):
    PersonFactory(is_steward=True)
    person = PersonFactory()
    actor = {
        "stranger": PersonFactory,
        "self": lambda: person,
        "steward": lambda: PersonFactory(is_steward=True),
        "machine": machine,
    }[who]()

    if who in ("steward", "machine"):
        CHANGES[change](person, by=actor)
    else:
        with pytest.raises(Refused) as refused:
            CHANGES[change](person, by=actor)
        assert refused.value.code == "forbidden"
        assert kinds() == []


@pytest.mark.django_db
def test_steward_comes_and_goes_and_each_is_told_once():
    PersonFactory(is_steward=True)
    ada = PersonFactory()

    for change in (name_steward, name_steward, unname_steward, unname_steward):
        change(ada, by=machine())

    ada.refresh_from_db()
    assert not ada.is_steward
    assert kinds() == ["people.steward_named", "people.steward_unnamed"]


@pytest.mark.django_db
@pytest.mark.parametrize("change", [unname_steward, suspend_person, erase_person])
def test_last_steward_stays(change):
    only = PersonFactory(is_steward=True)
    PersonFactory(is_steward=True, is_active=False)

    with pytest.raises(Refused) as refused:
        change(only, by=machine())

    only.refresh_from_db()
    assert refused.value.code == "last_steward"
    assert only.is_steward
    assert only.is_active


@pytest.mark.django_db
def test_last_steward_is_not_merged_away():
    only, other = PersonFactory(is_steward=True), PersonFactory()

    with pytest.raises(Refused) as refused:
        merge_people(other, only, by=machine())
    merge_people(only, other, by=machine())

    assert refused.value.code == "last_steward"
    assert Person.objects.get(pk=only.pk).is_steward


@pytest.mark.django_db
def test_held_person_is_out_at_once_and_back_later():
    organisation()
    ada = PersonFactory()
    client = Client()
    client.force_login(ada)

    suspend_person(ada, by=machine())
    out = client.get("/me/profile/").status_code
    restore_person(ada, by=machine())
    with_the_old_session = client.get("/me/profile/").status_code
    again = Client()
    again.force_login(Person.objects.get(pk=ada.pk))

    assert (out, with_the_old_session) == (302, 302)
    assert again.get("/me/profile/").status_code == 200
    assert kinds()[-2:] == ["people.suspended", "people.restored"]


@pytest.mark.django_db
def test_nobody_holds_themselves():
    PersonFactory(is_steward=True)
    ada = PersonFactory(is_steward=True)

    with pytest.raises(Refused) as refused:
        suspend_person(ada, by=ada)

    assert refused.value.code == "yourself"


@pytest.mark.django_db
@pytest.mark.parametrize("change", [suspend_person, restore_person])
def test_records_that_are_nobodys_are_neither_held_nor_restored(change):
    kept, merged, erased = PersonFactory.create_batch(3)
    merge_people(kept, merged, by=machine())
    erase_person(erased, by=machine())

    codes = []
    for person in (merged, erased):
        with pytest.raises(Refused) as refused:
            change(person, by=machine())
        codes.append(refused.value.code)

    assert codes == ["merged", "erased"]


@pytest.mark.django_db
def test_only_who_can_sign_in_becomes_a_steward():
    with pytest.raises(Refused) as refused:
        name_steward(PersonFactory(is_active=False), by=machine())

    assert refused.value.code == "not_active"


def two_stewards_leave_at_once() -> int:
    """How many stewards are left after both were taken the keys at the same moment."""
    people = PersonFactory.create_batch(2, is_steward=True)
    start = threading.Barrier(2)

    def run(person) -> None:
        start.wait()
        try:
            unname_steward(person, by=machine())
        except Refused:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Person.objects.filter(is_steward=True).count()


@pytest.mark.django_db(transaction=True)
def test_two_stewards_cannot_leave_at_the_same_moment():
    assert two_stewards_leave_at_once() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_both_leave(monkeypatch):
    """The race above proves something only if this one sees it: no transaction, no lock, both look at once."""
    from folkmoot.people.actions import standing

    together, look = threading.Barrier(2), standing.refuse_last_steward

    def seen_by_both(person) -> None:
        look(person)
        together.wait(timeout=20)

    monkeypatch.setattr(standing, "refuse_last_steward", seen_by_both)
    monkeypatch.setattr(
        standing, "hold_with_stewards", lambda *people: [Person.objects.get(pk=person.pk) for person in people]
    )
    monkeypatch.setattr(standing, "record", lambda *args, **kwargs: None)
    monkeypatch.setattr("tests.people.test_standing.unname_steward", unname_steward.__wrapped__)

    assert two_stewards_leave_at_once() == 0


@pytest.mark.django_db
def test_somebody_who_waits_is_let_in_among_the_waiting_and_not_restored():
    ada = PersonFactory()
    hold(ada, HeldSignUp.Reason.NETWORK)

    with pytest.raises(Refused) as refused:
        restore_person(ada, by=machine())

    assert refused.value.code == "waiting"
    ada.refresh_from_db()
    assert not ada.is_active
