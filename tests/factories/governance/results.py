"""One of everything that this part of elections has an address for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey

from folkmoot.governance.domain.sealed.envelopes import fingerprint
from folkmoot.groups.models import Group
from folkmoot.people.models import Person


def signed(text: str, key: Mapping[str, Any]) -> str:
    """A text signed as an officer's browser does."""
    header = {"alg": "ES256", "kid": fingerprint(key)}
    return jws.serialize_compact(header, text.encode(), ECKey.import_key(dict(key)), algorithms=["ES256"])


def in_world(group: Group, people: dict[str, Person], made: dict[str, Any]) -> dict[str, Any]:
    """By name, for `world.made`, which already has what `governance.everything` makes; people by role."""
    return {}
