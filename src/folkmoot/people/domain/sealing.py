"""Secrets that have to be read again, sealed with a key that follows from the installation's secret keys.

A sealed value says so at its beginning, so that values kept before there were seals are told apart and stay readable.
The first of the keys seals; all of them, the newest first, are tried to open.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = "sealed:"
PURPOSE = b"folkmoot.people.second_step"


class CannotOpen(ValueError):
    """None of the keys opens a sealed value."""


def seal(text: str, keys: Sequence[str]) -> str:
    """The text, sealed with the first key."""
    return MARK + _ciphers(tuple(keys)).encrypt(text.encode()).decode()


def opened(kept: str, keys: Sequence[str]) -> str:
    """The text of a sealed value, or the value itself where it never was sealed; `CannotOpen` when no key fits."""
    if not kept.startswith(MARK):
        return kept
    try:
        return _ciphers(tuple(keys)).decrypt(kept.removeprefix(MARK).encode()).decode()
    except InvalidToken:
        raise CannotOpen from None


def is_sealed_with_first(kept: str, keys: Sequence[str]) -> bool:
    """Whether a value is sealed with the newest key, so that none of the others is needed for it."""
    try:
        opened(kept, keys[:1])
    except CannotOpen:
        return False
    return kept.startswith(MARK)


@lru_cache(maxsize=8)
def _ciphers(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A Fernet key of its own for this purpose (HKDF, RFC 5869), so that the secret key itself ciphers nothing."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))
