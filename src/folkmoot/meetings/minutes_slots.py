"""What minutes offer to other rooms."""

from __future__ import annotations

from folkmoot.meetings import minutes_channels, minutes_check, minutes_person_data


def fill() -> None:
    """Offer what is kept about people, and enter the channels that are checked."""
    minutes_person_data.fill()
    minutes_check.fill()
    minutes_channels.fill()
