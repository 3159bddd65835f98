"""Reminders of slots, the day before and an hour before, each once, to both; and forgetting what is not needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from folkmoot.connections.actions.office_hours import Followed, follow
from folkmoot.connections.actions.office_hours_booking import give_on, hold, settle
from folkmoot.connections.models.office_hours import (
    OPEN,
    BookingState,
    OfficeBooking,
    OfficeHours,
    OfficeReminder,
    ReminderSort,
)
from folkmoot.connections.notices.office_hours import OfficeHourReminder, reminder_of
from folkmoot.connections.queries.office_hours import REMEMBERED
from folkmoot.ledger.actors import system
from folkmoot.notices.actions import tell, untell
from folkmoot.people.models import Person

BEFORE: Final = {ReminderSort.DAY: timedelta(days=1), ReminderSort.HOUR: timedelta(hours=1)}
LATELY: Final = timedelta(hours=1)
"""Reminders of what has begun so long ago at most are looked at; several runs of the schedule lie within it."""


def remind_of_office_hours(*, now: datetime) -> int:
    """Remind everybody of what is near; returns how many were told.

    Of the two distances only the nearest that is due counts, and none that was over when its person booked or was told
    of a new time: so neither a clock that jumps nor a late booking brings a reminder that says nothing. What somebody's
    quiet hours or digest keep until it has begun goes out no more.
    """
    _take_back_what_has_begun(now)
    told = 0
    near = OfficeBooking.objects.filter(
        state=BookingState.BOOKED, starts_at__gt=now, starts_at__lte=now + BEFORE[ReminderSort.DAY]
    )
    of_slot: dict[tuple[int, str, datetime], list[OfficeBooking]] = {}
    for booking in near.select_related("person", "hours__host").order_by("starts_at", "pk"):
        of_slot.setdefault((booking.hours_id, booking.key, booking.starts_at), []).append(booking)
    for bookings in of_slot.values():
        told += sum(_remind(booking.person, [booking], now, is_host=False) for booking in bookings)
        told += _remind(bookings[0].hours.host, bookings, now, is_host=True)
    return told


@transaction.atomic
def forget_misses(*, now: datetime) -> int:
    """Forget of long ago who came and who did not; returns how many rows that were."""
    old = OfficeBooking.objects.filter(came__isnull=False, starts_at__lte=now - REMEMBERED)
    OfficeReminder.objects.filter(starts_at__lte=now - REMEMBERED).delete()
    return old.update(came=None)


@transaction.atomic
def bring_in_order(hours: OfficeHours, *, now: datetime) -> Followed:
    """Let bookings be as the pattern and the clocks of its zone are now."""
    return follow(hold(hours), now, by=system())


def take_out_of_group_hours(person: Person, group_id: int, *, now: datetime) -> None:
    """Somebody is of a group no more: give back what they have in hours for its people alone, kindly and in silence.

    Each of the hours has a transaction of its own, so that nobody waits for others while they hold people.
    """
    mine = OfficeBooking.objects.filter(
        person=person, hours__group=group_id, hours__open_to="group", state__in=OPEN, starts_at__gt=now
    )
    for hours_id in sorted(set(mine.values_list("hours_id", flat=True))):
        with transaction.atomic():
            hours = hold(OfficeHours(pk=hours_id))
            keys = set()
            for booking in mine.filter(hours=hours).select_related("person"):
                booking.hours = hours
                keys.add(booking.key)
                settle(booking, BookingState.GIVEN_BACK, now, by=system())
            give_on(hours, keys, now)


def _remind(person: Person, bookings: list[OfficeBooking], now: datetime, *, is_host: bool) -> int:
    first = bookings[0]
    sort = ReminderSort.HOUR if first.starts_at - now <= BEFORE[ReminderSort.HOUR] else ReminderSort.DAY
    if min(one.said_at for one in bookings) > first.starts_at - BEFORE[sort]:
        return 0
    notice = OfficeHourReminder(first, sort=sort.value, is_host=is_host, others=_names(bookings))
    try:
        with transaction.atomic():
            OfficeReminder.objects.create(
                hours=first.hours, person=person, key=first.key, starts_at=first.starts_at, sort=sort
            )
            return len(tell([person], notice))
    except IntegrityError:
        return 0


def _take_back_what_has_begun(now: datetime) -> None:
    begun = OfficeReminder.objects.filter(starts_at__lte=now, starts_at__gt=now - LATELY)
    for hours_id, key, starts_at, sort in (
        begun.order_by().values_list("hours_id", "key", "starts_at", "sort").distinct()
    ):
        untell(OfficeHourReminder.kind, reminder_of(hours_id, key, starts_at, sort))


def _names(bookings: Iterable[OfficeBooking]) -> str:
    return ", ".join(one.person.name for one in bookings)
