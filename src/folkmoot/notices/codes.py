"""Codes that prove that somebody reads an address: sent there by mail, entered on a page."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.notices.models import Address, ListAddress

# Without letters and digits that look alike.
ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 8
LASTS = timedelta(hours=24)
BETWEEN = timedelta(minutes=1)
MOST_TRIES = 6


def set_code(row: Address | ListAddress, now: datetime) -> str:
    """A new code for the address; only its digest is kept. Refused `too_soon` within a minute of the last one."""
    if row.code_expires_at and row.code_expires_at - LASTS + BETWEEN > now:
        raise Refused(
            _("A code was sent a moment ago. Please wait a minute before asking for another."), code="too_soon"
        )
    letters = "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))
    row.code_digest, row.code_expires_at, row.code_tries = _digest(letters), now + LASTS, 0
    row.save(update_fields=["code_digest", "code_expires_at", "code_tries"])
    return f"{letters[:4]}-{letters[4:]}"


def fits(row: Address | ListAddress, code: str, now: datetime) -> bool:
    """Whether a code is the one that was sent, which it then is no longer. Counts the try; the row must be locked."""
    row.code_tries += 1
    right = (
        bool(row.code_digest)
        and row.code_tries <= MOST_TRIES
        and row.code_expires_at is not None
        and row.code_expires_at > now
        and constant_time_compare(_digest(code), row.code_digest)
    )
    if right:
        row.code_digest = ""
    row.save(update_fields=["code_tries", "code_digest"])
    return right


def wrong_code() -> Refused:
    return Refused(_("This code is not the newest one, or is too old. You can have a new one sent."), code="wrong_code")


def _digest(code: str) -> str:
    letters = "".join(c for c in code.upper() if c in ALPHABET)
    return hashlib.sha256(letters.encode()).hexdigest()
