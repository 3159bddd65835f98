"""Signing up in tests as a person does: the page was open for a while before the form is sent."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpResponse
from django.test import Client

from folkmoot.people.guards import stamp

PASSWORD = "a lamp in the window"


def filled_in(**fields: str) -> dict[str, str]:
    """What a person sends who took half a minute."""
    return {
        "email": "new@example.org",
        "password1": PASSWORD,
        "name": "Nia Novak",
        "opened": stamp(time.time() - 30),
        "homepage": "",
        **fields,
    }


def sign_up(client: Client, address: str = "192.0.2.1", **fields: str) -> HttpResponse:
    """Send the form from a network address."""
    answer: Any = client.post("/accounts/signup/", filled_in(**fields), REMOTE_ADDR=address)
    return answer
