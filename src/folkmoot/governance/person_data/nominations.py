"""What is kept about people in this part of elections."""

from __future__ import annotations


def fill() -> None:
    """Answer for every model of this part that points at a person."""
