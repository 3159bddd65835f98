"""A group with a coming call, and what may stand on its agenda."""

from __future__ import annotations

from typing import Any

from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import ItemWords, add_item
from folkmoot.meetings.models import AgendaItem, Meeting


def item(meeting: Meeting, title: str = "A room for spring", **given: Any) -> AgendaItem:
    """An item on an agenda, put there by the system."""
    return add_item(meeting, ItemWords(title, **given), by=system())


def titles(meeting: Meeting) -> list[str]:
    """What stands on an agenda or is asked for, in its order."""
    present = AgendaItem.objects.filter(meeting=meeting).exclude(state__in=("removed", "declined"))
    return list(present.order_by("position", "pk").values_list("title", flat=True))
