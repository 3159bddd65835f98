"""What the schedule starts; loading the modules enters it."""

from __future__ import annotations

from folkmoot.connections.tasks import (
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

__all__ = [
    "chats",
    "directory",
    "helping",
    "knowledge",
    "mentoring",
    "newcomers",
    "office_hours",
    "spaces",
    "thanks",
]
