"""The parts of an item that other groups join, kept beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from folkmoot.calendar.models import CalendarItem, JoinedItem
from folkmoot.calendar.planned import AlsoIn
from folkmoot.calendar.rendering import part_of, rendered, rendered_for


def joined_of(item: CalendarItem) -> list[JoinedItem]:
    """The groups that join an item, or did; one query."""
    return list(JoinedItem.objects.filter(item=item).order_by("group"))


def is_otherwise(item: CalendarItem, joined: Sequence[JoinedItem], also: Iterable[AlsoIn]) -> bool | None:
    """Whether another part of an item is joined than before; None where nothing changed, False where groups only came.

    Whoever comes has not had it in their calendar, so that to them its time is no change.
    """
    known = {one.group_id: one for one in joined}
    wanted = {one.group.pk: _part(item, one) for one in also if one.group.pk != item.group_id}
    left = any(not one.is_left for key, one in known.items() if key not in wanted)
    changed = any(
        known[key].is_left or (known[key].starts, known[key].rule) != part
        for key, part in wanted.items()
        if key in known
    )
    if left or changed:
        return True
    return False if wanted.keys() - known.keys() else None


def keep_joined(item: CalendarItem, joined: Sequence[JoinedItem], also: Iterable[AlsoIn]) -> list[JoinedItem]:
    """Let just these groups have an item in their feeds; with whoever has left, for whom it is cancelled."""
    known = {one.group_id: one for one in joined}
    wanted = {one.group.pk: _part(item, one) for one in also if one.group.pk != item.group_id}
    for key, (starts, rule) in wanted.items():
        one = known.setdefault(key, JoinedItem(group_id=key))
        one.starts, one.rule, one.is_left = starts, rule, False
    for key in known.keys() - wanted.keys():
        known[key].is_left = True
    kept = [known[key] for key in sorted(known)]
    render_joined(item, kept)
    return kept


def render_joined(item: CalendarItem, joined: Iterable[JoinedItem]) -> None:
    """Write the parts of an item as they are to be read from now on."""
    for one in joined:
        one.item = item
        one.component, one.rendered_for = rendered(part_of(one)), rendered_for()
        one.save()


def _part(item: CalendarItem, one: AlsoIn) -> tuple[datetime, str]:
    return one.starts or item.starts, item.rule if one.rule is None else one.rule
