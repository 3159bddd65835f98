from __future__ import annotations

import re

import pytest
from allauth.account import app_settings as account_settings
from django.conf import settings
from django.test import Client

from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Letter
from folkmoot.people.actions import add_person
from folkmoot.people.models import Person
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.people.signing_up import sign_up

pytestmark = pytest.mark.django_db


def code_in(letter: Letter) -> str:
    found = re.search(r"^([A-Z0-9-]{6,12})$", letter.text, re.MULTILINE)
    assert found, letter.text
    return found[1]


def test_signing_in_by_a_code_from_the_mail(client):
    organisation()
    ada = add_person(name="Ada", email="ada@example.org", by=system())

    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    done = client.post("/accounts/login/code/confirm/", {"code": code_in(Letter.objects.get())}, follow=True)

    assert done.wsgi_request.user == ada
    assert ada.emailaddress_set.get().verified


def test_asking_for_a_code_says_the_same_to_everybody():
    organisation()
    PersonFactory(email="ada@example.org")

    known = Client().post("/accounts/login/code/", {"email": "ada@example.org"})
    unknown = Client().post("/accounts/login/code/", {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_signing_up_keeps_the_name_and_tells_the_ledger(client):
    organisation()

    sign_up(client, name=" Nia  Novak ")

    assert Person.objects.get().name == "Nia Novak"
    assert Entry.objects.get(kind="people.added").detail.words == {"name": "Nia Novak"}
    assert Letter.objects.get().recipient == "new@example.org"


def test_signing_up_without_a_name_is_refused_in_words(client):
    organisation()

    answer = sign_up(client, name="\u200b")

    assert "Please write a name." in answer.content.decode()
    assert not Person.objects.exists()


def test_password_sign_in_works(client):
    organisation()
    ada = PersonFactory(email="ada@example.org")
    ada.set_password("a lamp in the window")
    ada.save()
    ada.emailaddress_set.create(email="ada@example.org", verified=True, primary=True)

    done = client.post(
        "/accounts/login/", {"login": "ADA@example.org", "password": "a lamp in the window"}, follow=True
    )

    assert done.wsgi_request.user == ada


def test_protections_of_the_sign_in_library_are_on():
    assert account_settings.PREVENT_ENUMERATION is True
    assert account_settings.RATE_LIMITS["login_failed"]
    assert settings.PASSWORD_HASHERS
    from folkmoot.config import settings as real

    assert real.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_sign_in_page_offers_code_password_and_passkey(client):
    organisation()

    page = client.get("/accounts/login/").content.decode()

    assert "/accounts/login/code/" in page
    assert 'name="password"' in page
    assert "passkey" in page.lower()


@pytest.mark.parametrize("hostile", ["//evil.example", "https://evil.example", "https:evil.example", "/\\evil.example"])
def test_sign_in_leads_nowhere_else(client, hostile):
    organisation()
    ada = PersonFactory(email="ada@example.org")
    ada.set_password("a lamp in the window")
    ada.save()
    ada.emailaddress_set.create(email="ada@example.org", verified=True, primary=True)

    done = client.post(
        "/accounts/login/", {"login": "ada@example.org", "password": "a lamp in the window", "next": hostile}
    )

    assert "evil" not in done.headers.get("Location", "")


def test_mails_speak_in_the_organisation_s_name_and_say_why_they_come():
    organisation(name="Oak & Elm")
    add_person(name="Ada", email="ada@example.org", by=system())

    Client().post("/accounts/login/code/", {"email": "ada@example.org"})
    Client().post("/accounts/login/code/", {"email": "nobody@example.org"})
    sign_up(Client(), email="new@example.org")
    sign_up(Client(), email="ada@example.org")
    Client().post("/accounts/password/reset/", {"email": "ada@example.org"})

    letters = list(Letter.objects.order_by("pk"))
    assert len(letters) == 5
    for letter in letters:
        assert "Oak & Elm" in letter.subject
        assert "You get this mail because" in letter.text
        assert "example.com" not in letter.text


def test_second_address_is_asked_to_confirm_itself(client):
    organisation(name="Oak Commons")
    ada = add_person(name="Ada", email="ada@example.org", by=system())
    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(Letter.objects.get())})

    client.post("/accounts/email/", {"action_add": "", "email": "ada@work.example"})

    letter = Letter.objects.get(recipient="ada@work.example")
    assert "Oak Commons" in letter.subject
    assert ada.email == "ada@example.org"
