"""What a running call keeps about people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.live.models import NotesLog
from folkmoot.people.person_data import offer
from folkmoot.plan.kept_data import Pointers


def fill() -> None:
    """Answer for every model of this room that points at a person. Changes of notes point at nobody."""
    offer(
        "live.notes_written",
        Pointers(
            _("Notes you wrote in last, for the seconds until they stand in the minutes"),
            NotesLog,
            "written_by",
            _notes,
            fetched=("item__minutes__meeting__group",),
        ),
    )


def _notes(log: NotesLog) -> dict[str, Any]:
    meeting = log.item.minutes.meeting
    return {"group": meeting.group.name, "call": meeting.starts_at.isoformat(), "title": log.item.title}
