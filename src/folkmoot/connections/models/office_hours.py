"""Office hours: who offers them, on which days they are different, who booked which slot, and who was reminded."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.calendar.fields import WallTimeField
from folkmoot.connections.domain.office_days import ended
from folkmoot.connections.domain.office_hours import Hours
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.recurrence import Rule, parse_rrule
from folkmoot.people.models import Person

LONGEST_TITLE = 120
LONGEST_TOPICS = 600
LONGEST_WHERE = 500
LONGEST_TOPIC = 300


class OfficeOpenTo(models.TextChoices):
    """Who may book."""

    EVERYONE = "everyone", _("Everybody who is signed in")
    GROUP = "group", _("People of the group")


class OfficeHours(models.Model):
    """Slots that come again and again at the wall time of whoever holds them.

    `rule` is an RRULE without an end, `first` its first day and `until` the last one on which anything takes place, in
    `zone`. On each day `slots` slots of so many `minutes` begin at `start`, with `gap` minutes between two, and `seats`
    people in each. `where` is for those alone who have booked. While it is paused, nobody books; what is booked stays.
    """

    host = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="office_hours")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="office_hours")
    title = models.CharField(max_length=LONGEST_TITLE)
    topics = models.TextField(blank=True)
    where = models.TextField(blank=True)
    zone = models.CharField(max_length=64)
    rule = models.CharField(max_length=200)
    first = models.DateField()
    until = models.DateField(null=True)
    start = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    slots = models.PositiveSmallIntegerField(default=2)
    gap = models.PositiveSmallIntegerField(default=0)
    seats = models.PositiveSmallIntegerField(default=1)
    notice_hours = models.PositiveSmallIntegerField(default=12)
    ahead_days = models.PositiveSmallIntegerField(default=28)
    cancel_hours = models.PositiveSmallIntegerField(default=2)
    most_each = models.PositiveSmallIntegerField(default=1)
    """Bookings of one person that lie ahead, those on the waiting list included."""
    open_to = models.CharField(max_length=8, choices=OfficeOpenTo.choices, default=OfficeOpenTo.EVERYONE)
    asks_after_missing = models.BooleanField(default=False)
    """Whether the host is asked before somebody books who lately did not come twice."""
    is_paused = models.BooleanField(default=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "office hours"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="office_hours_have_seats", condition=models.Q(seats__gte=1, slots__gte=1)),
            models.CheckConstraint(
                name="office_hours_of_a_group_name_it",
                condition=models.Q(open_to=OfficeOpenTo.EVERYONE) | models.Q(group__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("office_hours_of", args=[self.pk])

    @property
    def is_one_to_one(self) -> bool:
        return self.seats == 1

    @property
    def plain_rule(self) -> Rule:
        return parse_rrule(self.rule)

    def last_day_is_over(self, now: datetime) -> bool:
        """Whether nothing takes place any more, by the host's calendar."""
        return self.until is not None and self.until < now.astimezone(zones.zone(self.zone)).date()

    def pattern(self, days: Iterable[OfficeDay]) -> Hours:
        """The hours as plain values, with the days that are different."""
        days = list(days)
        hours = Hours(
            zone=self.zone,
            rule=self.plain_rule,
            first=self.first,
            start=self.start,
            minutes=self.minutes,
            slots=self.slots,
            gap=self.gap,
            seats=self.seats,
            notice=timedelta(hours=self.notice_hours),
            ahead=timedelta(days=self.ahead_days),
            cancel=timedelta(hours=self.cancel_hours),
            left_out=frozenset(one.day for one in days if one.sort == OfficeDaySort.LEFT_OUT),
            moved={one.day: one.wall for one in days if one.sort == OfficeDaySort.MOVED and one.wall is not None},
            extra=tuple(one.wall for one in days if one.sort == OfficeDaySort.EXTRA and one.wall is not None),
        )
        return hours if self.until is None else ended(hours, self.until)


class OfficeDaySort(models.TextChoices):
    """How a day is different."""

    LEFT_OUT = "left_out", _("left out")
    MOVED = "moved", _("at another time")
    EXTRA = "extra", _("a further day")


class OfficeDay(models.Model):
    """A day of office hours that is different: `day` is the one of the rule, `wall` when it takes place instead.

    Of a further sitting both name the same day.
    """

    hours = models.ForeignKey(OfficeHours, on_delete=models.CASCADE, related_name="days")
    sort = models.CharField(max_length=8, choices=OfficeDaySort.choices)
    day = models.DateField()
    wall = WallTimeField(null=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="office_day_is_different_once",
                fields=["hours", "day"],
                condition=~models.Q(sort=OfficeDaySort.EXTRA),
            ),
            models.UniqueConstraint(
                name="office_day_is_added_once", fields=["hours", "wall"], condition=models.Q(sort=OfficeDaySort.EXTRA)
            ),
            models.CheckConstraint(
                name="office_day_has_a_time",
                condition=models.Q(sort=OfficeDaySort.LEFT_OUT, wall=None)
                | ~models.Q(sort=OfficeDaySort.LEFT_OUT) & models.Q(wall__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours_id} {self.sort} {self.day}"


class BookingState(models.TextChoices):
    """What became of a wish for a slot. Those with a seat are booked, or wait for the host to say yes."""

    BOOKED = "booked", _("booked")
    ASKED = "asked", _("waits for the host to say yes")
    WAITING = "waiting", _("on the waiting list")
    GIVEN_BACK = "given_back", _("given back")
    CALLED_OFF = "called_off", _("called off")
    DECLINED = "declined", _("not this time")


SEATED = (BookingState.BOOKED, BookingState.ASKED)
OPEN = (*SEATED, BookingState.WAITING)


class OfficeBooking(models.Model):
    """One person's place in one slot, or on its waiting list, whose order is that of the rows.

    `key` is what the slot is called by (`domain.office_hours.Slot`), `starts_at` and `ends_at` when it is as its people
    were told last, at `said_at`. `came` is what the host noted, private to the two, and is forgotten after a while.
    `uid` and `sequence` are those of the invitation in calendars; the sequence only rises.
    """

    hours = models.ForeignKey(OfficeHours, on_delete=models.CASCADE, related_name="bookings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="office_bookings")
    key = models.CharField(max_length=40)
    seat = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, choices=BookingState.choices)
    topic = models.CharField(max_length=LONGEST_TOPIC, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    said_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    was_late = models.BooleanField(default=False)
    came = models.BooleanField(null=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="office_seat_is_given_once",
                fields=["hours", "key", "seat"],
                condition=models.Q(seat__isnull=False),
            ),
            models.UniqueConstraint(
                name="office_slot_is_booked_once_by_a_person",
                fields=["hours", "key", "person"],
                condition=models.Q(state__in=OPEN),
            ),
            models.CheckConstraint(
                name="office_booking_has_a_seat",
                condition=models.Q(state__in=SEATED, seat__isnull=False)
                | ~models.Q(state__in=SEATED) & models.Q(seat=None),
            ),
            models.CheckConstraint(
                name="office_booking_ends_after_it_starts", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["hours", "starts_at"], name="office_booking_of_hours"),
            models.Index(fields=["person", "starts_at"], name="office_booking_of_person"),
            models.Index(fields=["starts_at"], name="office_booking_coming", condition=models.Q(seat__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.hours_id}: {self.person_id}, {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("office_booking", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_seated(self) -> bool:
        return self.state in SEATED


class ReminderSort(models.TextChoices):
    """How long before a slot somebody is reminded of it."""

    DAY = "day"
    HOUR = "hour"


class OfficeReminder(models.Model):
    """That one person was reminded of one slot at one time of it; the row is what makes it once."""

    hours = models.ForeignKey(OfficeHours, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="office_reminders")
    key = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    sort = models.CharField(max_length=4, choices=ReminderSort.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="reminded_once_of_an_office_hour", fields=["hours", "person", "key", "starts_at", "sort"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.sort} before {self.key}: {self.person_id}"
