"""The order in which somebody sees the candidates: another one for each reader, the same one each time. Pure.

Whoever stands first on a list gets more votes than they otherwise would. So no list is the list of all readers: each
reader's is drawn by a keyed hash (HMAC) of the contest, the reader and the candidate, which favours nobody and needs
nothing that is kept.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def in_order_for(reader: str, things: Iterable[T], *, key: bytes, about: str, name: Callable[[T], object]) -> list[T]:
    """The things in this reader's order. `about` says which list it is; `name` tells things apart, and stays."""

    def drawn(thing: T) -> bytes:
        text = "\n".join((about, reader, str(name(thing))))
        return hmac.digest(key, text.encode(), hashlib.sha256)

    return sorted(things, key=drawn)
