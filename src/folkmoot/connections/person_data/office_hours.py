"""Office hours: who offers them, which slots there are, who booked."""

from __future__ import annotations


def fill() -> None:
    """Answer for every model of this part that points at a person."""
