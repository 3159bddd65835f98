"""What people and mailing lists are told."""

from folkmoot.meetings.notices.agenda import ItemAccepted, ItemDeclined, ItemIsYours, ItemRequested, MaterialWaits
from folkmoot.meetings.notices.calls import CallAdded, CallCancelled, CallMoved, CallRestored, when_words

__all__ = [
    "CallAdded",
    "CallCancelled",
    "CallMoved",
    "CallRestored",
    "ItemAccepted",
    "ItemDeclined",
    "ItemIsYours",
    "ItemRequested",
    "MaterialWaits",
    "when_words",
]
