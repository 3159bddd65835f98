"""What is kept about people who hold office hours, who book them, and whom they were reminded of."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.actions.office_hours_booking import call_off, give_on_later
from folkmoot.connections.models.office_hours import OPEN, BookingState, OfficeBooking, OfficeHours, OfficeReminder
from folkmoot.connections.notices.office_hours import OfficeHourFree
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.people.person_data import PRIVATE, Rows, offer


class Held(Rows):
    """Office hours that somebody holds: they go with them, and whoever has booked is told before."""

    def erase(self, person: Person) -> None:
        now = timezone.now()
        coming = OfficeBooking.objects.filter(hours__host=person, state__in=OPEN, starts_at__gt=now)
        call_off(list(coming.select_related("person", "hours__host")), now, by=system(), host_goes=True)
        super().erase(person)


class Booked(Rows):
    """Slots that somebody has: they go with them, their host is told without a name, and whoever waits is next."""

    def erase(self, person: Person) -> None:
        seats = self.of(person).filter(seat__isnull=False, starts_at__gt=timezone.now())
        for booking in seats.select_related("hours__host"):
            booking.person = Person(pk=person.pk, name=_now("Someone who left"))
            booking.sequence += 1
            if booking.state == BookingState.BOOKED:
                tell([booking.hours.host], OfficeHourFree(booking))
            give_on_later.enqueue(booking.hours_id, booking.key)
        super().erase(person)


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "connections.office_hours",
        Held(
            _("Office hours that you hold"),
            OfficeHours,
            "host",
            _hours,
            seen_by=_("Whoever may book; where you meet is shown to those who booked."),
            corrected_at="office_hours",
        ),
    )
    offer(
        "connections.office_bookings",
        Booked(
            _("Office hours that you booked"),
            OfficeBooking,
            "person",
            _booking,
            seen_by=_("You, and whoever holds the hours. Whether you came is forgotten after 90 days."),
            corrected_at="office_hours",
            fetched=("hours__host",),
        ),
    )
    offer(
        "connections.office_reminders",
        Rows(_("Reminders of office hours that you were sent"), OfficeReminder, "person", _reminder, seen_by=PRIVATE),
    )


def _hours(hours: OfficeHours) -> dict[str, Any]:
    return {
        "title": hours.title,
        "topics": hours.topics,
        "where": hours.where,
        "rule": hours.rule,
        "first": hours.first.isoformat(),
        "start": hours.start.isoformat(),
        "zone": hours.zone,
        "made_at": hours.made_at.isoformat(),
    }


def _booking(booking: OfficeBooking) -> dict[str, Any]:
    return {
        "title": booking.hours.title,
        "host": booking.hours.host.name,
        "starts_at": booking.starts_at.isoformat(),
        "topic": booking.topic,
        "state": booking.state,
        "was_late": booking.was_late,
        "came": booking.came,
    }


def _reminder(reminder: OfficeReminder) -> dict[str, Any]:
    return {"starts_at": reminder.starts_at.isoformat(), "before": reminder.sort}
