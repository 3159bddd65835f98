"""What minutes offer to other rooms."""

from __future__ import annotations

from folkmoot.meetings import minutes_person_data


def fill() -> None:
    """Offer what is kept about people."""
    minutes_person_data.fill()
