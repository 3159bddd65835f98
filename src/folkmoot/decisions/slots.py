"""Where decisions hang their parts, and what they offer to other rooms."""

from __future__ import annotations

from folkmoot.decisions import person_data


def fill() -> None:
    """Hang everything where it belongs."""
    person_data.fill()
