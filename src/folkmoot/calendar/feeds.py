"""Feeds: kept components put together, and the cheap answer that nothing has changed.

A feed needs no session and reads the same for everyone. Its entity tag is worked out from one row, the
feed's stamp, and from what else goes into it; a calendar that asks again is usually answered by that alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from folkmoot.calendar.models import Audience, CalendarItem, JoinedItem
from folkmoot.calendar.planned import Published
from folkmoot.calendar.queries import single_event
from folkmoot.calendar.rendering import part_of, rendered, rendered_for
from folkmoot.kit import ical, zones
from folkmoot.organisation.queries import the_organisation

CONTENT_TYPE = "text/calendar; charset=utf-8"


# Calendars ask again and again whether anything has changed, and a busy feed is read whole after each change, so
# this goes by plain SQL: the ORM's compiler and converters would cost more than all the rest of the answer.
_STAMP_OF_GROUP = """
    SELECT groups_group.id, groups_group.name, stamp.revision, stamp.changed_at
    FROM groups_group LEFT JOIN calendar_feedstamp stamp ON stamp.group_id = groups_group.id
    WHERE groups_group.slug = %s
"""
_STAMP_OF_ALL = "SELECT revision, changed_at FROM calendar_feedstamp WHERE key = 'organisation'"
# What is written in UTC (the second of two equal times) needs no zone.
_ZONES = """
    SELECT zone, min(starts), max(ends_at), count(*) - count(ends_at)
    FROM calendar_calendaritem WHERE audience = 'public' AND fold = 0 {of_group} GROUP BY zone
"""
_OF_GROUP = """
    AND (group_id = %s OR id IN (SELECT item_id FROM calendar_joineditem WHERE group_id = %s))
"""
_COMPONENTS = """
    SELECT component, rendered_for = %s
    FROM calendar_calendaritem WHERE audience = 'public' ORDER BY uid, recurrence_id NULLS FIRST
"""
# A group's own items, and of those that others host the part that it joins.
_COMPONENTS_OF_GROUP = """
    SELECT component, rendered_for = %s, uid, recurrence_id
    FROM calendar_calendaritem WHERE audience = 'public' AND group_id = %s
    UNION ALL
    SELECT part.component, part.rendered_for = %s, item.uid, item.recurrence_id
    FROM calendar_joineditem part JOIN calendar_calendaritem item ON item.id = part.item_id
    WHERE item.audience = 'public' AND part.group_id = %s
    ORDER BY 3, 4 NULLS FIRST
"""


@dataclass(frozen=True)
class Feed:
    """What a feed is called, and what its items have been through: the stamp's revision and instant.

    `group_id` is None for the feed of everything.
    """

    name: str
    file_name: str
    revision: int
    changed_at: datetime | None
    group_id: int | None = None

    @property
    def etag(self) -> str:
        """Changes with the items, the feed's name, our address, the way we write, and the zone data."""
        return ical.etag(self.name, str(self.revision), rendered_for(), zones.data_version())


def of_group(slug: str) -> Feed:
    """The feed of a group, by one query; Http404 when there is no such group."""
    rows = _rows(_STAMP_OF_GROUP, slug)
    if not rows:
        raise Http404
    pk, name, revision, changed_at = rows[0]
    return Feed(name, f"{slug}.ics", revision or 0, _aware(changed_at), pk)


def of_organisation() -> Feed:
    """The feed of everything public here."""
    organisation = the_organisation()
    revision, changed_at = next(iter(_rows(_STAMP_OF_ALL)), (0, None))
    return Feed(organisation.name if organisation else _("Calendar"), "calendar.ics", revision, _aware(changed_at))


def _rows(sql: str, *values: str | int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _aware(instant: datetime | None) -> datetime | None:
    """SQLite keeps instants in UTC without saying so."""
    return instant if instant is None or instant.tzinfo else instant.replace(tzinfo=UTC)


def answer(request: HttpRequest, feed: Feed) -> HttpResponse:
    """The feed, or 304 when the calendar that asks has it already (RFC 9110 section 13)."""
    return conditional(request, feed, feed.etag, lambda: body(feed))


def answer_single(request: HttpRequest, planned: Published, *, uid: str, file_name: str) -> HttpResponse:
    """A file with one meeting by itself, also when it is an occurrence of a series; written on the spot.

    `uid` is the meeting's own, so that adding it does not meddle with a subscription to its series.
    """
    event = single_event(planned, uid=uid)
    feed = Feed(event.summary, file_name, event.sequence, event.changed)
    zones_used = ical.timezones([(event.zone, event.first, event.first)])
    content = ical.calendar([ical.component(event)], zones_used, name=feed.name, method=None, refresh=None)
    return conditional(request, feed, ical.etag(content), lambda: content)


def body(feed: Feed) -> bytes:
    """The iCalendar stream of a feed's public items, a series before its changed occurrences."""
    # RFC 5546 wants an ORGANIZER in all that is sent by METHOD:PUBLISH; a feed is no message and has neither.
    spans = [_span(*row) for row in _zones_of(feed)]
    return ical.calendar(_components(feed), ical.timezones(spans), name=feed.name, method=None)


def _components(feed: Feed) -> Iterable[str]:
    if feed.group_id is None:
        found = _rows(_COMPONENTS, rendered_for())
    else:
        found = _rows(_COMPONENTS_OF_GROUP, rendered_for(), feed.group_id, rendered_for(), feed.group_id)
    if all(row[1] for row in found):
        return [row[0] for row in found]
    # Some were kept for another address, or by an older version, which the night's task has not come to yet.
    items = CalendarItem.objects.filter(audience=Audience.PUBLIC).select_related("parent")
    if feed.group_id is None:
        return [rendered(item) for item in items.order_by("uid", F("recurrence_id").asc(nulls_first=True))]
    parts = JoinedItem.objects.filter(group=feed.group_id, item__audience=Audience.PUBLIC)
    all_of_them = [
        *items.filter(group=feed.group_id),
        *(part_of(part) for part in parts.select_related("item__parent")),
    ]
    all_of_them.sort(key=lambda item: (item.uid, item.recurrence_id is not None, item.recurrence_id or item.starts))
    return [rendered(item) for item in all_of_them]


def _zones_of(feed: Feed) -> list[Any]:
    if feed.group_id is None:
        return _rows(_ZONES.format(of_group=""))
    return _rows(_ZONES.format(of_group=_OF_GROUP), feed.group_id, feed.group_id)


def _span(zone: str, first: str, last: datetime | str | None, endless: int) -> tuple[str, date, date | None]:
    """Which days of a zone the components speak of, in UTC, give or take one."""
    ends = None if endless or last is None else date.fromisoformat(str(last)[:10])
    return zone, date.fromisoformat(first[:10]), ends


def conditional(request: HttpRequest, feed: Feed, etag: str, make: Callable[[], bytes]) -> HttpResponse:
    """What `make` makes, under this entity tag; 304 where the calendar that asks has it already."""
    since = None
    if feed.changed_at is not None and int(feed.changed_at.timestamp()) < int(timezone.now().timestamp()):
        # Dates in headers count in seconds. Within the second of a change another could follow unseen, so
        # that until it is over only the tag tells versions apart.
        since = int(feed.changed_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=since)
    if response is None:
        response = HttpResponse(make(), content_type=CONTENT_TYPE)
        response["Content-Disposition"] = f'inline; filename="{feed.file_name}"'
    response["ETag"] = etag
    if since is not None:
        response["Last-Modified"] = http_date(since)
    # To be asked for again each time, which costs next to nothing: a cancelled call must not linger in a cache.
    response["Cache-Control"] = "public, no-cache"
    return response
