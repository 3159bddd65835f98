"""Series and their slots, meetings, and what belongs to a meeting."""

from folkmoot.meetings.models.attendance import Attendance, AttendanceClosing, CallCode, Regret, Source
from folkmoot.meetings.models.opening import OpeningChoice, OpeningReading
from folkmoot.meetings.models.series import Meeting, Series, SeriesChange, Slot, Status, new_uid

__all__ = [
    "Attendance",
    "AttendanceClosing",
    "CallCode",
    "Meeting",
    "OpeningChoice",
    "OpeningReading",
    "Regret",
    "Series",
    "SeriesChange",
    "Slot",
    "Source",
    "Status",
    "new_uid",
]
