"""What this part shows on an election's page and elsewhere."""

from __future__ import annotations


def fill() -> None:
    """Hang everything where it belongs."""
