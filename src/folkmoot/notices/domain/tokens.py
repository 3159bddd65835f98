"""Signed words in mail addresses: to which of our mails a bounce or a reply belongs.

A token is `kind-reference-day-signature` in lower case, since mail servers may change the case of a local part:
the kind names who handles it, the reference is a number, the day counts from 1970, both in base 36.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(1970, 1, 1)
# A server's clock in another zone may be a day ahead.
LEEWAY = timedelta(days=2)
SHAPE = re.compile(r"([a-z]{1,12})-([0-9a-z]{1,13})-([0-9a-z]{1,5})-([a-z2-7]{16})")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Token:
    """What a genuine token says."""

    kind: str
    reference: int
    made_on: date

    def is_fresh(self, lasts: timedelta, today: date) -> bool:
        """Whether it was made within `lasts` before today, and not in a future that nobody has seen."""
        return -LEEWAY <= today - self.made_on <= lasts


def make_token(kind: str, reference: int, made_on: date, key: bytes) -> str:
    """A token; `ValueError` for a kind that is not of 1 to 12 letters a to z."""
    if not re.fullmatch(r"[a-z]{1,12}", kind):
        raise ValueError(f"{kind!r} is not the kind of a token.")
    body = f"{kind}-{_base36(reference)}-{_base36((made_on - FIRST_DAY).days)}"
    return f"{body}-{_signature(body, key)}"


def read_token(text: str, key: bytes) -> Token | None:
    """What a token says, whatever its age; None when it is none or its signature is not ours."""
    found = SHAPE.fullmatch(text.lower())
    if found is None:
        return None
    kind, reference, day, signature = found.groups()
    if not hmac.compare_digest(signature, _signature(f"{kind}-{reference}-{day}", key)):
        return None
    return Token(kind, int(reference, 36), FIRST_DAY + timedelta(days=int(day, 36)))


def with_token(address: str, token: str) -> str:
    """`bounces@example.org` as `bounces+token@example.org`."""
    local, _at, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def token_in(recipient: str, address: str) -> str:
    """The token in a recipient made by `with_token` from this address; empty when there is none."""
    local, _at, domain = address.lower().rpartition("@")
    given, _at, given_domain = recipient.strip().strip("<>").lower().rpartition("@")
    if given_domain != domain or not given.startswith(f"{local}+"):
        return ""
    return given.removeprefix(f"{local}+")


def _base36(number: int) -> str:
    if number < 0:
        raise ValueError("A token holds no negative number.")
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
        if not number:
            return text


def _signature(body: str, key: bytes) -> str:
    return base64.b32encode(hmac.new(key, body.encode(), hashlib.sha256).digest()[:10]).decode().lower()
