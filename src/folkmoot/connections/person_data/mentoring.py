"""Mentoring: programmes, offers and wishes, pairs and their check-ins."""

from __future__ import annotations


def fill() -> None:
    """Answer for every model of this part that points at a person."""
