"""What is kept of a call while it runs."""

from folkmoot.live.models.notes import NotesLog, NotesUpdate
from folkmoot.live.models.pulse import CallPulse, Presence

__all__ = ["CallPulse", "NotesLog", "NotesUpdate", "Presence"]
