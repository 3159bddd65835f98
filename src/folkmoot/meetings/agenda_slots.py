"""What agendas offer to other rooms."""

from __future__ import annotations

from folkmoot.meetings import agenda_person_data


def fill() -> None:
    """Offer what is kept about people."""
    agenda_person_data.fill()
