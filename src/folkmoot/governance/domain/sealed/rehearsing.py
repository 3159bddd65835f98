"""What an officer does in a rehearsal, as browsers do it: open the shares, seal them for the others. Pure."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any, Final

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from folkmoot.governance.domain.sealed.envelopes import (
    ALGORITHMS,
    Key,
    Sealing,
    fingerprint,
    open_ballot,
    open_share,
    public_of,
    read_envelope,
)
from folkmoot.kit.errors import Refused

LONGEST_TASK: Final = 1024 * 1024
INVENTED: Final = 3
"""How many candidates invented ballots rank."""


def open_rehearsal(task: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of the keys wants to be told: the shares, sealed to each other officer, and what was found.

    `task` is what that page hands out. The rankings are None where too few others have sent their shares. Refused
    `no_task`, `other_keys`, `share_does_not_open`, `does_not_open`.
    """
    try:
        officers = {int(one["pk"]): one["opening"] for one in task["officers"]}
        sealing = Sealing(_bytes(task["contest"]), tuple(officers.values()), int(task["needed"]), INVENTED)
        envelopes = [read_envelope(text, sealing) for text in task["envelopes"]]
        me, place = int(task["me"]), int(task["place"])
        sent = list(task["sent"].values())
        mine = officers[me]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused("This is no rehearsal.", code="no_task") from None
    if fingerprint(mine) != fingerprint(keys["opening"]):
        raise Refused("This file holds other keys than those that you gave.", code="other_keys")
    own = [open_share(envelope, place, keys["opening"]) for envelope in envelopes]
    text = json.dumps([urlsafe_b64encode(share).rstrip(b"=").decode() for share in own]).encode()
    shares = {str(pk): _sealed(text, key) for pk, key in officers.items() if pk != me}
    if len(sent) + 1 < sealing.needed:
        return {"shares": shares, "rankings": None}
    parts = [own, *(_opened(one, keys["opening"]) for one in sent[: sealing.needed - 1])]
    rankings = [
        list(open_ballot(envelope, [part[number] for part in parts], sealing))
        for number, envelope in enumerate(envelopes)
    ]
    return {"shares": shares, "rankings": rankings}


def _sealed(content: bytes, key: Key) -> str:
    taken = ECKey.import_key(dict(public_of(key)))
    header = {"alg": ALGORITHMS[0], "enc": ALGORITHMS[1], "kid": taken.thumbprint()}
    return jwe.encrypt_compact(header, content, taken, algorithms=list(ALGORITHMS))


def _opened(sealed: str, key: Key) -> list[bytes]:
    """The shares that another officer sent."""
    try:
        opened = jwe.decrypt_compact(sealed, ECKey.import_key(dict(key)), list(ALGORITHMS)).plaintext or b""
        return [_bytes(share) for share in json.loads(opened)]
    except (JoseError, ValueError, TypeError):
        raise Refused("What another officer sent does not open with this key.", code="does_not_open") from None


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
