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
from folkmoot.meetings.models.announcing import Announcement, AnnouncementText
from folkmoot.meetings.models.call_roles import CallRole, How, Source, Turn, TurnState, Willing
from folkmoot.meetings.models.series import Meeting, Series, SeriesChange, Slot, Status, new_uid

__all__ = [
    "Agenda",
    "AgendaItem",
    "AgendaLink",
    "AgendaTemplate",
    "AgendaTemplateItem",
    "Announcement",
    "AnnouncementText",
    "CallRole",
    "How",
    "ItemState",
    "Kind",
    "Material",
    "MaterialKind",
    "MaterialState",
    "Meeting",
    "Series",
    "SeriesChange",
    "Slot",
    "Source",
    "Status",
    "Turn",
    "TurnState",
    "Willing",
    "new_uid",
]
