"""Everything that changes a call while it runs."""

from __future__ import annotations

from folkmoot.live.actions.agenda import add_time, go_to_item, next_item, pause, resume
from folkmoot.live.actions.calls import close_call, close_forgotten_calls, open_call
from folkmoot.live.actions.minutes import begin_notes, keep_notes, note_doings, say_here
from folkmoot.live.actions.notes import (
    bring_notes_in_order,
    keep_change,
    let_go_of_notes,
    open_notes,
    put_down,
    put_down_of,
    squash,
)
from folkmoot.live.actions.pulses import (
    LEAVING,
    REMEMBERED,
    be_here,
    forget_who_was_here,
    note_here,
    note_leaving,
    pulse,
)
from folkmoot.live.actions.speaking import (
    call_on,
    finish_speaking,
    lower_hand,
    put_before,
    raise_hand,
    set_speaking_custom,
)

__all__ = [
    "LEAVING",
    "REMEMBERED",
    "add_time",
    "be_here",
    "begin_notes",
    "bring_notes_in_order",
    "call_on",
    "close_call",
    "close_forgotten_calls",
    "finish_speaking",
    "forget_who_was_here",
    "go_to_item",
    "keep_change",
    "keep_notes",
    "let_go_of_notes",
    "lower_hand",
    "next_item",
    "note_doings",
    "note_here",
    "note_leaving",
    "open_call",
    "open_notes",
    "pause",
    "pulse",
    "put_before",
    "put_down",
    "put_down_of",
    "raise_hand",
    "resume",
    "say_here",
    "set_speaking_custom",
    "squash",
]
