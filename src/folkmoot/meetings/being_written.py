"""What is being written into minutes elsewhere at this moment; a room above enters it (`live`: several at once).

It is put down in the notes before somebody else changes them or they are laid open, so that no words are passed over.
"""

from __future__ import annotations

from collections.abc import Callable

from folkmoot.kit.registry import Registry
from folkmoot.meetings.models import Minutes

PutDown = Callable[[Minutes], None]
"""Gets minutes that are held, and may refuse (`Refused`)."""

BEING_WRITTEN: Registry[PutDown] = Registry("way of writing minutes")


def put_down_first(held: Minutes) -> None:
    """Let the notes of these minutes say all that was written until now."""
    for put_down in BEING_WRITTEN:
        put_down(held)
