"""One of everything that this part of connections has an address for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from folkmoot.connections.actions.office_hours import OfficeWords, add_day, offer_hours
from folkmoot.connections.actions.office_hours_booking import book
from folkmoot.connections.domain.office_days import weekly
from folkmoot.connections.domain.office_hours import Slot, slots
from folkmoot.connections.models.office_hours import OfficeBooking, OfficeHours, OfficeOpenTo
from folkmoot.connections.office_hours_links import give_back_path
from folkmoot.connections.queries.office_hours import pattern_of
from folkmoot.groups.models import Group
from folkmoot.people.models import Person


def words(**said: Any) -> OfficeWords:
    """Weekly hours on Wednesdays at ten in Lagos, two slots of half an hour for one person each."""
    given = {
        "title": "Ask about charters",
        "zone": "Africa/Lagos",
        "rule": weekly(1, (2,)),
        "first": dt.date(2026, 1, 7),
        "start": dt.time(10),
        "where": "https://video.example.org/ada",
        "notice_hours": 2,
        **said,
    }
    return OfficeWords(**given)


def offered(host: Person, group: Group | None = None, **said: Any) -> OfficeHours:
    """Office hours of somebody who takes part in a group."""
    return offer_hours(words(**said), group=group, by=host)


def coming(hours: OfficeHours, number: int = 0) -> Slot:
    """The first slot that can be booked now, or one after it."""
    now = timezone.now()
    since = now + dt.timedelta(hours=hours.notice_hours, minutes=1)
    return slots(pattern_of(hours), since, since + dt.timedelta(days=60))[number]


def booked(hours: OfficeHours, by: Person, number: int = 0, **how: Any) -> OfficeBooking:
    """A booking of one of the coming slots."""
    return book(hours, coming(hours, number).key, by=by, **how)


def in_world(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """By name, for `world.made`; the people by role, as in `tests.architecture.world`."""
    hours = offered(people["manager"], group, open_to=OfficeOpenTo.GROUP, seats=1)
    booking = booked(hours, people["participant"], topic="How a clause is worded")
    further = timezone.now() + dt.timedelta(days=8)
    add_day(hours, further.replace(tzinfo=None), by=people["manager"])
    return {
        "office_hours": hours.pk,
        "office_day": hours.days.get().pk,
        "office_slot": coming(hours, 1).key,
        "office_booking": booking.pk,
        "office_link": give_back_path(booking).split("/")[-2],
    }
