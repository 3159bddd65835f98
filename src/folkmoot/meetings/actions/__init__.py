"""Everything that changes series, meetings and agendas."""

from __future__ import annotations

from folkmoot.meetings.actions.agenda import (
    ItemWords,
    accept_item,
    add_item,
    change_item,
    decline_item,
    finish_item,
    remove_item,
    reopen_item,
    request_item,
    restore_item,
    take_out_of_consent,
)
from folkmoot.meetings.actions.agenda_carrying import (
    carry_over,
    fill_agenda,
    prepare_agendas,
)
from folkmoot.meetings.actions.agenda_files import (
    delete_material,
    propose_file,
)
from folkmoot.meetings.actions.agenda_guests import (
    make_guest_link,
    request_as_guest,
    revoke_guest_link,
)
from folkmoot.meetings.actions.agenda_materials import (
    add_action,
    answer_material,
    propose_link,
)
from folkmoot.meetings.actions.agenda_order import (
    reorder,
)
from folkmoot.meetings.actions.agenda_usual import (
    UsualItem,
    keep_usual_agenda,
)
from folkmoot.meetings.actions.answers import (
    answer_call,
    take_answer_back,
)
from folkmoot.meetings.actions.attendance import (
    close_attendance,
    close_lists_that_are_due,
    record_attendance,
    tick_off,
    withdraw_attendance,
)
from folkmoot.meetings.actions.bringing_in import leave_as_it_is, take_in_minutes, take_in_resolution
from folkmoot.meetings.actions.changing import (
    begin_series,
    change_series,
    end_own_series,
    return_to_charter,
)
from folkmoot.meetings.actions.closing import (
    resume_meetings,
    show_name,
    stop_meetings,
)
from folkmoot.meetings.actions.codes import (
    call_of_code,
    make_code,
    use_code,
    use_code_as_guest,
)
from folkmoot.meetings.actions.guests import (
    identify_guest,
    make_guest_nameless,
    note_guest,
    withdraw_guest,
)
from folkmoot.meetings.actions.handing_in import TakenIn, forget_handed_in, give_up, hand_in, keep_answers, take_in_all
from folkmoot.meetings.actions.joint import (
    answer_joining,
    ask_to_join,
    end_joining,
    end_joint_calls_of,
)
from folkmoot.meetings.actions.minutes import (
    NotesWords,
    add_minutes_item,
    begin_minutes,
    change_minutes_item,
    put_down_notes,
    set_level,
    set_minutes_custom,
)
from folkmoot.meetings.actions.minutes_approving import (
    answer_change,
    approve_by_silence,
    approve_minutes,
    approve_on_call,
    ask_for_change,
    propose_minutes,
)
from folkmoot.meetings.actions.minutes_publishing import (
    clear_hits,
    confirm_public,
    correct_item,
    publish_minutes,
)
from folkmoot.meetings.actions.minutes_writing import (
    ActionWords,
    Written,
    keep_draft,
    note_action,
    note_decision,
)
from folkmoot.meetings.actions.opening import (
    choose_opening,
    note_opening_read,
    take_back_opening_read,
    word_opening,
)
from folkmoot.meetings.actions.pausing import (
    end_pause,
    follow_holidays,
    keep_holidays,
    let_holidays_go,
    meet_anyway,
    pause_calls,
)
from folkmoot.meetings.actions.places import (
    settle_call_place,
    settle_series_place,
)
from folkmoot.meetings.actions.series import (
    bring_in_order,
    follow_zone_data,
    materialise,
    materialise_ahead,
)
from folkmoot.meetings.actions.single import (
    add_extra_meeting,
    cancel_meeting,
    move_meeting,
    restore_meeting,
)

__all__ = [
    "ActionWords",
    "ItemWords",
    "NotesWords",
    "TakenIn",
    "UsualItem",
    "Written",
    "accept_item",
    "add_action",
    "add_extra_meeting",
    "add_item",
    "add_minutes_item",
    "answer_call",
    "answer_change",
    "answer_joining",
    "answer_material",
    "approve_by_silence",
    "approve_minutes",
    "approve_on_call",
    "ask_for_change",
    "ask_to_join",
    "begin_minutes",
    "begin_series",
    "bring_in_order",
    "call_of_code",
    "cancel_meeting",
    "carry_over",
    "change_item",
    "change_minutes_item",
    "change_series",
    "choose_opening",
    "clear_hits",
    "close_attendance",
    "close_lists_that_are_due",
    "confirm_public",
    "correct_item",
    "decline_item",
    "delete_material",
    "end_joining",
    "end_joint_calls_of",
    "end_own_series",
    "end_pause",
    "fill_agenda",
    "finish_item",
    "follow_holidays",
    "follow_zone_data",
    "forget_handed_in",
    "give_up",
    "hand_in",
    "identify_guest",
    "keep_answers",
    "keep_draft",
    "keep_holidays",
    "keep_usual_agenda",
    "leave_as_it_is",
    "let_holidays_go",
    "make_code",
    "make_guest_link",
    "make_guest_nameless",
    "materialise",
    "materialise_ahead",
    "meet_anyway",
    "move_meeting",
    "note_action",
    "note_decision",
    "note_guest",
    "note_opening_read",
    "pause_calls",
    "prepare_agendas",
    "propose_file",
    "propose_link",
    "propose_minutes",
    "publish_minutes",
    "put_down_notes",
    "record_attendance",
    "remove_item",
    "reopen_item",
    "reorder",
    "request_as_guest",
    "request_item",
    "restore_item",
    "restore_meeting",
    "resume_meetings",
    "return_to_charter",
    "revoke_guest_link",
    "set_level",
    "set_minutes_custom",
    "settle_call_place",
    "settle_series_place",
    "show_name",
    "stop_meetings",
    "take_answer_back",
    "take_back_opening_read",
    "take_in_all",
    "take_in_minutes",
    "take_in_resolution",
    "take_out_of_consent",
    "tick_off",
    "use_code",
    "use_code_as_guest",
    "withdraw_attendance",
    "withdraw_guest",
    "word_opening",
]
