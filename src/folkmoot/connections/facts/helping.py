"""What help desks tell. No words that were asked or answered are in any fact, and of a request its number alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class HelpDeskChanged(Fact):
    """A help desk was opened, its settings changed, or it was switched off; so many people answer there."""

    kind = "connections.help_desk_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed how help is given here.")

    desk_id: int
    is_on: bool
    helpers: int


@dataclass(frozen=True)
class HelpAsked(Fact):
    """Somebody asked for help."""

    kind = "connections.help_asked"
    audience = Audience.PERSON
    sentence = _("{actor} asked for help.")

    request_id: int
    urgency: str


@dataclass(frozen=True)
class HelpAnswered(Fact):
    """A request got its first answer, after so many seconds that count."""

    kind = "connections.help_answered"
    audience = Audience.STEWARDS
    sentence = _("{actor} answered a request for help.")

    request_id: int
    took: int
    in_time: bool


@dataclass(frozen=True)
class HelpOwned(Fact):
    """Somebody looks after a request now (the person it is about), or nobody any more."""

    kind = "connections.help_owned"
    audience = Audience.STEWARDS
    sentence = _("A request for help has somebody who looks after it, or nobody any more.")

    request_id: int
    owner_id: int | None


@dataclass(frozen=True)
class HelpUrgencyChanged(Fact):
    """A request became more or less urgent; the reason stands in its conversation."""

    kind = "connections.help_urgency_changed"
    audience = Audience.STEWARDS
    sentence = _("{actor} changed how urgent a request for help is.")

    request_id: int
    before: str
    after: str


@dataclass(frozen=True)
class HelpEscalated(Fact):
    """A step was taken since the time for a request runs out; `step` is its key, `told` how many people heard of it."""

    kind = "connections.help_escalated"
    audience = Audience.STEWARDS
    sentence = _("A request for help waits; {told} people were told.")

    request_id: int
    step: str
    told: int


@dataclass(frozen=True)
class HelpSolved(Fact):
    """A request has an answer that helped."""

    kind = "connections.help_solved"
    audience = Audience.STEWARDS
    sentence = _("{actor} marked a request for help as solved.")

    request_id: int


@dataclass(frozen=True)
class HelpClosed(Fact):
    """A request is closed, for one of the reasons of `ClosedBecause`."""

    kind = "connections.help_closed"
    audience = Audience.STEWARDS
    sentence = _("A request for help was closed.")

    request_id: int
    because: str


@dataclass(frozen=True)
class HelpReopened(Fact):
    """A request that was solved or closed is open again."""

    kind = "connections.help_reopened"
    audience = Audience.STEWARDS
    sentence = _("{actor} opened a request for help again.")

    request_id: int
