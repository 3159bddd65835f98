"""Somebody with a second step."""

from __future__ import annotations

import pytest

from folkmoot.people.models import Person
from tests.factories.organisation import organisation
from tests.people.second_steps import ACTIVATE, code_of, proved
from tests.people.test_providers import known_person


@pytest.fixture
def switched_on(client, freeze, django_capture_on_commit_callbacks) -> tuple[Person, str]:
    """Somebody with an app, and its secret; `client` is theirs."""
    freeze("2026-05-01T12:00Z")
    organisation(name="Oak Commons")
    ada = known_person()
    proved(client)
    client.get(ACTIVATE)
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ACTIVATE, {"code": code_of(secret)})
    return ada, secret
