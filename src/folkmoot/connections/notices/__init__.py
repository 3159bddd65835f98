"""What people are told; loading the modules enters their topics."""

from __future__ import annotations

from folkmoot.connections.notices import (
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
