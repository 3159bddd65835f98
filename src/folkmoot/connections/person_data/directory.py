"""Who chose to be found, and introductions that were asked for."""

from __future__ import annotations


def fill() -> None:
    """Answer for every model of this part that points at a person."""
