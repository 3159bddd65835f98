"""What office hours tell. Who booked what is read by that person alone; who did not come is in no fact."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class OfficeHoursOffered(Fact):
    """Somebody offers office hours, for themselves or for a group."""

    kind = "connections.office_hours_offered"
    audience = Audience.GROUP
    sentence = _("{actor} offers office hours.")

    hours_id: int


@dataclass(frozen=True)
class OfficeHoursChanged(Fact):
    """Office hours were changed; `moved` and `called_off` count the bookings for which that mattered."""

    kind = "connections.office_hours_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed their office hours.")

    hours_id: int
    moved: int
    called_off: int


@dataclass(frozen=True)
class OfficeDayChanged(Fact):
    """One day is different, or as planned again: `sort` is left_out, moved or extra; `day` is a date (ISO)."""

    kind = "connections.office_day_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed a day of their office hours.")

    hours_id: int
    sort: str
    day: str
    taken_back: bool
    moved: int
    called_off: int


@dataclass(frozen=True)
class OfficeHoursPaused(Fact):
    """Nobody books for the time being; what is booked stays."""

    kind = "connections.office_hours_paused"
    audience = Audience.GROUP
    sentence = _("{actor} paused office hours.")

    hours_id: int


@dataclass(frozen=True)
class OfficeHoursResumed(Fact):
    """Slots can be booked again."""

    kind = "connections.office_hours_resumed"
    audience = Audience.GROUP
    sentence = _("{actor} opened office hours again.")

    hours_id: int


@dataclass(frozen=True)
class OfficeHoursEnded(Fact):
    """Nothing takes place after the last day (ISO); `called_off` counts the bookings after it."""

    kind = "connections.office_hours_ended"
    audience = Audience.GROUP
    sentence = _("{actor} ended office hours.")

    hours_id: int
    last_day: str
    called_off: int


@dataclass(frozen=True)
class OfficeHourBooked(Fact):
    """A person has a slot, waits for one, or asked for one (`state`); the system gives seats that came free."""

    kind = "connections.office_hour_booked"
    audience = Audience.PERSON
    sentence = _("A slot of office hours was booked.")

    booking_id: int
    state: str


@dataclass(frozen=True)
class OfficeHourSettled(Fact):
    """A person has a slot no more: given_back, called_off or declined (`state`)."""

    kind = "connections.office_hour_settled"
    audience = Audience.PERSON
    sentence = _("A slot of office hours was given back or called off.")

    booking_id: int
    state: str
