"""Verifying whatever bundle comes: one of a count, or one of a whole election."""

from __future__ import annotations

import json

from folkmoot.governance.domain import bundles, election_bundles
from folkmoot.governance.domain.bundles import MANIFEST, Verified, unpacked
from folkmoot.governance.domain.election_bundles import WholeBallots
from folkmoot.kit.errors import Refused


def verify_any(
    packed: bytes, *, trusted: str | None = None, frozen: str | None = None, whole: WholeBallots | None = None
) -> Verified:
    """Verify a bundle. `trusted` is the key that has to have signed one of a count; of an election `frozen` is the hash
    that somebody wrote down when voting opened, `whole` all ballots as officers have them.

    Refused where it is no bundle at all, or what is given does not go with its kind.
    """
    files = unpacked(packed)
    if not is_of_election(files.get(MANIFEST, b"")):
        if frozen is not None or whole is not None:
            raise Refused("This bundle is of a count alone, of which nothing was frozen.", code="other_bundle")
        return bundles.verify(packed, trusted=trusted)
    if trusted is not None:
        words = "This bundle is of an election; its officers signed it by the keys that were frozen."
        raise Refused(words, code="other_bundle")
    return election_bundles.verify_election(packed, files, trusted_hash=frozen, whole=whole)


def is_of_election(manifest: bytes) -> bool:
    try:
        data = json.loads(manifest)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("format") == election_bundles.FORMAT
