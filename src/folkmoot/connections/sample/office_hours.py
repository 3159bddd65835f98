"""The office hours of the sample community: a weekly one with a year behind it, and a monthly one of a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.connections.actions.office_hours import OfficeWords, leave_day_out, offer_hours
from folkmoot.connections.actions.office_hours_booking import book
from folkmoot.connections.domain.office_days import monthly, weekly
from folkmoot.connections.domain.office_hours import Slot, slots
from folkmoot.connections.models.office_hours import BookingState, OfficeBooking, OfficeHours
from folkmoot.connections.queries.office_hours import REMEMBERED, pattern_of
from folkmoot.groups.models import Group, Power
from folkmoot.groups.queries import groups_with_power
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person

HOST, TOGETHER = "adaeze@example.org", "lina@example.org"
NEXT_WEEK = "tomas@example.org"
TOPICS = (
    _("How a clause of our charter is meant"),
    _("My first months here"),
    _("Leading a call for the first time"),
    "",
    _("A translation that does not sound right"),
)
TUESDAY = 1


@transaction.atomic
def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """Let one hold an hour every week, and another one for a group once a month; people came, and some have booked."""
    people = {one.email: one for one in Person.objects.filter(is_active=True, email__isnull=False)}
    host, together = people.get(HOST), people.get(TOGETHER)
    if host is None or together is None or not groups:
        return
    now = timezone.now()
    begun = (now - timedelta(days=364)).date()
    hours = offer_hours(
        OfficeWords(
            title=_("An hour with Adaeze"),
            topics=_("Charters, mentoring, or where to begin. Nothing is too small."),
            where="https://video.example.org/adaeze",
            zone="Africa/Lagos",
            rule=weekly(1, (TUESDAY,)),
            first=begun,
            start=time(15),
            slots=3,
            minutes=20,
            gap=5,
            asks_after_missing=True,
        ),
        by=host,
    )
    guests = [one for one in people.values() if one not in (host, together) and one.email != NEXT_WEEK]
    friend = people.get(NEXT_WEEK)
    _came_before(hours, [friend, *guests] if friend else guests, now)
    _have_booked(hours, friend, guests, now, by=host)
    group = groups_with_power(together, Power.TAKE_PART, Power.MANAGE).order_by("pk").first()
    if group is not None:
        several = offer_hours(
            OfficeWords(
                title=_("Screen readers, tried together"),
                topics=_("Bring a page that you are not sure about. We listen to it together."),
                where="https://video.example.org/listening",
                zone="Europe/Berlin",
                rule=monthly(begun),
                first=begun,
                start=time(17, 30),
                slots=1,
                minutes=60,
                seats=6,
                ahead_days=60,
            ),
            group=group,
            by=together,
        )
        _came_before(several, guests[::2], now)
        key = _coming(several, now)[0].key
        for number, guest in enumerate(guests[3:7]):
            book(several, key, topic=TOPICS[number], by=guest)


def _came_before(hours: OfficeHours, guests: Sequence[Person], now: datetime) -> None:
    """A year of bookings, written at once; of a few the host noted lately who came."""
    hours.made_at = now - timedelta(days=366)
    hours.save(update_fields=["made_at"])
    past = slots(pattern_of(hours), now - timedelta(days=364), now - timedelta(days=1))
    kept = [slot for number, slot in enumerate(past) if number % 5 not in (1, 4)]
    OfficeBooking.objects.bulk_create(
        OfficeBooking(
            hours=hours,
            person=guests[number % len(guests)],
            key=slot.key,
            seat=1,
            state=BookingState.BOOKED,
            topic=TOPICS[number % len(TOPICS)],
            starts_at=slot.start,
            ends_at=slot.end,
            made_at=slot.start - timedelta(days=5),
            said_at=slot.start - timedelta(days=5),
            came=(number % 7 != 3) if slot.start > now - REMEMBERED and number % 3 else None,
        )
        for number, slot in enumerate(kept)
    )


def _have_booked(
    hours: OfficeHours, friend: Person | None, guests: Sequence[Person], now: datetime, *, by: Person
) -> None:
    """Next week is full, and somebody waits; the week after is left out; further on there is room."""
    coming = _coming(hours, now)
    next_week = [slot for slot in coming if slot.start > now + timedelta(days=6)][:3]
    for slot, guest, topic in zip(next_week, (friend, guests[0], guests[1]), TOPICS, strict=False):
        if guest is not None:
            book(hours, slot.key, topic=topic, by=guest)
    if next_week:
        book(hours, next_week[0].key, topic=TOPICS[4], waits=True, by=guests[2])
        left_out = next_week[0].start.date() + timedelta(days=7)
        leave_day_out(hours, left_out, by=by)


def _coming(hours: OfficeHours, now: datetime) -> list[Slot]:
    since = now + timedelta(hours=hours.notice_hours, minutes=1)
    return slots(pattern_of(hours), since, now + timedelta(days=hours.ahead_days))
