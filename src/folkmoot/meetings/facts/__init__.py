"""What the room tells."""

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

__all__ = [
    "MeetingAdded",
    "MeetingCancelled",
    "MeetingMoved",
    "MeetingRestored",
    "MeetingShifted",
    "SeriesBegan",
    "SeriesChanged",
    "SeriesEnded",
    "SeriesFollowsCharter",
]
