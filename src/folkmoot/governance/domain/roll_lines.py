"""The lines of a frozen roll, which are hashed, and can be told again when a name is erased. Pure.

A line is the number of a person's record, a tab, and the SHA-256 in hexadecimal of salt, line feed and name. Whoever
has the salt can check that a name is the one that was frozen; without it a digest says nothing of a name, also to
somebody who knows all the names there are.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata


def new_salt() -> str:
    """128 bits in hexadecimal."""
    return secrets.token_hex(16)


def line_of(number: int, name: str, salt: str) -> str:
    """The line of one voter."""
    said = f"{salt}\n{unicodedata.normalize('NFC', name)}".encode()
    return f"{number}\t{hashlib.sha256(said).hexdigest()}"


def is_line_of(line: str, number: int, name: str, salt: str) -> bool:
    """Whether a line is of this person by this name."""
    return bool(salt) and hmac.compare_digest(line.encode(), line_of(number, name, salt).encode())
