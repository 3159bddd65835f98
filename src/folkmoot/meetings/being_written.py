"""Other ways of writing minutes than the form; a room above enters them (`live`: several people at once).

What is being written there is put down in the notes before somebody else changes them or they are laid open, so that
no words are passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from folkmoot.kit.registry import Registry
from folkmoot.meetings.models import Minutes
from folkmoot.ui.slots import Label, Link


@dataclass(frozen=True)
class WayOfWriting:
    """A page on which minutes are written; its address takes the key of the call.

    `put_down` gets minutes that are held, and may refuse (`Refused`).
    """

    label: Label
    url_name: str
    put_down: Callable[[Minutes], None]


BEING_WRITTEN: Registry[WayOfWriting] = Registry("way of writing minutes")


def put_down_first(held: Minutes) -> None:
    """Let the notes of these minutes say all that was written until now."""
    for way in BEING_WRITTEN:
        way.put_down(held)


def other_ways(minutes: Minutes) -> list[Link]:
    """Links to the other pages on which a draft is written."""
    return [Link(way.label, reverse(way.url_name, args=[minutes.pk])) for way in BEING_WRITTEN]
