"""What takes place between two instants, series worked out and their changed occurrences put in place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db.models import F, Q

from folkmoot.calendar.models import Audience, CalendarItem, JoinedItem, Status
from folkmoot.calendar.offers import Occurrence, occurrence_paths
from folkmoot.calendar.planned import Published, take, values_of
from folkmoot.calendar.rendering import event_of, part_of, rule_of
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.ical import Event
from folkmoot.kit.recurrence import occurrences

MOST_AT_ONCE = 400
_MARGIN = timedelta(days=2)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Shown:
    """One thing that takes place: `starts_at` and `ends_at` in UTC, `zone` the one in which it was planned.

    `planned` is the wall time at which a series has it, None for what stands alone; `was_at` the instant from
    which it was moved. `item` is the series, the changed occurrence or the single item that says what it is.
    """

    item: CalendarItem
    planned: datetime | None
    starts_at: datetime
    ends_at: datetime
    zone: str
    path: str
    was_at: datetime | None = None

    @property
    def is_cancelled(self) -> bool:
        return self.item.status == Status.CANCELLED

    @property
    def summary(self) -> str:
        return self.item.summary


def has_item(uid: str, recurrence_id: datetime | None) -> bool:
    """Whether something was ever published under this UID, or for this occurrence of it."""
    return CalendarItem.objects.filter(uid=uid, recurrence_id=recurrence_id).exists()


def single_event(planned: Published, *, uid: str, link_in_text: bool = True) -> Event:
    """One meeting as an event of its own, under its own `uid`, with SEQUENCE and DTSTAMP as published so far.

    What was not changed by itself has those of its series. One query.
    """
    published = list(
        CalendarItem.objects.filter(Q(recurrence_id=None) | Q(recurrence_id=planned.recurrence_id), uid=planned.uid)
        .order_by(F("recurrence_id").desc(nulls_last=True))
        .only("sequence", "changed_at")
    )
    item = CalendarItem(
        uid=uid,
        sequence=published[0].sequence if published else 0,
        changed_at=published[0].changed_at if published else _NEVER,
    )
    take(item, values_of(replace(planned, recurrence_id=None)))
    return event_of(item, link_in_text=link_in_text)


def public_between(start: datetime, end: datetime, *, groups: Collection[Group] | None = None) -> list[Shown]:
    """What everyone may see of what starts before `end` and ends after `start` (both aware), in order of time.

    Of all groups, or of those named. At most `MOST_AT_ONCE` are given, the earliest ones.
    Of named groups also what they join, which is the same item; of a series the part that they join. One query, one
    more for named groups, and one for each room whose series show.
    """
    reach = (start - _MARGIN).replace(tzinfo=None), (end + _MARGIN).replace(tzinfo=None)
    items = CalendarItem.objects.filter(
        # What stands alone or was moved, by its own time; a series as long as it goes on; and an occurrence
        # that was moved out of the window, so that its series does not show it at the old time.
        Q(starts_at__lt=end, ends_at__gt=start) | Q(starts_at__lt=end, ends_at=None) | Q(recurrence_id__range=reach),
        audience=Audience.PUBLIC,
    )
    parts: dict[int, list[JoinedItem]] = defaultdict(list)
    if groups is not None:
        for part in JoinedItem.objects.filter(group__in=groups, is_left=False).exclude(item__group__in=groups):
            parts[part.item_id].append(part)
        items = items.filter(Q(group__in=groups) | Q(pk__in=list(parts)))
    found = list(items.select_related("group", "parent").order_by("starts_at", "pk"))
    changed: dict[str, dict[datetime, CalendarItem]] = defaultdict(dict)
    for item in found:
        if item.recurrence_id is not None:
            changed[item.uid][item.recurrence_id] = item
    shown = [
        one
        for item in found
        for one in (
            _joined(item, parts[item.pk], changed[item.uid], start, end)
            if item.pk in parts
            else _shown(item, changed[item.uid], start, end)
        )
    ]
    shown.sort(key=lambda one: (one.starts_at, one.item.pk))
    return list(_with_paths(shown[:MOST_AT_ONCE]))


def _joined(
    item: CalendarItem,
    parts: Iterable[JoinedItem],
    changed: dict[datetime, CalendarItem],
    start: datetime,
    end: datetime,
) -> Iterator[Shown]:
    """What falls into any of the parts of an item that groups join, each once."""
    found: dict[datetime, Shown] = {}
    for part in parts:
        part.item = item
        for one in _shown(part_of(part), changed, start, end):
            found.setdefault(one.starts_at, replace(one, item=item))
    yield from found.values()


def _shown(
    item: CalendarItem, changed: dict[datetime, CalendarItem], start: datetime, end: datetime
) -> Iterator[Shown]:
    rule = rule_of(item)
    if rule is None:
        if item.starts_at < end and (item.ends_at is None or item.ends_at > start):
            yield _single(item)
        return
    excluded = {datetime.fromisoformat(text) for text in item.exdates}
    found = occurrences(
        rule,
        item.starts.date(),
        item.starts.time(),
        item.zone,
        start - item.duration,
        end,
        limit=MOST_AT_ONCE + len(excluded) + len(changed),
    )
    for local, instant in found:
        if local not in excluded and local not in changed and instant + item.duration > start:
            yield Shown(item, local, instant, instant + item.duration, item.zone, item.path)


def _single(item: CalendarItem) -> Shown:
    was_at = None
    if item.parent is not None and item.recurrence_id is not None:
        was_at = _instant(item.recurrence_id, item.parent.zone)
    return Shown(
        item=item,
        planned=item.recurrence_id,
        starts_at=item.starts_at,
        ends_at=item.ends_at or item.starts_at + item.duration,
        zone=item.zone,
        path=item.path,
        was_at=was_at if was_at != item.starts_at else None,
    )


def _instant(local: datetime, zone: str) -> datetime:
    return zones.local_to_utc(local, zone).utc


def _with_paths(shown: Iterable[Shown]) -> Iterator[Shown]:
    """Put the page of each occurrence in place of the series', as far as its room has one."""
    shown = list(shown)
    wanted: dict[str, set[Occurrence]] = defaultdict(set)
    for one in shown:
        if one.planned is not None and one.item.rule:
            wanted[one.item.source.partition(".")[0]].add((one.item.uid, one.planned))
    paths: dict[Occurrence, str] = {}
    for room, asked in wanted.items():
        offer = occurrence_paths.get(room)
        if offer is not None:
            paths.update(offer(asked))
    for one in shown:
        path = paths.get((one.item.uid, one.planned)) if one.planned is not None else None
        yield replace(one, path=path) if path else one
