"""What officers sign, as they compare it, and by which key."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode

from folkmoot.governance.domain.sealed.envelopes import Key, spoken


def manifest_print(manifest: str) -> str:
    """SHA-256 of a manifest in hexadecimal."""
    return hashlib.sha256(manifest.encode()).hexdigest()


def manifest_spoken(manifest: str) -> str:
    """The same to be read aloud: its first 80 bits, in groups."""
    return spoken(urlsafe_b64encode(hashlib.sha256(manifest.encode()).digest()).rstrip(b"=").decode())


def signing_key(frozen: str, place: int) -> Key:
    """The public signing key of the officer at this place of a frozen election."""
    key: Key = json.loads(frozen)["officers"][place]["signing"]
    return key
