"""What is kept of a call while it runs."""

from folkmoot.live.models.notes import NotesLog, NotesUpdate

__all__ = ["NotesLog", "NotesUpdate"]
