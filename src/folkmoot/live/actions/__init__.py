"""Everything that changes a call while it runs."""

from __future__ import annotations

from folkmoot.live.actions.agenda import add_time, go_to_item, next_item, pause, resume
from folkmoot.live.actions.calls import close_call, close_forgotten_calls, open_call
from folkmoot.live.actions.speaking import (
    call_on,
    finish_speaking,
    lower_hand,
    put_before,
    raise_hand,
    set_speaking_custom,
)

__all__ = [
    "add_time",
    "call_on",
    "close_call",
    "close_forgotten_calls",
    "finish_speaking",
    "go_to_item",
    "lower_hand",
    "next_item",
    "open_call",
    "pause",
    "put_before",
    "raise_hand",
    "resume",
    "set_speaking_custom",
]
