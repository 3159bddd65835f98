"""What stands in somebody's own feed: what all their groups hold or join, each once, as they may know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from folkmoot.calendar.actions.own_feeds import digest_of_token
from folkmoot.calendar.feeds import Feed, conditional
from folkmoot.calendar.models import Audience, CalendarItem, JoinedItem, OwnFeed, Status
from folkmoot.calendar.offers import PrivateDetails, own_events, private_details
from folkmoot.calendar.rendering import ending, event_of, part_of, rendered, rendered_for
from folkmoot.groups.queries import groups_with_power
from folkmoot.kit import ical, zones
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person

_FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Own:
    """One item of the feed: as it is for this person, and its kept text, empty where there is none."""

    item: CalendarItem
    component: str


def feed_of_token(token: str) -> OwnFeed:
    """The feed at an address, also one that was taken back; Http404 for an unknown one, or of who cannot sign in."""
    found = OwnFeed.objects.select_related("person").filter(token_digest=digest_of_token(token)).first()
    if found is None or not found.person.is_active:
        raise Http404
    return found


def open_feed_of(person: Person) -> OwnFeed | None:
    """The feed that a person has now."""
    return OwnFeed.objects.filter(person=person, revoked_at=None).first()


def answer(request: HttpRequest, own: OwnFeed) -> HttpResponse:
    """The feed, 304 when the calendar that asks has it already, 410 when its address was taken back.

    What changes the tag: what changes any of the groups' feeds, and which groups these are, and every word of what
    concerns this person alone; with details, every word.
    """
    if own.revoked_at is not None:
        response = HttpResponse(_("This address was taken back.") + "\n", "text/plain; charset=utf-8", status=410)
    else:
        organisation = the_organisation()
        name = _("My calls · %(organisation)s") % {"organisation": organisation.name if organisation else "Folkmoot"}
        feed = Feed(name, "my-calls.ics", 0, None)
        groups = dict(groups_with_power(own.person).order_by("pk").values_list("pk", "feed_stamp__revision"))
        alone = events_of(own.person, has_details=own.has_details)
        if own.has_details:
            content = body(feed, groups, alone, has_details=True)
            response = conditional(request, feed, ical.etag(content), lambda: content)
        else:
            words = map(ical.component, alone)
            tag = ical.etag(name, repr(sorted(groups.items())), rendered_for(), zones.data_version(), *words)
            response = conditional(request, feed, tag, lambda: body(feed, groups, alone, has_details=False))
    # Whoever has the address has the feed: it stays out of caches, search engines and the headers of other requests.
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def events_of(person: Person, *, has_details: bool) -> list[ical.Event]:
    """What concerns a person alone, from every room; a query for each that has something to say."""
    return [event for offer in own_events for event in offer(person, has_details=has_details)]


def body(feed: Feed, groups: Iterable[int], alone: Sequence[ical.Event] = (), *, has_details: bool) -> bytes:
    """The iCalendar stream, a series before its changed occurrences. Two queries, more for details."""
    mine = items_of(groups, has_details=has_details)
    details = _details([own.item for own in mine]) if has_details else {}
    texts = [*(_text(own, details.get(own.item.source)) for own in mine), *map(ical.component, alone)]
    spans = [span for own in mine for span in _spans(own.item)]
    spans += [(event.zone, event.first, event.last) for event in alone]
    return ical.calendar(texts, ical.timezones(spans), name=feed.name, method=None)


def items_of(groups: Iterable[int], *, has_details: bool) -> Sequence[Own]:
    """All that these groups hold, and of what others hold the part that they join; two queries.

    What is for the group alone is there with details only. Of a series of which two of the groups join different parts,
    it is from the first call of either to the last.
    """
    groups = list(groups)
    audiences = list(Audience) if has_details else [Audience.PUBLIC]
    held = CalendarItem.objects.filter(group__in=groups, audience__in=audiences).select_related("parent")
    parts: dict[int, list[JoinedItem]] = defaultdict(list)
    joined = JoinedItem.objects.filter(group__in=groups, item__audience__in=audiences).exclude(item__group__in=groups)
    for part in joined.select_related("item__parent"):
        parts[part.item_id].append(part)
    found = [
        *(Own(item, item.component if item.rendered_for == rendered_for() else "") for item in held),
        *(_joined(of_one) for of_one in parts.values()),
    ]
    return sorted(found, key=lambda own: (own.item.uid, own.item.recurrence_id or datetime.min))  # noqa: DTZ901 -- a wall time


def _joined(parts: Sequence[JoinedItem]) -> Own:
    standing = [part for part in parts if not part.is_left] or parts
    if len(standing) == 1:
        (part,) = standing
        return Own(part_of(part), part.component if part.rendered_for == rendered_for() else "")
    earliest = min(standing, key=lambda part: part.starts)
    latest = max(standing, key=lambda part: ending(part_of(part)) or _FOR_EVER)
    whole = copy(latest)
    whole.starts = earliest.starts
    return Own(part_of(whole), "")


def _details(items: Iterable[CalendarItem]) -> Mapping[str, PrivateDetails]:
    """What is private of what takes place; who has left a joint call learns nothing more of it."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.status != Status.CANCELLED:
            wanted[item.source.partition(".")[0]].add(item.source)
    found: dict[str, PrivateDetails] = {}
    for room, sources in wanted.items():
        offer = private_details.get(room)
        if offer is not None:
            found.update(offer(sources))
    return found


def _text(own: Own, details: PrivateDetails | None) -> str:
    if details is None:
        return own.component or rendered(own.item)
    event = event_of(own.item)
    words = "\n\n".join(filter(None, (details.words, event.description)))
    return ical.component(replace(event, location=details.location or event.location, description=words))


def _spans(item: CalendarItem) -> Iterator[tuple[str, date, date | None]]:
    """Which days of which zones an item speaks of, give or take one."""
    if not item.fold:
        yield item.zone, item.starts.date(), item.ends_at.date() if item.ends_at else None
    if item.parent is not None and item.recurrence_id is not None:
        yield item.parent.zone, item.recurrence_id.date(), item.recurrence_id.date()
