"""What people are told about office hours, each with their own time; calendars get it in the same mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.models.office_hours import BookingState, OfficeBooking
from folkmoot.connections.office_hours_events import calendar_part
from folkmoot.connections.office_hours_links import give_back_shortcut
from folkmoot.kit.ical import Method
from folkmoot.meetings.wording import when_words
from folkmoot.notices.kinds import TOPICS, CalendarPart, Notice, Shortcut, Topic
from folkmoot.people.models import Person
from folkmoot.ui import times

TOPICS.register(
    "office_hours",
    Topic(gettext_lazy("Office hours"), gettext_lazy("Who booked or gave back, and reminders of what you booked")),
    order=90,
    by=__name__,
)


@dataclass(frozen=True)
class AboutSlot:
    """A booking, with its time by the clock of whoever reads: the zone that is active while it is worded."""

    booking: OfficeBooking

    @property
    def title(self) -> str:
        return self.booking.hours.title

    @property
    def host(self) -> str:
        return self.booking.hours.host.name

    @property
    def name(self) -> str:
        """Of whoever booked."""
        return self.booking.person.name

    @property
    def where(self) -> str:
        return self.booking.hours.where

    @property
    def topic_words(self) -> str:
        return self.booking.topic

    @property
    def when(self) -> str:
        return when_words(self.booking.starts_at, timezone.get_current_timezone_name())

    @property
    def short(self) -> str:
        """ "Wed 25 Nov, 16:00"."""
        local = timezone.localtime(self.booking.starts_at)
        return f"{times.short_day(local.date())}, {times.clock_words(local, '24')}"

    @property
    def there(self) -> str:
        """The same by the clock of whoever holds the hours; empty where that shows the same time."""
        here = timezone.localtime(self.booking.starts_at)
        there = times.local(self.booking.starts_at, self.booking.hours.zone)
        if here.utcoffset() == there.utcoffset():
            return ""
        return when_words(self.booking.starts_at, self.booking.hours.zone)

    @property
    def names(self) -> dict[str, str]:
        return {"title": self.title, "host": self.host, "name": self.name, "when": self.short}

    def path(self) -> str:
        return self.booking.get_absolute_url()

    def action(self) -> str:
        return _("See the booking")


class InCalendars(AboutSlot):
    """News that changes what stands in the calendar of its reader."""

    method: ClassVar[Method] = "REQUEST"

    def calendar(self, person: Person) -> CalendarPart | None:
        return calendar_part(self.booking, person, self.method)


@dataclass(frozen=True)
class OfficeHourIsYours(InCalendars, Notice):
    """To whoever booked: it is theirs. `came_free`: they waited for it; `said_yes`: the host was asked first."""

    kind = "connections.office_hours_booked"
    topic = "office_hours"
    needed = True

    came_free: bool = False
    said_yes: bool = False

    def subject(self) -> str:
        if self.came_free:
            return _("A seat came free, and it is yours: %(title)s, %(when)s") % self.names
        return _("Booked: %(title)s with %(host)s, %(when)s") % self.names

    def shortcut(self, person: Person) -> Shortcut | None:
        return give_back_shortcut(self.booking)

    def once(self) -> str:
        return f"office-booking:{self.booking.pk}"


@dataclass(frozen=True)
class OfficeHourTaken(InCalendars, Notice):
    """To whoever holds the hours: somebody comes. `came_free`: from the waiting list."""

    kind = "connections.office_hours_taken"
    topic = "office_hours"

    came_free: bool = False

    def subject(self) -> str:
        return _("%(name)s comes to %(title)s, %(when)s") % self.names

    def once(self) -> str:
        return f"office-taken:{self.booking.pk}"


@dataclass(frozen=True)
class OfficeHourAsked(AboutSlot, Notice):
    """To whoever holds the hours: somebody would like to come, and waits for a yes."""

    kind = "connections.office_hours_asked"
    topic = "office_hours"
    needed = True

    def subject(self) -> str:
        return _("%(name)s asks for a place: %(title)s, %(when)s") % self.names

    def action(self) -> str:
        return _("Answer")

    def once(self) -> str:
        return f"office-asked:{self.booking.pk}"


@dataclass(frozen=True)
class OfficeHourMoved(InCalendars, Notice):
    """To whoever booked or waits: it is at another time, or in another place."""

    kind = "connections.office_hours_moved"
    topic = "office_hours"
    needed = True

    was_at: datetime

    @property
    def was(self) -> str:
        """When it was before; empty where only the place is new."""
        if self.was_at == self.booking.starts_at:
            return ""
        return when_words(self.was_at, timezone.get_current_timezone_name())

    @property
    def waits(self) -> bool:
        return not self.booking.is_seated

    @property
    def is_asked(self) -> bool:
        """Whether the host has yet to say yes; before that nobody sees where, nor has an event in their calendar."""
        return self.booking.state == BookingState.ASKED

    def calendar(self, person: Person) -> CalendarPart | None:
        return super().calendar(person) if self.booking.state == BookingState.BOOKED else None

    def subject(self) -> str:
        return _("At another time: %(title)s with %(host)s, now %(when)s") % self.names if self.was else self._place()

    def _place(self) -> str:
        return _("News about %(title)s with %(host)s, %(when)s") % self.names


@dataclass(frozen=True)
class OwnOfficeHourMoved(InCalendars, Notice):
    """To whoever holds hours with one person each: a slot of theirs is at another time or place, for their calendar."""

    kind = "connections.office_hours_own_moved"
    topic = "office_hours"

    has_moved: bool = True

    def subject(self) -> str:
        if not self.has_moved:
            return _("For your calendar: %(title)s with %(name)s, %(when)s") % self.names
        return _("At another time: %(title)s with %(name)s, now %(when)s") % self.names


@dataclass(frozen=True)
class OfficeHourOff(InCalendars, Notice):
    """To whoever booked or waited: it does not take place, or not for them. `declined`: the host was asked first."""

    kind = "connections.office_hours_off"
    topic = "office_hours"
    needed = True
    method = "CANCEL"

    had_seat: bool
    declined: bool = False

    def calendar(self, person: Person) -> CalendarPart | None:
        return super().calendar(person) if self.had_seat and not self.declined else None

    def subject(self) -> str:
        if self.declined:
            return _("Not this time: %(title)s, %(when)s") % self.names
        return _("Called off: %(title)s with %(host)s, %(when)s") % self.names

    def path(self) -> str:
        return self.booking.hours.get_absolute_url()

    def action(self) -> str:
        return _("See other times")


@dataclass(frozen=True)
class OfficeHourReturned(InCalendars, Notice):
    """To whoever gave a seat back: it is off their calendar."""

    kind = "connections.office_hours_returned"
    topic = "office_hours"
    needed = True
    method = "CANCEL"

    def subject(self) -> str:
        return _("Given back: %(title)s with %(host)s, %(when)s") % self.names

    def path(self) -> str:
        return self.booking.hours.get_absolute_url()

    def action(self) -> str:
        return _("See other times")


@dataclass(frozen=True)
class OfficeHourFree(InCalendars, Notice):
    """To whoever holds the hours: somebody does not come after all; with `by_host` since they called it off."""

    kind = "connections.office_hours_free"
    topic = "office_hours"
    method = "CANCEL"

    by_host: bool = False

    def subject(self) -> str:
        if self.by_host:
            return _("Off your calendar: %(title)s with %(name)s, %(when)s") % self.names
        return _("%(name)s does not come: %(title)s, %(when)s") % self.names

    def path(self) -> str:
        return self.booking.hours.get_absolute_url()

    def action(self) -> str:
        return _("See your office hours")


@dataclass(frozen=True)
class OfficeHourReminder(AboutSlot, Notice):
    """To both, the day before and an hour before. `others` are those who come, in what its host is told."""

    kind = "connections.office_hours_reminder"
    topic = "office_hours"

    sort: str
    is_host: bool = False
    others: str = ""

    def subject(self) -> str:
        if self.is_host:
            return _("Your office hours: %(title)s, %(when)s") % self.names
        return _("%(title)s with %(host)s, %(when)s") % self.names

    def path(self) -> str:
        return self.booking.hours.get_absolute_url() if self.is_host else self.booking.get_absolute_url()

    def shortcut(self, person: Person) -> Shortcut | None:
        return None if self.is_host else give_back_shortcut(self.booking)

    def once(self) -> str:
        return reminder_of(self.booking.hours_id, self.booking.key, self.booking.starts_at, self.sort)


def reminder_of(hours_id: int, key: str, starts_at: datetime, sort: str) -> str:
    """The key of a reminder, by which one that waits for the end of quiet hours or a digest is taken back."""
    return f"office-reminder:{hours_id}:{key}:{starts_at.isoformat()}:{sort}"
