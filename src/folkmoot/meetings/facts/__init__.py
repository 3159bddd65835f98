"""What the room tells."""

from folkmoot.meetings.facts.call_roles import (
    AnnouncementTextChanged,
    CallAnnounced,
    CallRoleChanged,
    TurnDeclined,
    TurnHandedBack,
    TurnProposed,
    TurnTaken,
    WillingnessChanged,
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

__all__ = [
    "AnnouncementTextChanged",
    "CallAnnounced",
    "CallRoleChanged",
    "MeetingAdded",
    "MeetingCancelled",
    "MeetingMoved",
    "MeetingRestored",
    "MeetingShifted",
    "SeriesBegan",
    "SeriesChanged",
    "SeriesEnded",
    "SeriesFollowsCharter",
    "TurnDeclined",
    "TurnHandedBack",
    "TurnProposed",
    "TurnTaken",
    "WillingnessChanged",
]
