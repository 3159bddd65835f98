"""Who asks: as the middleware of pages would find them, one by one and many at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from folkmoot.live.visitors import people_asking, person_asking
from folkmoot.people import steward_mode
from folkmoot.people.models import Person
from tests.factories.people import PersonFactory
from tests.live.world import cookie_of

pytestmark = pytest.mark.django_db


def key_of(person: Person) -> str:
    return cookie_of(person).partition("=")[2]


def changed(key: str, **values: object) -> str:
    store = Session.get_session_store_class()(key)
    store.update(values)
    store.save()
    return key


def test_everybody_is_found_as_on_pages(django_assert_num_queries) -> None:
    long_ago = (timezone.now() - timedelta(days=31)).timestamp()
    ada, held, hacked, old, idle = (PersonFactory() for _ in range(5))
    steward = PersonFactory(is_steward=True)
    at_work, at_rest = key_of(steward), changed(key_of(steward), **{steward_mode.UNTIL: 0})
    signed_out = key_of(PersonFactory())
    keys = {
        "ada": key_of(ada),
        "held": key_of(held),
        "hacked": key_of(hacked),
        "old": changed(key_of(old), signed_in_at=long_ago),
        "idle": changed(key_of(idle), seen_at=long_ago),
        "of another backend": changed(key_of(PersonFactory()), _auth_user_backend="elsewhere.Backend"),
        "steward": at_work,
        "steward at rest": at_rest,
        "signed out": signed_out,
        "stranger": changed(key_of(PersonFactory()), _auth_user_id=None) and "no-such-session",
        "nobody": "",
    }
    Person.objects.filter(pk=held.pk).update(is_active=False)
    hacked.set_password("another-long-one")
    hacked.save()
    Session.objects.filter(session_key=signed_out).delete()

    together = people_asking(list(keys.values()))
    alone = {who: person_asking(key) for who, key in keys.items()}

    assert {who: together.get(key) for who, key in keys.items()} == alone
    assert {who for who, person in alone.items() if person} == {"ada", "steward", "steward at rest"}
    assert [person.holds_back for person in (together[at_work], together[at_rest])] == [False, True]
    assert [alone[who].holds_back for who in ("steward", "steward at rest")] == [False, True]
    with django_assert_num_queries(2):
        people_asking([keys["ada"], at_work, at_rest])


def test_changed_password_ends_the_session_here_too() -> None:
    person = PersonFactory()
    key = key_of(person)
    person.set_password("another-long-one")
    person.save()

    assert people_asking([key]) == {}
    assert not Session.objects.filter(session_key=key).exists()


def test_stream_knows_whom_the_pages_know(client: Client) -> None:
    person = PersonFactory()
    client.force_login(person)

    assert person_asking(client.cookies[next(iter(client.cookies))].value) == person
