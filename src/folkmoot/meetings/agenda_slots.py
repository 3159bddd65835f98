"""What agendas offer to other rooms."""

from __future__ import annotations

from folkmoot.meetings import agenda_person_data
from folkmoot.meetings.agenda_files import MaterialFiles
from folkmoot.people.uploads import UPLOAD_KEEPERS


def fill() -> None:
    """Offer what is kept about people, and say who sees the files."""
    agenda_person_data.fill()
    UPLOAD_KEEPERS.register("meetings.materials", MaterialFiles())
