"""What rooms above hand over, and how it becomes the values of an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from folkmoot.calendar.models import Audience, CalendarItem, Status
from folkmoot.calendar.rendering import ending
from folkmoot.calendar.texts import one_line, paragraphs
from folkmoot.groups.models import Group
from folkmoot.kit import zones

MOST_OF_A_SUMMARY = 400
MOST_OF_A_DESCRIPTION = 8_000


@dataclass(frozen=True)
class AlsoIn:
    """Another group in whose feed an item stands too: the whole of it, or of a series the part by `starts` and `rule`.

    `starts` is wall time in the item's zone, and an occurrence of the series.
    """

    group: Group
    starts: datetime | None = None
    rule: str | None = None


@dataclass(frozen=True)
class Published:
    """What a room has planned: a series (with `rule`), a changed occurrence of one, or a single time.

    `starts`, `recurrence_id` and `exdates` are naive wall times; `starts` is in `zone`, the other two in the
    zone of the series. `fold` is 1 for the second of two equal wall times. `path` is the page about it,
    `source` the room and its own key. A changed occurrence has the series' `uid`. `also` are the groups that join.
    """

    uid: str
    summary: str
    starts: datetime
    zone: str
    duration: timedelta
    path: str
    source: str
    group: Group | None = None
    fold: int = 0
    description: str = ""
    location: str = ""
    rule: str = ""
    exdates: tuple[datetime, ...] = ()
    recurrence_id: datetime | None = None
    is_cancelled: bool = False
    audience: Audience = Audience.PUBLIC
    also: tuple[AlsoIn, ...] = ()


def values_of(planned: Published) -> dict[str, Any]:
    """The fields of an item that says just this, its texts made fit to be kept."""
    return {
        "summary": one_line(planned.summary, most=MOST_OF_A_SUMMARY) or "…",
        "description": paragraphs(planned.description, most=MOST_OF_A_DESCRIPTION),
        "location": one_line(planned.location, most=MOST_OF_A_SUMMARY),
        "path": planned.path,
        "starts": planned.starts.replace(microsecond=0, fold=0),
        "fold": planned.fold,
        "zone": zones.canonical(planned.zone),
        "duration": planned.duration,
        "rule": planned.rule,
        "exdates": [moment.isoformat(timespec="seconds") for moment in sorted(planned.exdates)],
        "status": Status.CANCELLED if planned.is_cancelled else Status.CONFIRMED,
        "group_id": planned.group.pk if planned.group is not None else None,
        "audience": planned.audience,
        "source": planned.source,
    }


def take(item: CalendarItem, values: dict[str, Any]) -> None:
    """Let an item have these values, and the bounds in UTC that follow from them."""
    for name, value in values.items():
        setattr(item, name, value)
    set_bounds(item)


def set_bounds(item: CalendarItem) -> None:
    """Work out when an item starts and ends in UTC, by the zone data of today."""
    resolved = zones.local_to_utc(item.starts, item.zone)
    item.fold = item.fold if resolved.kind == "overlap" else 0
    item.starts_at = resolved.candidates[item.fold].utc
    item.ends_at = ending(item)
