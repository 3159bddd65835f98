"""Where motions hang their parts: the positions that are asked of a reader, and what is kept about people."""

from __future__ import annotations

from folkmoot.decisions import motion_panels, motion_person_data
from folkmoot.ui.slots import DeskPanel, add_desk_panel


def fill() -> None:
    """Hang everything where it belongs."""
    add_desk_panel(DeskPanel("positions_asked", 14, motion_panels.positions_asked))
    motion_person_data.fill()
