"""What an officer does in a rehearsal, as browsers do it: open the shares, seal them for the others. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from folkmoot.governance.domain.sealed.envelopes import (
    Key,
    Sealing,
    fingerprint,
    from_text,
    open_ballot,
    open_share,
    read_envelope,
    seal_for,
    to_text,
    unseal,
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
        sealing = Sealing(from_text(task["contest"]), tuple(officers.values()), int(task["needed"]), INVENTED)
        envelopes = [read_envelope(text, sealing) for text in task["envelopes"]]
        me, place = int(task["me"]), int(task["place"])
        sent = list(task["sent"].values())
        mine = officers[me]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused("This is no rehearsal.", code="no_task") from None
    if fingerprint(mine) != fingerprint(keys["opening"]):
        raise Refused("This file holds other keys than those that you gave.", code="other_keys")
    own = [open_share(envelope, place, keys["opening"]) for envelope in envelopes]
    text = json.dumps([to_text(share) for share in own]).encode()
    shares = {str(pk): seal_for(text, key) for pk, key in officers.items() if pk != me}
    if len(sent) + 1 < sealing.needed:
        return {"shares": shares, "rankings": None}
    parts = [own, *(_opened(one, keys["opening"]) for one in sent[: sealing.needed - 1])]
    rankings = [
        list(open_ballot(envelope, [part[number] for part in parts], sealing))
        for number, envelope in enumerate(envelopes)
    ]
    return {"shares": shares, "rankings": rankings}


def _opened(sealed: str, key: Key) -> list[bytes]:
    """The shares that another officer sent."""
    try:
        return [from_text(share) for share in json.loads(unseal(sealed, key))]
    except (ValueError, TypeError, RecursionError):
        raise Refused("What another officer sent does not open with this key.", code="does_not_open") from None
