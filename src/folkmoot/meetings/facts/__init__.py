"""What the room tells."""

from folkmoot.meetings.facts.calls import (
    CallsPaused,
    HolidaysKept,
    HolidaysLetGo,
    MeetingAdded,
    MeetingCancelled,
    MeetingMoved,
    MeetingRestored,
    MeetingShifted,
    OwnSeriesEnded,
    PauseEnded,
    PlaceSettled,
    SeriesBegan,
    SeriesChanged,
    SeriesEnded,
    SeriesFollowsCharter,
)

__all__ = [
    "CallsPaused",
    "HolidaysKept",
    "HolidaysLetGo",
    "MeetingAdded",
    "MeetingCancelled",
    "MeetingMoved",
    "MeetingRestored",
    "MeetingShifted",
    "OwnSeriesEnded",
    "PauseEnded",
    "PlaceSettled",
    "SeriesBegan",
    "SeriesChanged",
    "SeriesEnded",
    "SeriesFollowsCharter",
]
