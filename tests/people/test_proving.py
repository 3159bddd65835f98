"""Showing once more that it is you, by a code from the mail."""

from __future__ import annotations

import pytest

from folkmoot.ledger.actors import system
from folkmoot.notices.models import Letter
from folkmoot.people.actions import add_person
from folkmoot.people.sessions import PROVED_AT
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.people.test_sign_in import code_in

pytestmark = pytest.mark.django_db


def test_proof_is_forgotten_with_time(client, freeze):
    clock = freeze("2026-05-01T12:00Z")
    organisation()
    add_person(name="Ada", email="ada@example.org", by=system())
    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(Letter.objects.get())})

    fresh = client.get("/accounts/2fa/totp/activate/").status_code
    clock.shift(16 * 60)
    stale = client.get("/accounts/2fa/totp/activate/")

    assert fresh == 200
    assert stale["Location"].startswith("/accounts/prove/")
    assert client.session[PROVED_AT]


def test_wrong_codes_use_the_code_up(client, freeze):
    clock = freeze("2026-05-01T12:00Z")
    organisation()
    add_person(name="Ada", email="ada@example.org", by=system())
    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(Letter.objects.get())})
    clock.shift(16 * 60)
    client.post("/accounts/prove/")
    code = code_in(Letter.objects.order_by("pk").last())

    tries = [client.post("/accounts/prove/", {"code": "WRONG"}).content.decode() for _ in range(3)]
    late = client.post("/accounts/prove/", {"code": code})

    assert ["That is not the code" in page for page in tries] == [True, True, False]
    assert late.status_code == 200
    assert client.get("/accounts/2fa/totp/activate/").status_code == 302


def test_proof_needs_a_confirmed_address(client):
    organisation()
    client.force_login(PersonFactory())

    page = client.post("/accounts/prove/").content.decode()

    assert "You have no confirmed e-mail address" in page
