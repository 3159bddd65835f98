"""What groups tells."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class GroupFounded(Fact):
    """A group began to exist here."""

    kind = "groups.founded"
    audience = Audience.PUBLIC
    sentence = _("{name} was founded.")

    name: str


@dataclass(frozen=True)
class CharterAdopted(Fact):
    """A version of a group's charter came into force on a day (ISO date)."""

    kind = "groups.charter_adopted"
    audience = Audience.PUBLIC
    sentence = _("Charter, version {number}, is in force from {in_force_from}.")

    charter_id: int
    number: int
    in_force_from: str


@dataclass(frozen=True)
class RoleTaken(Fact):
    """A person began to hold a role in a group: joined, was appointed, or changed over."""

    kind = "groups.role_taken"
    audience = Audience.GROUP
    sentence = _("{person} is now among the {role}.")
    personal = frozenset({"person"})

    participation_id: int
    role: str
    person: str


@dataclass(frozen=True)
class RoleLeft(Fact):
    """A person no longer holds a role in a group."""

    kind = "groups.role_left"
    audience = Audience.GROUP
    sentence = _("{person} is no longer among the {role}.")
    personal = frozenset({"person"})

    participation_id: int
    role: str
    person: str


@dataclass(frozen=True)
class SeatAdded(Fact):
    """A group has a new office that somebody may hold for a term."""

    kind = "groups.seat_added"
    audience = Audience.PUBLIC
    sentence = _("There is a new seat: {title}.")

    seat_id: int
    title: str


@dataclass(frozen=True)
class SeatChanged(Fact):
    """What holds for a seat (title, way of filling, length and limit of terms, power) is another."""

    kind = "groups.seat_changed"
    audience = Audience.PUBLIC
    sentence = _("What holds for the seat {title} was changed.")

    seat_id: int
    title: str


@dataclass(frozen=True)
class SeatRetired(Fact):
    """A seat exists no longer; its history stays."""

    kind = "groups.seat_retired"
    audience = Audience.PUBLIC
    sentence = _("The seat {title} exists no longer.")

    seat_id: int
    title: str


@dataclass(frozen=True)
class TermBegan(Fact):
    """A person was given a seat from a day (ISO date) until another one, empty when that is open."""

    kind = "groups.term_began"
    audience = Audience.GROUP
    sentence = _("{person} holds the seat {seat} from {begins_on}.")
    personal = frozenset({"person"})

    term_id: int
    seat_id: int
    seat: str
    how: str
    begins_on: str
    ends_on: str
    person: str


@dataclass(frozen=True)
class TermEnded(Fact):
    """A person no longer holds a seat from a day (ISO date) on; `because` is a code of `Ended`."""

    kind = "groups.term_ended"
    audience = Audience.GROUP
    sentence = _("{person} no longer holds the seat {seat}, since {ended_on}.")
    personal = frozenset({"person", "remark"})

    term_id: int
    seat_id: int
    seat: str
    because: str
    ended_on: str
    person: str
    remark: str = ""


@dataclass(frozen=True)
class TermExtended(Fact):
    """A term ends on another day (ISO date) than was planned."""

    kind = "groups.term_extended"
    audience = Audience.GROUP
    sentence = _("The term of {person} in the seat {seat} now ends on {ends_on}.")
    personal = frozenset({"person", "why"})

    term_id: int
    seat_id: int
    seat: str
    ends_on: str
    person: str
    why: str
