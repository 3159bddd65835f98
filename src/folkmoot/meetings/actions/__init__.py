"""Everything that changes series and meetings."""

from __future__ import annotations

from folkmoot.meetings.actions.attendance import (
    close_attendance,
    close_lists_that_are_due,
    record_attendance,
    say_regret,
    take_regret_back,
    tick_off,
    withdraw_attendance,
)
from folkmoot.meetings.actions.changing import change_series, return_to_charter
from folkmoot.meetings.actions.closing import resume_meetings, show_name, stop_meetings
from folkmoot.meetings.actions.codes import call_of_code, make_code, use_code, use_code_as_guest
from folkmoot.meetings.actions.guests import identify_guest, make_guest_nameless, note_guest, withdraw_guest
from folkmoot.meetings.actions.opening import choose_opening, note_opening_read, take_back_opening_read, word_opening
from folkmoot.meetings.actions.series import bring_in_order, follow_zone_data, materialise, materialise_ahead
from folkmoot.meetings.actions.single import add_extra_meeting, cancel_meeting, move_meeting, restore_meeting

__all__ = [
    "add_extra_meeting",
    "bring_in_order",
    "call_of_code",
    "cancel_meeting",
    "change_series",
    "choose_opening",
    "close_attendance",
    "close_lists_that_are_due",
    "follow_zone_data",
    "identify_guest",
    "make_code",
    "make_guest_nameless",
    "materialise",
    "materialise_ahead",
    "move_meeting",
    "note_guest",
    "note_opening_read",
    "record_attendance",
    "restore_meeting",
    "resume_meetings",
    "return_to_charter",
    "say_regret",
    "show_name",
    "stop_meetings",
    "take_back_opening_read",
    "take_regret_back",
    "tick_off",
    "use_code",
    "use_code_as_guest",
    "withdraw_attendance",
    "withdraw_guest",
    "word_opening",
]
