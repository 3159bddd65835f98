"""Switching a second step on, and what the app shows."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.people.signing_up import PASSWORD
from tests.people.test_providers import with_password

ACTIVATE = "/accounts/2fa/totp/activate/"


def code_of(secret: str) -> str:
    """What the app shows now, by RFC 6238."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def proved(client: Client) -> Client:
    with_password(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client
