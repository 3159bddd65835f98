"""The public parts of an officer's keys as they come in: whether they are what they should be. Pure."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any, Final

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from folkmoot.kit.errors import Refused

LONGEST: Final = 4_000
PUBLIC: Final = ("kty", "crv", "x", "y")
PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "k"})
NO_KEY: Final = "This is no public key as Folkmoot makes them (P-256, as a JWK)."


def read_public_keys(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The keys for opening and for signing in a JSON text {"opening": JWK, "signing": JWK}.

    Refused `private_key` where a private part is anywhere in it, before anything else is looked at; `no_key`. Neither
    repeats anything of what was given.
    """
    try:
        given = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        given = None
    refuse_private(given)
    if not isinstance(given, Mapping) or set(given) != {"opening", "signing"}:
        raise Refused(NO_KEY, code="no_key")
    return public_pair(given["opening"], given["signing"])


def public_pair(opening: Any, signing: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Both keys, looked at: two unlike points of P-256. Refused `private_key`, `no_key`."""
    pair = public_key(opening), public_key(signing)
    if pair[0] == pair[1]:
        raise Refused("The key for opening and the key for signing must not be the same.", code="no_key")
    return pair


def public_key(given: Any) -> dict[str, str]:
    """One public key with `kty crv x y` alone, if it is a point of P-256 in its one way of being written."""
    refuse_private(given)
    if not isinstance(given, Mapping) or set(given) != set(PUBLIC):
        raise Refused(NO_KEY, code="no_key")
    key = {name: given[name] for name in PUBLIC}
    if (key["kty"], key["crv"]) != ("EC", "P-256") or not all(isinstance(part, str) for part in key.values()):
        raise Refused(NO_KEY, code="no_key")
    try:
        read = ECKey.import_key(dict(key))
        point = read.public_key.public_numbers()
    except (JoseError, ValueError, TypeError):
        raise Refused(NO_KEY, code="no_key") from None
    if (key["x"], key["y"]) != (_written(point.x), _written(point.y)):
        raise Refused(NO_KEY, code="no_key")
    return key


def refuse_private(given: Any, depth: int = 0) -> None:
    """Refused `private_key` where a mapping has a private part of a key, however deep."""
    if depth > 8:
        raise Refused(NO_KEY, code="no_key")
    if isinstance(given, Mapping):
        if PRIVATE & {str(name).lower() for name in given}:
            words = "This held a private key. It was not kept, but treat it as known to others: make new keys."
            raise Refused(words, code="private_key")
        for value in given.values():
            refuse_private(value, depth + 1)
    elif isinstance(given, (list, tuple)):
        for value in given:
            refuse_private(value, depth + 1)


def _written(coordinate: int) -> str:
    """A coordinate as RFC 7518 writes it: 32 bytes in base64url."""
    return urlsafe_b64encode(coordinate.to_bytes(32)).rstrip(b"=").decode()
