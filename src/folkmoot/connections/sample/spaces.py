"""Circles with a host and an end, and sessions on one subject."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor


def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """Nothing yet."""
