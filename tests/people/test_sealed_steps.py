"""Second steps are kept sealed; a key may change; a lost key keeps nobody out for good."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from folkmoot.ledger.models import Entry
from folkmoot.people.actions import make_sign_in_link
from folkmoot.people.models import Person
from folkmoot.people.second_step import seal_anew
from tests.people.second_steps import code_of
from tests.people.test_providers import with_password

pytestmark = pytest.mark.django_db
AUTHENTICATE = "/accounts/2fa/authenticate/"
NEW_KEY = "another-secret-key-of-this-installation"


def kept() -> str:
    """All that is kept of second steps, as it stands in the database."""
    return json.dumps(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))


def recovery_codes() -> list[str]:
    return Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()


def asked_for_code() -> Client:
    """A browser in which Ada's password was right, and the second step is next."""
    client = Client()
    with_password(client)
    return client


@pytest.fixture
def lost(switched_on, settings) -> Person:
    """Somebody with an app, on an installation that came back without its key."""
    settings.SECRET_KEY = NEW_KEY
    return switched_on[0]


def test_secrets_are_not_in_the_database(switched_on):
    _ada, secret = switched_on

    assert secret not in kept()
    assert not [code for code in recovery_codes() if code in kept()]
    assert kept().count("sealed:") == 2


def test_secret_that_was_kept_openly_still_works_and_is_sealed_by_the_daily_task(switched_on):
    ada, secret = switched_on
    Authenticator.objects.filter(type="totp").update(data={"secret": secret})
    codes = recovery_codes()

    done = asked_for_code().post(AUTHENTICATE, {"code": code_of(secret)}, follow=True)
    sealed = seal_anew(), seal_anew()

    assert done.wsgi_request.user == ada
    assert sealed == (1, 0)
    assert secret not in kept()
    assert recovery_codes() == codes


def test_key_may_be_changed_while_the_old_one_is_named(switched_on, settings):
    ada, secret = switched_on
    old, codes = settings.SECRET_KEY, recovery_codes()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [old]

    done = asked_for_code().post(AUTHENTICATE, {"code": code_of(secret)}, follow=True)
    sealed = seal_anew()
    settings.SECRET_KEY_FALLBACKS = []

    assert done.wsgi_request.user == ada
    assert sealed == 2
    assert recovery_codes() == codes


def test_used_recovery_codes_stay_used_when_they_are_sealed_anew(switched_on, settings):
    code = recovery_codes()[0]
    asked_for_code().post(AUTHENTICATE, {"code": code})
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [settings.SECRET_KEY]

    seal_anew()

    assert len(recovery_codes()) == 9
    assert code not in recovery_codes()


def test_lost_key_is_said_in_words_with_the_way_in(lost):
    client = asked_for_code()

    page = client.post(AUTHENTICATE, {"code": "123456"})

    text = page.content.decode()
    assert page.status_code == 200
    assert "Please ask whoever runs this site for a one-time sign-in link." in text
    assert not page.wsgi_request.user.is_authenticated


def test_link_lets_in_whose_step_cannot_be_read_and_it_is_off_then(lost):
    page = Client().post(make_sign_in_link(lost), {"myself": "on"}, follow=True)

    assert page.wsgi_request.user == lost
    assert "Your codes could not be read any more and are off." in page.content.decode()
    assert not Authenticator.objects.exists()
    assert Entry.objects.filter(kind="people.second_step_lost", about_id=lost.pk).count() == 1


def test_link_leaves_passkeys_as_they_are(lost):
    Authenticator.objects.create(user=lost, type="webauthn", data={"name": "Phone", "credential": {}})

    page = Client().post(make_sign_in_link(lost), {"myself": "on"})

    assert page["Location"] == AUTHENTICATE
    assert [row.type for row in Authenticator.objects.all()] == ["webauthn"]


def test_what_cannot_be_read_is_left_for_the_right_key(lost):
    before = kept()

    assert seal_anew() == 0
    assert kept() == before


def test_page_of_the_second_step_says_it_too(lost, client):
    client.force_login(lost)

    page = client.get("/accounts/2fa/")

    assert page.status_code == 409
    assert "one-time sign-in link" in page.content.decode()


def test_second_step_asked_for_once_more_says_it_too(lost, client):
    client.force_login(lost)

    page = client.post("/accounts/2fa/reauthenticate/", {"code": "123456"})

    assert (page.status_code, "one-time sign-in link" in page.content.decode()) == (200, True)
