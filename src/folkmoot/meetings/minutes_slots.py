"""What minutes offer to other rooms."""

from __future__ import annotations

from folkmoot.meetings import minutes_channels, minutes_check, minutes_panels, minutes_person_data
from folkmoot.ui.slots import DeskPanel, add_desk_panel


def fill() -> None:
    """Offer what is kept about people, enter the channels that are checked, and hang the panel on the desk."""
    minutes_person_data.fill()
    minutes_check.fill()
    minutes_channels.fill()
    add_desk_panel(DeskPanel("my_minutes", 9, minutes_panels.my_minutes))
