"""What is kept about people while a call runs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.live.models import NotesLog, Presence
from folkmoot.people.person_data import Pointers, Rows, offer


def offer_all() -> None:
    """Answer for every model of this room that points at a person. Changes of notes point at nobody."""
    offer(
        "live.presence",
        Rows(
            _("Pages of running calls that you have open"),
            Presence,
            "person",
            _presence,
            seen_by=_("You, whoever may follow the call, and the stewards; it is forgotten soon after the call."),
            fetched=("meeting__group",),
        ),
    )
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


def _presence(row: Presence) -> dict[str, Any]:
    return {"call": str(row.meeting), "seen_at": row.seen_at.isoformat()}


def _notes(log: NotesLog) -> dict[str, Any]:
    meeting = log.item.minutes.meeting
    return {"group": meeting.group.name, "call": meeting.starts_at.isoformat(), "title": log.item.title}
