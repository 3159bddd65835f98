"""What thanks tell: that there was one, never its words nor whom it was for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class ThanksSaid(Fact):
    """A person thanked somebody; only they read this, and so nobody counts whom it was."""

    kind = "connections.thanks_said"
    audience = Audience.PERSON
    sentence = _("{actor} thanked somebody.")

    thanks_id: int


@dataclass(frozen=True)
class ThanksTakenBack(Fact):
    """A person took back a thanks that they had said."""

    kind = "connections.thanks_taken_back"
    audience = Audience.PERSON
    sentence = _("{actor} took a thanks back.")

    thanks_id: int


@dataclass(frozen=True)
class ThanksShownTo(Fact):
    """A person said who reads a thanks they got; `shown` is a `ThanksShown`."""

    kind = "connections.thanks_shown"
    audience = Audience.PERSON
    sentence = _("{actor} said who reads a thanks.")

    thanks_id: int
    shown: str


@dataclass(frozen=True)
class ThanksRemoved(Fact):
    """A person removed a thanks they got."""

    kind = "connections.thanks_removed"
    audience = Audience.PERSON
    sentence = _("{actor} removed a thanks.")

    thanks_id: int


@dataclass(frozen=True)
class ThanksWishSaid(Fact):
    """A person said who reads their new thanks; `shown` is a `ThanksShown`."""

    kind = "connections.thanks_wish_said"
    audience = Audience.PERSON
    sentence = _("{actor} said who reads new thanks.")

    shown: str
