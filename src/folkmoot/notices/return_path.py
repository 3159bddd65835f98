"""Addresses of ours that carry a signed token: where bounces and replies come back to."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from folkmoot.notices.domain.tokens import Token, make_token, read_token, token_in, with_token

BOUNCE = "b"


def _keys() -> list[bytes]:
    """Made from the secret keys, the one that signs first."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hashlib.sha256(b"folkmoot.notices.return_path:" + secret.encode()).digest() for secret in secrets]


def return_path(letter_id: int) -> str:
    """Where the bounce of a letter comes back to; empty when FOLKMOOT_BOUNCE_ADDRESS is not set."""
    return address_for(BOUNCE, letter_id)


def address_for(kind: str, reference: int, *, now: datetime | None = None) -> str:
    """An address whose mail goes to the handler of a kind in `inbound.INBOUND`, with a number only we can have written.

    Empty when no address for incoming mail is set.
    """
    if not settings.BOUNCE_ADDRESS:
        return ""
    made_on = (now or timezone.now()).date()
    return with_token(settings.BOUNCE_ADDRESS, make_token(kind, reference, made_on, _keys()[0]))


def token_of(recipient: str) -> tuple[str, Token | None]:
    """The text after the + of one of our addresses, and what it says where it is genuine."""
    if not settings.BOUNCE_ADDRESS:
        return "", None
    text = token_in(recipient, settings.BOUNCE_ADDRESS)
    return text, next((token for key in _keys() if (token := read_token(text, key))), None) if text else None
