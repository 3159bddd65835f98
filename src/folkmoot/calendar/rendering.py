"""From an item to its iCalendar component, whose text is kept with it."""

from __future__ import annotations

from copy import copy
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from django.conf import settings

from folkmoot.calendar.models import CalendarItem, JoinedItem, Status
from folkmoot.kit import ical, zones
from folkmoot.kit.recurrence import Rule, dates, parse_rrule

FORMAT: Final = "1"
"""To be changed when the same item is to be written differently: kept components are then written anew."""


@lru_cache(maxsize=8)
def _rendered_for(address: str) -> str:
    return ical.etag(FORMAT, address).strip('"')


def rendered_for() -> str:
    """What, besides the item itself, a kept component depends on: our address and the way we write."""
    return _rendered_for(settings.PUBLIC_ADDRESS)


def web_address(path: str) -> str:
    """The whole address of one of our paths."""
    return f"{settings.PUBLIC_ADDRESS}{path}"


def rule_of(item: CalendarItem) -> Rule | None:
    """The rule of a series, None for a single occurrence."""
    return parse_rrule(item.rule, at=item.starts.time(), zone_name=item.zone) if item.rule else None


def event_of(item: CalendarItem, *, link_in_text: bool = True) -> ical.Event:
    """The item as an iCalendar event; a changed occurrence needs its `parent` at hand.

    Some calendars do not show URL, so that the description ends with the link unless it is left out.
    """
    link = web_address(item.path)
    start, zone = item.starts, item.zone
    if item.fold:
        # With a zone, iCalendar cannot say "the second 02:30"; in UTC it can.
        start, zone = item.starts_at.astimezone(UTC).replace(tzinfo=None), "UTC"
    return ical.Event(
        uid=item.uid,
        summary=item.summary,
        changed=item.changed_at,
        start=start,
        zone=zone,
        duration=item.duration,
        sequence=item.sequence,
        description="\n\n".join(filter(None, (item.description, link if link_in_text else ""))),
        location=item.location,
        url=link,
        status="CANCELLED" if item.status == Status.CANCELLED else "CONFIRMED",
        rule=rule_of(item),
        excluded=tuple(datetime.fromisoformat(text) for text in item.exdates),
        recurrence_id=item.recurrence_id,
        recurrence_zone=item.parent.zone if item.parent is not None else "",
    )


def rendered(item: CalendarItem) -> str:
    """The component of an item as iCalendar text."""
    return ical.component(event_of(item))


def part_of(joined: JoinedItem) -> CalendarItem:
    """What a group that joins has of an item, as an item that is not kept; needs the item and its parent at hand."""
    part = copy(joined.item)
    part.starts, part.rule = joined.starts, joined.rule
    if part.rule:
        part.exdates = [text for text in part.exdates if datetime.fromisoformat(text) >= part.starts]
    if joined.is_left:
        part.status = Status.CANCELLED
    return part


def ending(item: CalendarItem) -> datetime | None:
    """When an item is over for good, in UTC; None for a series without an end."""
    rule = rule_of(item)
    if rule is None:
        return item.starts_at + item.duration
    last = rule.until
    if rule.count is not None:
        last = dates(rule, item.starts.date(), item.starts.date(), date.max)[-1]
    if last is None:
        return None
    return zones.local_to_utc(datetime.combine(last, item.starts.time()), item.zone).utc + item.duration
