"""Series and their slots, meetings, and what belongs to a meeting."""

from folkmoot.meetings.models.agenda import (
    Agenda,
    AgendaItem,
    AgendaLink,
    AgendaTemplate,
    AgendaTemplateItem,
    ItemState,
    Kind,
    Material,
    MaterialKind,
    MaterialState,
)
from folkmoot.meetings.models.announcing import (
    Announcement,
    AnnouncementText,
)
from folkmoot.meetings.models.answers import (
    Answer,
    Says,
    Way,
)
from folkmoot.meetings.models.attendance import (
    Attendance,
    AttendanceClosing,
    CallCode,
    Source,
)
from folkmoot.meetings.models.bringing_in import LONGEST_PATH, BroughtIn, BroughtInName, HandedIn, HandedInFile
from folkmoot.meetings.models.call_roles import (
    CallRole,
    How,
    RoleOrigin,
    Turn,
    TurnState,
    Willing,
)
from folkmoot.meetings.models.fair_times import FairPromise
from folkmoot.meetings.models.joint import (
    JoinedMeeting,
    JointCall,
    JointState,
)
from folkmoot.meetings.models.minutes import (
    LONGEST_NOTES,
    ApprovalWay,
    Clearing,
    Level,
    Minutes,
    MinutesApproval,
    MinutesCorrection,
    MinutesCustom,
    MinutesItem,
    MinutesState,
    WantedChange,
)
from folkmoot.meetings.models.opening import (
    OpeningChoice,
    OpeningReading,
)
from folkmoot.meetings.models.pauses import (
    HolidayRule,
    Pause,
)
from folkmoot.meetings.models.places import (
    CallPlace,
)
from folkmoot.meetings.models.series import (
    OWN_FROM,
    Meeting,
    Series,
    SeriesChange,
    Slot,
    Status,
    new_uid,
)

__all__ = [
    "LONGEST_NOTES",
    "LONGEST_PATH",
    "OWN_FROM",
    "Agenda",
    "AgendaItem",
    "AgendaLink",
    "AgendaTemplate",
    "AgendaTemplateItem",
    "Announcement",
    "AnnouncementText",
    "Answer",
    "ApprovalWay",
    "Attendance",
    "AttendanceClosing",
    "BroughtIn",
    "BroughtInName",
    "CallCode",
    "CallPlace",
    "CallRole",
    "Clearing",
    "FairPromise",
    "HandedIn",
    "HandedInFile",
    "HolidayRule",
    "How",
    "ItemState",
    "JoinedMeeting",
    "JointCall",
    "JointState",
    "Kind",
    "Level",
    "Material",
    "MaterialKind",
    "MaterialState",
    "Meeting",
    "Minutes",
    "MinutesApproval",
    "MinutesCorrection",
    "MinutesCustom",
    "MinutesItem",
    "MinutesState",
    "OpeningChoice",
    "OpeningReading",
    "Pause",
    "RoleOrigin",
    "Says",
    "Series",
    "SeriesChange",
    "Slot",
    "Source",
    "Status",
    "Turn",
    "TurnState",
    "WantedChange",
    "Way",
    "Willing",
    "new_uid",
]
