"""Codes from an authenticator app: switched on, asked for, recovered from, switched off."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from folkmoot.people.actions import make_sign_in_link
from tests.factories.organisation import organisation
from tests.people.second_steps import ACTIVATE, code_of, proved
from tests.people.test_providers import known_person, with_password

pytestmark = pytest.mark.django_db


def test_codes_are_tested_against_the_standard():
    """Appendix B of RFC 6238, shortened to six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    assert [format_hotp_value(hotp_value(secret, at // 30)) for at in (59, 1111111109, 20000000000)] == [
        "287082", "081804", "353130",
    ]  # fmt: skip


def test_page_shows_picture_and_secret(client):
    organisation(name="Oak Commons")
    known_person()
    proved(client)

    page = client.get(ACTIVATE)
    text = page.content.decode()

    assert client.session["mfa.totp.secret"] in text
    assert 'src="data:image/svg+xml;base64,' in text
    assert "issuer=Oak%20Commons" in page.context["totp_url"]
    assert "no-store" in page["Cache-Control"]


def test_switching_on_needs_the_right_code_and_gives_recovery_codes(client):
    organisation()
    ada = known_person()
    proved(client)
    client.get(ACTIVATE)
    secret = client.session["mfa.totp.secret"]
    wrong = "000000" if code_of(secret) != "000000" else "111111"

    refused = client.post(ACTIVATE, {"code": wrong})
    before = Authenticator.objects.count()
    page = client.post(ACTIVATE, {"code": code_of(client.session["mfa.totp.secret"])}, follow=True)

    assert refused.status_code == 200
    assert before == 0
    assert {each.type for each in Authenticator.objects.filter(user=ada)} == {"totp", "recovery_codes"}
    assert "10 codes of 10 are left" in page.content.decode()


def test_signing_in_asks_for_the_second_step(switched_on):
    ada, secret = switched_on
    other = Client()

    with_password(other)
    before = other.get("/accounts/email/")["Location"]
    page = other.get("/accounts/2fa/authenticate/").content.decode()
    done = other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}, follow=True)

    assert before.startswith("/accounts/login/")
    assert "six digits" in page
    assert done.wsgi_request.user == ada


def test_same_code_does_not_work_twice(switched_on):
    _ada, secret = switched_on
    code = code_of(secret)
    first, second = Client(), Client()
    with_password(first)
    with_password(second)
    first.post("/accounts/2fa/authenticate/", {"code": code})

    again = second.post("/accounts/2fa/authenticate/", {"code": code}, follow=True)

    assert not again.wsgi_request.user.is_authenticated


def test_recovery_code_works_once_in_place_of_the_app(switched_on):
    ada, _secret = switched_on
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    with_password(first)
    with_password(second)

    done = first.post("/accounts/2fa/authenticate/", {"code": code}, follow=True)
    again = second.post("/accounts/2fa/authenticate/", {"code": code}, follow=True)

    assert done.wsgi_request.user == ada
    assert not again.wsgi_request.user.is_authenticated


def test_guessing_the_second_step_is_limited(switched_on):
    _ada, secret = switched_on
    other = Client()
    with_password(other)
    for _ in range(6):
        other.post("/accounts/2fa/authenticate/", {"code": "12345"})

    right = other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}, follow=True)

    assert not right.wsgi_request.user.is_authenticated


def test_one_time_link_does_not_skip_the_second_step(switched_on):
    ada, secret = switched_on
    other = Client()

    page = other.post(make_sign_in_link(ada), {"myself": "on"}, follow=True)
    done = other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}, follow=True)

    assert "Second step" in page.content.decode()
    assert not page.wsgi_request.user.is_authenticated
    assert done.wsgi_request.user == ada


def test_switching_off_asks_who_it_is_and_is_done(switched_on, client, freeze):
    _ada, secret = switched_on
    freeze("2026-05-01T13:00Z")

    asked = client.get("/accounts/2fa/totp/deactivate/", follow=True)
    client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret), "next": "/accounts/2fa/"})
    page = client.get("/accounts/2fa/totp/deactivate/").content.decode()
    client.post("/accounts/2fa/totp/deactivate/")

    assert "Is it you?" in asked.content.decode()
    assert "Switch the codes off?" in page
    assert not Authenticator.objects.exists()


def test_new_recovery_codes_replace_the_old(switched_on, client):
    _ada, _secret = switched_on
    old = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()

    asked = client.get("/accounts/2fa/recovery-codes/generate/").content.decode()
    client.post("/accounts/2fa/recovery-codes/generate/")
    file = client.get("/accounts/2fa/recovery-codes/download/")

    new = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert "The ones you have stop working." in asked
    assert not set(old) & set(new)
    assert file.content.decode().split() == new


def test_reauthentication_by_app_looks_like_ours(switched_on, client, freeze):
    freeze("2026-05-01T13:00Z")

    page = client.get("/accounts/2fa/reauthenticate/").content.decode()

    assert "The six digits from your app, or a recovery code" in page


@pytest.mark.django_db(transaction=True)
def test_recovery_codes_follow_at_once_for_somebody_without_a_password(client):
    organisation()
    ada = known_person()
    ada.set_unusable_password()
    ada.save()
    client.force_login(ada)
    client.get(ACTIVATE)

    page = client.post(ACTIVATE, {"code": code_of(client.session["mfa.totp.secret"])}, follow=True)

    assert "10 codes of 10 are left" in page.content.decode()
