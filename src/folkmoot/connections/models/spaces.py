"""Circles with a host and an end, and sessions on one subject."""

from __future__ import annotations

from folkmoot.connections.models.spaces_circles import Circle, CircleFor, CircleMember, CirclePart, CircleSubject
from folkmoot.connections.models.spaces_sessions import (
    Dot,
    SessionHost,
    SessionState,
    SummaryFor,
    Theme,
    ThemeNote,
    ThemeSession,
)

__all__ = [
    "Circle",
    "CircleFor",
    "CircleMember",
    "CirclePart",
    "CircleSubject",
    "Dot",
    "SessionHost",
    "SessionState",
    "SummaryFor",
    "Theme",
    "ThemeNote",
    "ThemeSession",
]
