"""Everything that changes series and meetings."""

from __future__ import annotations

from folkmoot.meetings.actions.changing import begin_series, change_series, end_own_series, return_to_charter
from folkmoot.meetings.actions.closing import resume_meetings, show_name, stop_meetings
from folkmoot.meetings.actions.pausing import (
    end_pause,
    follow_holidays,
    keep_holidays,
    let_holidays_go,
    meet_anyway,
    pause_calls,
)
from folkmoot.meetings.actions.places import settle_call_place, settle_series_place
from folkmoot.meetings.actions.series import bring_in_order, follow_zone_data, materialise, materialise_ahead
from folkmoot.meetings.actions.single import add_extra_meeting, cancel_meeting, move_meeting, restore_meeting

__all__ = [
    "add_extra_meeting",
    "begin_series",
    "bring_in_order",
    "cancel_meeting",
    "change_series",
    "end_own_series",
    "end_pause",
    "follow_holidays",
    "follow_zone_data",
    "keep_holidays",
    "let_holidays_go",
    "materialise",
    "materialise_ahead",
    "meet_anyway",
    "move_meeting",
    "pause_calls",
    "restore_meeting",
    "resume_meetings",
    "return_to_charter",
    "settle_call_place",
    "settle_series_place",
    "show_name",
    "stop_meetings",
]
