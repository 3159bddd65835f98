"""Every change of what is kept of a call while it runs."""

from folkmoot.live.actions.notes import (
    bring_notes_in_order,
    keep_change,
    let_go_of_notes,
    open_notes,
    put_down,
    put_down_of,
    squash,
)
from folkmoot.live.actions.pulse import REMEMBERED, pulse

__all__ = [
    "REMEMBERED",
    "bring_notes_in_order",
    "keep_change",
    "let_go_of_notes",
    "open_notes",
    "pulse",
    "put_down",
    "put_down_of",
    "squash",
]
