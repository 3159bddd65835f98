"""Thanks, and who may see them."""

from __future__ import annotations


def fill() -> None:
    """Answer for every model of this part that points at a person."""
