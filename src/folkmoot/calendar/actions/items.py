"""How rooms above bring what they have planned into everyone's calendars."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from folkmoot.calendar.actions.joined import is_otherwise, joined_of, keep_joined, render_joined
from folkmoot.calendar.models import CalendarItem, FeedStamp, JoinedItem, Status
from folkmoot.calendar.planned import Published, set_bounds, take, values_of
from folkmoot.calendar.rendering import part_of, rendered, rendered_for

# A change in one of these is news for whoever has it in their calendar (RFC 5546 section 2.1.4).
_RAISES_SEQUENCE = frozenset(
    {"starts", "fold", "zone", "duration", "rule", "exdates", "status", "location", "starts_at", "ends_at"}
)


@transaction.atomic
def publish(planned: Published) -> CalendarItem:
    """Bring an item in, or in order with what is planned. When nothing has changed, nothing is written.

    A change of time, place or status raises SEQUENCE, also of the part that a group joins; any change becomes DTSTAMP.
    An occurrence's first change starts above its series. Raises `CalendarItem.DoesNotExist` for an occurrence of an
    unknown series.
    """
    values = values_of(planned)
    item = _item(planned.uid, planned.recurrence_id)
    if item is None:
        parent = None
        if planned.recurrence_id is not None:
            parent = CalendarItem.objects.get(uid=planned.uid, recurrence_id=None)
        item = CalendarItem(
            uid=planned.uid,
            recurrence_id=planned.recurrence_id,
            parent=parent,
            sequence=parent.sequence + 1 if parent else 0,
        )
        take(item, values)
        _keep(item)
        try:
            with transaction.atomic():
                item.save(force_insert=True)
        except IntegrityError:
            if _item(planned.uid, planned.recurrence_id) is None:
                raise
            # Somebody else published the same at the same time; what is planned now goes on top of theirs.
            return publish(planned)
        keep_joined(item, [], planned.also)
        _move_stamps(item.changed_at, item.group_id, *(one.group.pk for one in planned.also))
        return item
    group_before, joined = item.group_id, joined_of(item)
    before = {name: getattr(item, name) for name in (*values, "starts_at", "ends_at")}
    take(item, values)
    changed = {name for name, value in before.items() if getattr(item, name) != value}
    otherwise = is_otherwise(item, joined, planned.also)
    if not (changed or otherwise is not None):
        return item
    if changed & _RAISES_SEQUENCE or otherwise:
        item.sequence += 1
    _keep(item)
    item.save()
    joined = keep_joined(item, joined, planned.also)
    _move_stamps(item.changed_at, item.group_id, group_before, *(one.group_id for one in joined))
    return item


@transaction.atomic
def withdraw(uid: str, *, recurrence_id: datetime | None = None) -> None:
    """Mark an item as cancelled. It stays in its feeds, so that calendars learn of it; done twice, it is told once."""
    item = _item(uid, recurrence_id)
    if item is None or item.status == Status.CANCELLED:
        return
    item.status = Status.CANCELLED
    item.sequence += 1
    _keep(item)
    item.save()
    _move_stamps(item.changed_at, item.group_id, *_render_joined(item))


@transaction.atomic
def announce_again(uid: str) -> None:
    """Raise SEQUENCE and DTSTAMP of a series that itself is unchanged: its zone's clocks will change otherwise."""
    item = _item(uid, None)
    if item is None:
        return
    item.sequence += 1
    set_bounds(item)
    _keep(item)
    item.save()
    _move_stamps(item.changed_at, item.group_id, *_render_joined(item))


def keep_components() -> int:
    """Write components anew that were kept for another address or an older version; returns how many.

    Feeds are right without this, since they write such components on the spot; it only saves them the work.
    """
    stale = CalendarItem.objects.exclude(rendered_for=rendered_for()).select_related("parent")
    count = 0
    for item in stale.iterator(chunk_size=500):
        count += CalendarItem.objects.filter(pk=item.pk, changed_at=item.changed_at).update(
            component=rendered(item), rendered_for=rendered_for()
        )
    parts = JoinedItem.objects.exclude(rendered_for=rendered_for()).select_related("item__parent")
    for part in parts.iterator(chunk_size=500):
        count += JoinedItem.objects.filter(pk=part.pk, item__changed_at=part.item.changed_at).update(
            component=rendered(part_of(part)), rendered_for=rendered_for()
        )
    return count


def _render_joined(item: CalendarItem) -> list[int]:
    """Write anew what joined groups have of an item that changed; returns the keys of these groups."""
    joined = joined_of(item)
    render_joined(item, joined)
    return [one.group_id for one in joined]


def _item(uid: str, recurrence_id: datetime | None) -> CalendarItem | None:
    # Locked on PostgreSQL, so that of two changes the second sees the first; SQLite has one writer at a time.
    locked = CalendarItem.objects.select_for_update(of=("self",)).select_related("parent")
    try:
        return locked.get(uid=uid, recurrence_id=recurrence_id)
    except CalendarItem.DoesNotExist:
        return None


def _keep(item: CalendarItem) -> None:
    """Stamp the change and keep the component as it is to be written from now on."""
    # Calendars count in seconds; DTSTAMP never goes back, should the machine's clock do so.
    now = timezone.now().replace(microsecond=0)
    item.changed_at = max(now, item.changed_at) if item.changed_at else now
    item.component = rendered(item)
    item.rendered_for = rendered_for()


def _move_stamps(at: datetime, *groups: int | None) -> None:
    """Let every feed that an item is, or was, in be known as changed: the whole, then groups in order of number.

    The whole comes first, so that of two who publish at the same time, in whatever feeds, the second waits there.
    """
    for group in [None, *sorted({group for group in groups if group is not None})]:
        key = f"group-{group}" if group is not None else "organisation"
        if _move_stamp(key, at):
            continue
        try:
            with transaction.atomic():
                FeedStamp.objects.create(key=key, group_id=group, changed_at=at)
        except IntegrityError:
            _move_stamp(key, at)


def _move_stamp(key: str, at: datetime) -> int:
    return FeedStamp.objects.filter(key=key).update(
        revision=models.F("revision") + 1, changed_at=Greatest(models.F("changed_at"), models.Value(at))
    )
