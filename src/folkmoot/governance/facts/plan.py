"""What is told of elections as they are set up. The title may name a person, so it can be erased."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class ElectionBegun(Fact):
    """Somebody began to prepare an election of a kind; it is a draft, for those who lead."""

    kind = "governance.election_begun"
    audience = Audience.STEWARDS
    sentence = _("{actor} began to prepare “{title}”.")
    personal = frozenset({"title"})

    election_id: int
    election_kind: str
    title: str


@dataclass(frozen=True)
class ElectionChanged(Fact):
    """How an election is set up was changed: `what` is words, rules or contests, and while it is a draft also
    days, criteria, officers, needed or cancelled: nobody else knows of it then."""

    kind = "governance.election_changed"
    sentence = _("{actor} changed how “{title}” is set up: {what}.")
    audience = Audience.STEWARDS
    personal = frozenset({"title"})

    election_id: int
    what: str
    title: str


@dataclass(frozen=True)
class ElectionAnnounced(Fact):
    """An election was announced, with the first and the last day of voting (ISO)."""

    kind = "governance.election_announced"
    audience = Audience.PUBLIC
    sentence = _("“{title}” was announced; voting is from {voting_from} to {voting_to}.")
    personal = frozenset({"title"})

    election_id: int
    voting_from: str
    voting_to: str
    title: str


@dataclass(frozen=True)
class PracticeElectionAnnounced(Fact):
    """A practice election was announced, to those who take part in the group."""

    kind = "governance.practice_election_announced"
    audience = Audience.GROUP
    sentence = _("The practice election “{title}” was announced.")
    personal = frozenset({"title"})

    election_id: int
    title: str


@dataclass(frozen=True)
class PracticeElectionWentOn(Fact):
    """A practice election was frozen, released or certified (`step`), in place of what everybody reads of others."""

    kind = "governance.practice_election_went_on"
    audience = Audience.GROUP
    sentence = _("The practice election “{title}” went on: {step}.")
    personal = frozenset({"title"})

    election_id: int
    step: str
    title: str


@dataclass(frozen=True)
class ElectionDaysMoved(Fact):
    """The days of an election are others; `stage` is the step that was moved, the changes hold all that followed."""

    kind = "governance.election_days_moved"
    audience = Audience.GROUP
    sentence = _("{actor} moved days of “{title}”.")
    personal = frozenset({"title"})

    election_id: int
    stage: str
    title: str


@dataclass(frozen=True)
class ElectionCancelled(Fact):
    """An election was cancelled, and why."""

    kind = "governance.election_cancelled"
    audience = Audience.GROUP
    sentence = _("{actor} cancelled “{title}”: {why}")
    personal = frozenset({"title", "why"})

    election_id: int
    title: str
    why: str


@dataclass(frozen=True)
class ElectionMessageSent(Fact):
    """A message of an election went to so many people; None where that would tell how many had voted by then."""

    kind = "governance.election_message_sent"
    audience = Audience.GROUP
    sentence = _("A message of “{title}” was sent: {message}.")
    personal = frozenset({"title"})

    election_id: int
    message: str
    people: int | None
    title: str
