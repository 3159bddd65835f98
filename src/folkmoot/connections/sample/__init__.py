"""What the sample community shows of this room."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.connections.sample import (
    chats,
    directory,
    helping,
    knowledge,
    mentoring,
    newcomers,
    office_hours,
    spaces,
    thanks,
)
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor


def find_each_other(groups: Sequence[Group], *, by: Actor) -> None:
    """A year of it, part by part; what others build on comes first."""
    for part in (directory, newcomers, chats, mentoring, office_hours, helping, knowledge, thanks, spaces):
        part.live_in(groups, by=by)
