"""Reading notes that are being written."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from folkmoot.ledger.actors import Actor
from folkmoot.ledger.queries import latest_entry_id
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


def standing(item_id: int) -> Standing | None:
    """How the log of an item stands; None where there is none. One query."""
    found = (
        NotesLog.objects.filter(item=item_id)
        .values_list("generation", "number", "put_down", "item_version", "item__version")
        .first()
    )
    if found is None:
        return None
    generation, number, put_down, item_version, version = found
    return Standing(generation, number, put_down < number, item_version != version)


def numbers_of_notes(item_ids: Collection[int]) -> dict[int, int]:
    """Numbers that move with whatever concerns who writes on these items: changes, the item, any fact."""
    told = latest_entry_id()
    rows = NotesLog.objects.filter(item__in=item_ids).values_list("item", "number", "item__version")
    return {item_id: number + version + told for item_id, number, version in rows}
