"""Series and their slots, meetings, and what belongs to a meeting."""

from folkmoot.meetings.models.announcing import Announcement, AnnouncementText
from folkmoot.meetings.models.call_roles import CallRole, How, Source, Turn, TurnState, Willing
from folkmoot.meetings.models.series import Meeting, Series, SeriesChange, Slot, Status, new_uid

__all__ = [
    "Announcement",
    "AnnouncementText",
    "CallRole",
    "How",
    "Meeting",
    "Series",
    "SeriesChange",
    "Slot",
    "Source",
    "Status",
    "Turn",
    "TurnState",
    "Willing",
    "new_uid",
]
