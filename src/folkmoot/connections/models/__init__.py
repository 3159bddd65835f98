"""Everything that is kept about how people find each other, one module per part."""

from __future__ import annotations

from folkmoot.connections.models import (
    apart,
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

__all__ = [
    "apart",
    "chats",
    "directory",
    "helping",
    "interests",
    "knowledge",
    "mentoring",
    "newcomers",
    "office_hours",
    "spaces",
    "thanks",
]
