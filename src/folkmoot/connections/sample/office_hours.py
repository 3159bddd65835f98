"""Office hours: who offers them, which slots there are, who booked."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor


def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """Nothing yet."""
