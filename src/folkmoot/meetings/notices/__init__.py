"""What people and mailing lists are told."""

from folkmoot.meetings.notices.agenda import (
    ItemAccepted,
    ItemDeclined,
    ItemIsYours,
    ItemRequested,
    MaterialWaits,
)
from folkmoot.meetings.notices.call_roles import (
    CallIsAnnounced,
    TurnWaits,
    TurnWasDeclined,
    TurnWasHandedBack,
)
from folkmoot.meetings.notices.calls import (
    CallAdded,
    CallCancelled,
    CallMoved,
    CallRestored,
)
from folkmoot.meetings.notices.changes import (
    CallsBack,
    CallsChanged,
    CallsLeftOut,
    CallsShifted,
)
from folkmoot.meetings.notices.joint import (
    CallsAreJoint,
    CallsNoLongerJoint,
    JoiningWaits,
    JoiningWasDeclined,
)
from folkmoot.meetings.notices.minutes import (
    MinutesAreApproved,
    MinutesArePublished,
    MinutesLieOpen,
    MinutesNeedChange,
    MinutesWait,
)

__all__ = [
    "CallAdded",
    "CallCancelled",
    "CallIsAnnounced",
    "CallMoved",
    "CallRestored",
    "CallsAreJoint",
    "CallsBack",
    "CallsChanged",
    "CallsLeftOut",
    "CallsNoLongerJoint",
    "CallsShifted",
    "ItemAccepted",
    "ItemDeclined",
    "ItemIsYours",
    "ItemRequested",
    "JoiningWaits",
    "JoiningWasDeclined",
    "MaterialWaits",
    "MinutesAreApproved",
    "MinutesArePublished",
    "MinutesLieOpen",
    "MinutesNeedChange",
    "MinutesWait",
    "TurnWaits",
    "TurnWasDeclined",
    "TurnWasHandedBack",
]
