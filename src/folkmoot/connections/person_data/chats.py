"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations


def fill() -> None:
    """Answer for every model of this part that points at a person."""
