"""What groups tells of themselves, their charters and who holds which role."""

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
