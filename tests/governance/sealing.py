"""What a browser does with bytes and keys of officers, in Python."""

from __future__ import annotations

from typing import Any

from joserfc import jwe
from joserfc.jwk import ECKey

ALGORITHMS = ["ECDH-ES+A256KW", "A256GCM"]


def sealed_for(content: bytes, key: dict[str, Any]) -> str:
    """Bytes sealed for one public key."""
    taken = ECKey.import_key({name: key[name] for name in ("kty", "crv", "x", "y")})
    header = {"alg": ALGORITHMS[0], "enc": ALGORITHMS[1], "kid": taken.thumbprint()}
    return jwe.encrypt_compact(header, content, taken, algorithms=ALGORITHMS)


def opened_share(sealed: str, key: dict[str, Any]) -> bytes:
    """Bytes that were sealed for this private key."""
    return jwe.decrypt_compact(sealed, ECKey.import_key(key), ALGORITHMS).plaintext or b""
