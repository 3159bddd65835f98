"""Office hours as somebody may see them, and who has which slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from folkmoot.connections.domain.office_hours import Hours
from folkmoot.connections.models.office_hours import (
    OPEN,
    SEATED,
    BookingState,
    OfficeBooking,
    OfficeDay,
    OfficeHours,
    OfficeOpenTo,
)
from folkmoot.connections.queries.interests import apart_from
from folkmoot.groups.models import Group, GroupState
from folkmoot.groups.queries import groups_with_power
from folkmoot.people.models import Person

REMEMBERED = timedelta(days=90)
"""How long it is kept that somebody did not come, and how long it counts."""
MISSES_BEFORE_ASKING = 2

Span = tuple[datetime, datetime]


def offers_seen_by(person: Person, *, group: Group | None = None) -> QuerySet[OfficeHours]:
    """All office hours that somebody else holds and this person may book in, ended ones too; one query more.

    Those of people from whom they are kept apart are not among them, as if there were none.
    """
    seen = OfficeHours.objects.filter(
        Q(open_to=OfficeOpenTo.EVERYONE) | Q(group__in=groups_with_power(person)), host__is_active=True
    )
    seen = seen.exclude(group__state=GroupState.CLOSED).exclude(host=person).exclude(host__in=apart_from(person.pk))
    if group is not None:
        seen = seen.filter(group=group)
    return seen.select_related("host", "group")


def offers_running(offers: QuerySet[OfficeHours], now: datetime) -> list[OfficeHours]:
    """Those of them that are not over."""
    # A day of some zone may still go on that is over in others.
    going_on = offers.filter(Q(until=None) | Q(until__gte=now.date() - timedelta(days=1)))
    return [one for one in going_on if not one.last_day_is_over(now)]


def offers_with_bookings(now: datetime) -> list[tuple[OfficeHours, int]]:
    """All that is offered and not over, with how many coming bookings have a seat; one query."""
    seats = Count("bookings", filter=Q(bookings__state__in=SEATED, bookings__starts_at__gt=now))
    offers = OfficeHours.objects.select_related("host", "group").annotate(coming=seats).order_by("pk")
    return [(one, one.coming) for one in offers_running(offers, now)]  # type: ignore[attr-defined]


def offers_held_by(person: Person) -> QuerySet[OfficeHours]:
    """Those that a person holds, the newest first."""
    return OfficeHours.objects.filter(host=person).select_related("host", "group").order_by("-pk")


def office_hours_of(person: Person, pk: int) -> OfficeHours:
    """Office hours that a person holds or may book in; 404 for all others, whatever the reason."""
    found = OfficeHours.objects.filter(Q(pk__in=offers_seen_by(person).filter(pk=pk).values("pk")) | Q(host=person))
    offer = found.select_related("host", "group").filter(pk=pk).first()
    if offer is None:
        raise Http404
    return offer


def own_office_hours(person: Person, pk: int) -> OfficeHours:
    """Office hours that a person holds; 404 for those of others."""
    offer = OfficeHours.objects.filter(host=person, pk=pk).select_related("host", "group").first()
    if offer is None:
        raise Http404
    return offer


def pattern_of(hours: OfficeHours) -> Hours:
    """The pattern with the days that are different; one query."""
    return hours.pattern(OfficeDay.objects.filter(hours=hours))


def booking_of(person: Person, pk: int) -> OfficeBooking:
    """A booking of a person's own, or in hours that they hold; 404 for all others."""
    found = OfficeBooking.objects.filter(Q(person=person) | Q(hours__host=person), pk=pk)
    booking = found.select_related("person", "hours__host", "hours__group").first()
    if booking is None:
        raise Http404
    return booking


def coming_bookings(person: Person, now: datetime) -> QuerySet[OfficeBooking]:
    """What a person has booked or waits for and is not over, the soonest first."""
    mine = OfficeBooking.objects.filter(person=person, state__in=OPEN, ends_at__gt=now)
    return mine.select_related("hours__host", "hours__group").order_by("starts_at", "pk")


def past_bookings(person: Person, now: datetime) -> QuerySet[OfficeBooking]:
    """Which slots a person had, the latest first."""
    mine = OfficeBooking.objects.filter(person=person, state=BookingState.BOOKED, ends_at__lte=now)
    return mine.select_related("hours__host", "hours__group").order_by("-starts_at", "-pk")


def open_bookings(hours: OfficeHours, now: datetime) -> QuerySet[OfficeBooking]:
    """All that is booked or waited for in these hours and has not begun, in the order in which people came."""
    return OfficeBooking.objects.filter(hours=hours, state__in=OPEN, starts_at__gt=now).order_by("pk")


def busy_spans(people: Collection[int], start: datetime, end: datetime) -> dict[int, list[tuple[Span, int, str]]]:
    """When each of these people has a slot of office hours, booked or held; by key of the person, with hours and key.

    One query.
    """
    found: dict[int, list[tuple[Span, int, str]]] = defaultdict(list)
    rows = OfficeBooking.objects.filter(
        Q(person__in=people) | Q(hours__host__in=people), state__in=SEATED, starts_at__lt=end, ends_at__gt=start
    ).values_list("person_id", "hours__host_id", "starts_at", "ends_at", "hours_id", "key")
    for person, host, starts, ends, hours, key in rows:
        for one in {person, host} & set(people):
            found[one].append(((starts, ends), hours, key))
    return found


def misses(host: Person, people: Iterable[int], now: datetime) -> dict[int, int]:
    """How often each of these people lately did not come to this host's office hours; one query."""
    found: dict[int, int] = defaultdict(int)
    rows = OfficeBooking.objects.filter(
        hours__host=host, person__in=list(people), came=False, starts_at__gt=now - REMEMBERED
    )
    for person in rows.values_list("person_id", flat=True):
        found[person] += 1
    return found
