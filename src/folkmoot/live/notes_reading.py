"""Reading notes that are being written."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F

from folkmoot.ledger.actors import Actor
from folkmoot.live.actions import open_notes
from folkmoot.live.models import NotesLog, NotesUpdate
from folkmoot.meetings.minutes_reading import minutes_item_numbered


@dataclass(frozen=True)
class Came:
    """What came in a log after some number, and the number of the last."""

    generation: uuid.UUID
    number: int
    updates: list[bytes]


@dataclass(frozen=True)
class Standing:
    """How a log stands: whether the item does not say yet what was written, and whether it says what was not."""

    generation: uuid.UUID
    number: int
    waits: bool
    item_differs: bool


def opened(item_id: int, *, by: Actor) -> Came | None:
    """The log of an item from its beginning, for somebody who may write; None where there is no such item.

    Refused as `open_notes`.
    """
    item = minutes_item_numbered(item_id)
    if item is None:
        return None
    open_notes(item, by=by)
    return since(item_id, 0)


def since(item_id: int, number: int) -> Came | None:
    """What came after this number; None where the log is gone."""
    log = NotesLog.objects.filter(item=item_id).first()
    if log is None:
        return None
    rows = NotesUpdate.objects.filter(log=log, number__gt=number).order_by("number")
    found = list(rows.values_list("number", "data"))
    return Came(log.generation, found[-1][0] if found else number, [bytes(data) for _number, data in found])


def standing(item_ids: Collection[int]) -> dict[int, Standing]:
    """How the logs of these items stand, by item; one query. Those that are gone are missing."""
    rows = NotesLog.objects.filter(item__in=item_ids).values_list(
        "item", "generation", "number", "put_down", "item_version", F("item__version")
    )
    return {
        item_id: Standing(generation, number, put_down < number, item_version != version)
        for item_id, generation, number, put_down, item_version, version in rows
    }
