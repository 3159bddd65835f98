"""Chance that anybody can check: equals are parted by a text that was named beforehand. Pure."""

from __future__ import annotations

import hashlib


def drawn(seed: str, *keys: str) -> int:
    """A number from 0 to below 2 ** 64 for one or several keys: the first bytes of the SHA-256 of all, line by line."""
    return int.from_bytes(hashlib.sha256("\n".join((seed, *keys)).encode()).digest()[:8])
