"""What this part shows on an election's page."""

from __future__ import annotations

from folkmoot.governance import roll_own_criteria


def fill() -> None:
    """Hang everything where it belongs, and enter the criteria that elections come with."""
    roll_own_criteria.fill()
