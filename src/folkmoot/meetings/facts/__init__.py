"""What the room tells."""

from folkmoot.meetings.facts.attendance import (
    AttendanceClosed,
    AttendanceWithdrawn,
    Attended,
    CallCodeShown,
    GuestIdentified,
    GuestMadeNameless,
    GuestNoted,
    GuestWithdrawn,
    RegretSaid,
    RegretTakenBack,
)
from folkmoot.meetings.facts.calls import (
    MeetingAdded,
    MeetingCancelled,
    MeetingMoved,
    MeetingRestored,
    MeetingShifted,
    SeriesBegan,
    SeriesChanged,
    SeriesEnded,
    SeriesFollowsCharter,
)
from folkmoot.meetings.facts.opening import OpeningChosen, OpeningRead, OpeningReadWithdrawn

__all__ = [
    "AttendanceClosed",
    "AttendanceWithdrawn",
    "Attended",
    "CallCodeShown",
    "GuestIdentified",
    "GuestMadeNameless",
    "GuestNoted",
    "GuestWithdrawn",
    "MeetingAdded",
    "MeetingCancelled",
    "MeetingMoved",
    "MeetingRestored",
    "MeetingShifted",
    "OpeningChosen",
    "OpeningRead",
    "OpeningReadWithdrawn",
    "RegretSaid",
    "RegretTakenBack",
    "SeriesBegan",
    "SeriesChanged",
    "SeriesEnded",
    "SeriesFollowsCharter",
]
