"""Everything that changes series and meetings."""

from __future__ import annotations

from folkmoot.meetings.actions.changing import change_series, return_to_charter
from folkmoot.meetings.actions.closing import resume_meetings, show_name, stop_meetings
from folkmoot.meetings.actions.series import bring_in_order, follow_zone_data, materialise, materialise_ahead
from folkmoot.meetings.actions.single import add_extra_meeting, cancel_meeting, move_meeting, restore_meeting

__all__ = [
    "add_extra_meeting",
    "bring_in_order",
    "cancel_meeting",
    "change_series",
    "follow_zone_data",
    "materialise",
    "materialise_ahead",
    "move_meeting",
    "restore_meeting",
    "resume_meetings",
    "return_to_charter",
    "show_name",
    "stop_meetings",
]
