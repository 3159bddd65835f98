"""What this room keeps about people, answered for by each of its parts."""

from __future__ import annotations

from folkmoot.connections.person_data import (
    chats,
    directory,
    helping,
    interests,
    knowledge,
    mentoring,
    newcomers,
    office_hours,
    spaces,
    thanks,
)


def fill() -> None:
    """Answer for every model of this room that points at a person."""
    chats.fill()
    directory.fill()
    helping.fill()
    interests.fill()
    knowledge.fill()
    mentoring.fill()
    newcomers.fill()
    office_hours.fill()
    spaces.fill()
    thanks.fill()
