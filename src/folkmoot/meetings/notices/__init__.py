"""What people and mailing lists are told."""

from folkmoot.meetings.notices.call_roles import CallIsAnnounced, TurnWaits, TurnWasDeclined, TurnWasHandedBack
from folkmoot.meetings.notices.calls import CallAdded, CallCancelled, CallMoved, CallRestored

__all__ = [
    "CallAdded",
    "CallCancelled",
    "CallIsAnnounced",
    "CallMoved",
    "CallRestored",
    "TurnWaits",
    "TurnWasDeclined",
    "TurnWasHandedBack",
]
