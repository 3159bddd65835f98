"""What foreign calendars add to a list of what takes place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from folkmoot.calendar.models import Layer, LayerItem
from folkmoot.calendar.queries import MOST_AT_ONCE
from folkmoot.calendar.weeks import midnight


@dataclass(frozen=True)
class ShownElsewhere:
    """Something of a foreign calendar, as a line among our own; `starts_at` is midnight for what lasts all day."""

    item: LayerItem
    starts_at: datetime
    zone: str
    is_cancelled: bool

    @property
    def summary(self) -> str:
        return self.item.summary

    @property
    def path(self) -> str:
        """Where the foreign calendar has more about it, if it says so."""
        return self.item.url

    @property
    def layer(self) -> Layer:
        return self.item.layer

    @property
    def all_day(self) -> bool:
        return self.item.first_day is not None

    @property
    def until(self) -> date | None:
        """The last of several days."""
        return self.item.last_day if self.item.last_day != self.item.first_day else None

    was_at = None


def shown_layers() -> list[Layer]:
    """The layers that are in sight, by name."""
    return list(Layer.objects.filter(is_shown=True).only("name", "address", "problem", "read_at"))


def elsewhere_between(first: date, last: date, *, zone: str, layers: Collection[Layer]) -> list[ShownElsewhere]:
    """What these foreign calendars have from the day `first` to before `last`, in days of `zone`; one query at most.

    What lasts whole days belongs to those days in every zone (RFC 5545 3.3.4); what began before is listed on `first`.
    """
    if not layers:
        return []
    start, end = midnight(first, zone), midnight(last, zone)
    items = LayerItem.objects.filter(
        Q(starts_at__gte=start, starts_at__lt=end) | Q(first_day__lt=last, last_day__gte=first), layer__in=layers
    )
    found = [_shown(item, first, zone) for item in items.select_related("layer")[: MOST_AT_ONCE * 2]]
    return sorted(found, key=lambda one: (one.starts_at, one.item.pk))[:MOST_AT_ONCE]


def _shown(item: LayerItem, first: date, zone: str) -> ShownElsewhere:
    if item.first_day is not None:
        return ShownElsewhere(item, midnight(max(first, item.first_day), zone), zone, item.is_cancelled)
    assert item.starts_at is not None
    return ShownElsewhere(item, item.starts_at, item.zone or "UTC", item.is_cancelled)
