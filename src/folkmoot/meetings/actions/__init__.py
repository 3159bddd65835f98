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
from folkmoot.meetings.actions.agenda_carrying import carry_over, fill_agenda, prepare_agendas
from folkmoot.meetings.actions.agenda_files import delete_material, propose_file
from folkmoot.meetings.actions.agenda_guests import make_guest_link, request_as_guest, revoke_guest_link
from folkmoot.meetings.actions.agenda_materials import add_action, answer_material, propose_link
from folkmoot.meetings.actions.agenda_order import reorder
from folkmoot.meetings.actions.agenda_usual import UsualItem, keep_usual_agenda
from folkmoot.meetings.actions.changing import change_series, return_to_charter
from folkmoot.meetings.actions.closing import resume_meetings, show_name, stop_meetings
from folkmoot.meetings.actions.series import bring_in_order, follow_zone_data, materialise, materialise_ahead
from folkmoot.meetings.actions.single import add_extra_meeting, cancel_meeting, move_meeting, restore_meeting

__all__ = [
    "ItemWords",
    "UsualItem",
    "accept_item",
    "add_action",
    "add_extra_meeting",
    "add_item",
    "answer_material",
    "bring_in_order",
    "cancel_meeting",
    "carry_over",
    "change_item",
    "change_series",
    "decline_item",
    "delete_material",
    "fill_agenda",
    "finish_item",
    "follow_zone_data",
    "keep_usual_agenda",
    "make_guest_link",
    "materialise",
    "materialise_ahead",
    "move_meeting",
    "prepare_agendas",
    "propose_file",
    "propose_link",
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
    "show_name",
    "stop_meetings",
    "take_out_of_consent",
]
