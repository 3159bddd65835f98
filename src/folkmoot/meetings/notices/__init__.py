"""What people and mailing lists are told."""

from folkmoot.meetings.notices.agenda import (
    ItemAccepted,
    ItemDeclined,
    ItemIsYours,
    ItemRequested,
    MaterialWaits,
)
from folkmoot.meetings.notices.calls import (
    CallAdded,
    CallCancelled,
    CallMoved,
    CallRestored,
    when_words,
)
from folkmoot.meetings.notices.changes import (
    CallsBack,
    CallsChanged,
    CallsLeftOut,
    CallsShifted,
)

__all__ = [
    "CallAdded",
    "CallCancelled",
    "CallMoved",
    "CallRestored",
    "CallsBack",
    "CallsChanged",
    "CallsLeftOut",
    "CallsShifted",
    "ItemAccepted",
    "ItemDeclined",
    "ItemIsYours",
    "ItemRequested",
    "MaterialWaits",
    "when_words",
]
