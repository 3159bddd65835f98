"""Signatures of officers: compact JWS by ES256 (RFC 7515) over a text, with the text inside. Pure.

Each signature has one way of being written, so that not a letter of it can change.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from folkmoot.governance.domain.sealed.envelopes import Key, fingerprint

ALGORITHM: Final = "ES256"
LONGEST: Final = 512 * 1024


def is_signed(signature: str, text: str, key: Key) -> bool:
    """Whether this is a signature of just this text by the owner of this public key."""
    parts = signature.split(".") if isinstance(signature, str) and len(signature) <= LONGEST else []
    if len(parts) != 3:
        return False
    try:
        header, payload, _ = (_decoded(part) for part in parts)
        said = json.loads(header)
        if said != {"alg": ALGORITHM, "kid": fingerprint(key)} or payload != text.encode():
            return False
        public = ECKey.import_key({"kty": "EC", "crv": "P-256", "x": str(key["x"]), "y": str(key["y"])})
        jws.deserialize_compact(signature, public, algorithms=[ALGORITHM])
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False
    return True


def _decoded(part: str) -> bytes:
    """Base64url without padding, in the one way of writing it."""
    data = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if urlsafe_b64encode(data).rstrip(b"=").decode() != part:
        raise ValueError
    return data
