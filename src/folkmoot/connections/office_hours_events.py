"""Slots of office hours as events of calendars: in invitations, in files to download, and in people's own feeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.models.office_hours import SEATED, BookingState, OfficeBooking
from folkmoot.kit import zones
from folkmoot.kit.ical import Attendee, Event, Method, Organizer, calendar_email, invitation
from folkmoot.notices.kinds import CalendarPart
from folkmoot.people.models import Person

KEPT_IN_FEEDS = timedelta(days=30)
"""How long a slot stands in somebody's feed after it is over."""


def event_for(booking: OfficeBooking, person: Person, *, has_details: bool = True) -> Event:
    """A booking as the event of whoever booked it or of whoever holds the hours; no query with both at hand.

    Without details it says neither who the other one is, nor where, nor what about. Where is for those alone who have
    booked: whoever waits for the host to say yes has it without.
    """
    hours = booking.hours
    where = hours.where if person.pk == hours.host_id or booking.state == BookingState.BOOKED else ""
    start, zone = _on_wall(booking.starts_at, hours.zone)
    other = hours.host if person.pk == booking.person_id else booking.person
    summary, words = hours.title, []
    if has_details:
        summary = _("%(title)s with %(name)s") % {"title": hours.title, "name": other.name}
        words = [booking.topic, where]
    return Event(
        uid=str(booking.uid),
        summary=summary,
        changed=booking.settled_at or booking.said_at,
        start=start,
        zone=zone,
        duration=booking.ends_at - booking.starts_at,
        sequence=booking.sequence,
        description="\n\n".join(filter(None, words)),
        location=" ".join(where.split())[:200] if has_details else "",
        url=f"{settings.PUBLIC_ADDRESS}{booking.get_absolute_url()}",
    )


def calendar_part(booking: OfficeBooking, person: Person, method: Method) -> CalendarPart | None:
    """A booking as an invitation to one of its two people, or its end; None where no calendar takes their address.

    Whoever holds hours with several seats gets no invitation for each; they stand in their own feed.
    """
    address = calendar_email(person.email or "")
    if address is None or (person.pk == booking.hours.host_id and not booking.hours.is_one_to_one):
        return None
    event = event_for(booking, person, has_details=method == "REQUEST")
    mailed = replace(
        event,
        organizer=Organizer(booking.hours.host.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        attendees=(Attendee(person.name, address, "ACCEPTED", is_asked=False),),
    )
    return CalendarPart(method, invitation([mailed], method).decode())


def own_events(person: Person, *, has_details: bool) -> Sequence[Event]:
    """What a person has booked, and which of the slots that they hold somebody booked; one query."""
    rows = OfficeBooking.objects.filter(
        Q(person=person) | Q(hours__host=person), state__in=SEATED, ends_at__gt=timezone.now() - KEPT_IN_FEEDS
    )
    found: list[Event] = []
    held: dict[tuple[int, str], list[OfficeBooking]] = defaultdict(list)
    for booking in rows.select_related("person", "hours__host").order_by("starts_at", "pk"):
        if booking.hours.host_id == person.pk and not booking.hours.is_one_to_one:
            held[booking.hours_id, booking.key].append(booking)
        else:
            found.append(event_for(booking, person, has_details=has_details))
    return [*found, *(_held(of_slot, has_details=has_details) for of_slot in held.values())]


def _held(bookings: Sequence[OfficeBooking], *, has_details: bool) -> Event:
    """A slot with several seats, as it stands in the feed of whoever holds it."""
    first = bookings[0]
    start, zone = _on_wall(first.starts_at, first.hours.zone)
    who = "\n".join(f"{one.person.name}: {one.topic}" if one.topic else one.person.name for one in bookings)
    return Event(
        uid=f"{first.hours.uid}-{first.key}",
        summary=first.hours.title,
        changed=max(one.said_at for one in bookings),
        start=start,
        zone=zone,
        duration=first.ends_at - first.starts_at,
        sequence=sum(one.sequence for one in bookings),
        description=who if has_details else "",
        location=" ".join(first.hours.where.split())[:200] if has_details else "",
        url=f"{settings.PUBLIC_ADDRESS}{first.hours.get_absolute_url()}",
    )


def _on_wall(instant: datetime, zone: str) -> tuple[datetime, str]:
    """Wall time and zone of an instant; in UTC where that wall time comes twice and this is the second."""
    wall = instant.astimezone(zones.zone(zone)).replace(tzinfo=None)
    if zones.local_to_utc(wall, zone).utc == instant:
        return wall, zone
    return instant.astimezone(UTC).replace(tzinfo=None), "UTC"
