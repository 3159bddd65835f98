"""Series and their slots, meetings, and what belongs to a meeting."""

from folkmoot.meetings.models.series import Meeting, Series, SeriesChange, Slot, Status, new_uid

__all__ = ["Meeting", "Series", "SeriesChange", "Slot", "Status", "new_uid"]
