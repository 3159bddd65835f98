"""What people tells."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class PersonAdded(Fact):
    """A person became known here, by signing up or by being named by someone."""

    kind = "people.added"
    audience = Audience.STEWARDS
    sentence = _("{name} was added.")
    personal = frozenset({"name"})

    name: str


@dataclass(frozen=True)
class StewardNamed(Fact):
    """A person became a steward of this installation."""

    kind = "people.steward_named"
    audience = Audience.STEWARDS
    sentence = _("{name} became a steward.")
    personal = frozenset({"name"})

    name: str


@dataclass(frozen=True)
class PreferencesChanged(Fact):
    """A person changed their zone, clock or appearance."""

    kind = "people.preferences_changed"
    audience = Audience.PERSON
    sentence = _("{actor} changed their preferences.")
    personal = frozenset({"zone", "clock", "theme"})


@dataclass(frozen=True)
class SignedInByLink(Fact):
    """A one-time link was used."""

    kind = "people.signed_in_by_link"
    audience = Audience.PERSON
    sentence = _("{actor} signed in by a one-time link.")


@dataclass(frozen=True)
class SignUpHeld(Fact):
    """Somebody signed up and waits for a steward; `reason` is mail_domain or network."""

    kind = "people.sign_up_held"
    audience = Audience.STEWARDS
    sentence = _("{name} signed up and waits for a steward.")
    personal = frozenset({"name"})

    reason: str
    name: str


@dataclass(frozen=True)
class SignUpLetIn(Fact):
    """A steward let somebody in who waited."""

    kind = "people.sign_up_let_in"
    audience = Audience.STEWARDS
    sentence = _("{actor} let {name} in.")
    personal = frozenset({"name"})

    name: str


@dataclass(frozen=True)
class SignUpTurnedAway(Fact):
    """A steward turned somebody away who waited."""

    kind = "people.sign_up_turned_away"
    audience = Audience.STEWARDS
    sentence = _("{actor} turned {name} away.")
    personal = frozenset({"name"})

    name: str
