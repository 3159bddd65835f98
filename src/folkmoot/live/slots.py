"""Where running calls hang their parts on other pages."""

from __future__ import annotations

from folkmoot.live import kept, panels
from folkmoot.live.call_reading import is_running
from folkmoot.meetings.call_panels import CALL_PANELS
from folkmoot.meetings.going_on import GOES_ON
from folkmoot.ui.slots import DeskPanel, add_desk_panel


def fill() -> None:
    """Say that a call is on, on its own page, on the desk and to its agenda; answer for what is kept about people."""
    CALL_PANELS.register("live", panels.on_call_page, order=10)
    GOES_ON.register("live", is_running)
    add_desk_panel(DeskPanel("calls_on", 4, panels.on_desk))
    kept.offer_all()
