"""The file in which an officer keeps both private keys, locked with a passphrase. Pure.

A compact JWE (RFC 7516) by PBES2-HS512+A256KW with 210,000 rounds (RFC 7518, 4.8) and A256GCM, over JSON
{"format":"folkmoot-keys-1","election":…,"opening":JWK,"signing":JWK}. Browsers write and read the same.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
import warnings
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any, Final

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from folkmoot.governance.domain.sealed.envelopes import new_key, public_of
from folkmoot.kit.errors import Refused

FORMAT: Final = "folkmoot-keys-1"
ALGORITHMS: Final = ["PBES2-HS512+A256KW", "A256GCM"]
ROUNDS: Final = 210_000
SHORTEST_PASSPHRASE: Final = 16
LONGEST_FILE: Final = 16 * 1024


def new_keys(election: str) -> dict[str, Any]:
    """Two new private keys, with what they are for."""
    return {"format": FORMAT, "election": election, "opening": new_key(), "signing": new_key()}


def public_parts(keys: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What may be known of both keys."""
    return {use: public_of(keys[use]) for use in ("opening", "signing")}


def lock_keys(keys: Mapping[str, Any], passphrase: str) -> str:
    """The text of the file. Refused `short` for a passphrase of fewer than 16 letters."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(f"The passphrase has fewer than {SHORTEST_PASSPHRASE} letters.", code="short")
    salt = urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode()
    header = {"alg": ALGORITHMS[0], "enc": ALGORITHMS[1], "p2c": ROUNDS, "p2s": salt}
    content = json.dumps(dict(keys), ensure_ascii=False, separators=(",", ":")).encode()
    return jwe.encrypt_compact(header, content, _key(passphrase), algorithms=ALGORITHMS)


def unlock_keys(text: str, passphrase: str) -> dict[str, Any]:
    """The private keys in a file. Refused `passphrase`; `no_keys` for what is no such file."""
    text = text.strip()
    if len(text) > LONGEST_FILE or text.count(".") != 4 or not _rounds_are_bearable(text):
        raise _no_keys()
    try:
        opened = jwe.decrypt_compact(text, _key(passphrase), algorithms=ALGORITHMS).plaintext or b""
    except (JoseError, ValueError):
        raise Refused("The passphrase does not open this file.", code="passphrase") from None
    try:
        keys = json.loads(opened)
        if not all(isinstance(keys[use]["d"], str) for use in ("opening", "signing")):
            raise _no_keys()
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _no_keys() from None
    return dict(keys)


def _no_keys() -> Refused:
    return Refused("This is not a key file of an election.", code="no_keys")


def _rounds_are_bearable(text: str) -> bool:
    """Whether the header asks for no more than our rounds, as browsers look too: one could ask for hours of work."""
    try:
        part = text.split(".")[0]
        header = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        rounds = header["p2c"]
        return type(rounds) is int and 0 < rounds <= ROUNDS and header["alg"] == ALGORITHMS[0]
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _key(passphrase: str) -> OctKey:
    with warnings.catch_warnings():
        # That a passphrase is short is said where it is chosen, and a wrong one may be of any length.
        warnings.simplefilter("ignore")
        return OctKey.import_key(unicodedata.normalize("NFKC", passphrase).encode() or b" ")
