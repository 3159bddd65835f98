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
from folkmoot.meetings.models.series import Meeting, Series, SeriesChange, Slot, Status, new_uid

__all__ = [
    "Agenda",
    "AgendaItem",
    "AgendaLink",
    "AgendaTemplate",
    "AgendaTemplateItem",
    "ItemState",
    "Kind",
    "Material",
    "MaterialKind",
    "MaterialState",
    "Meeting",
    "Series",
    "SeriesChange",
    "Slot",
    "Status",
    "new_uid",
]
