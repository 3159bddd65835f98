"""What is told of rolls: what was asked and that it was frozen, never who is on one."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class CriterionAdded(Fact):
    """Something more is asked of voters or candidates; `whom` is a `Whom`."""

    kind = "governance.criterion_added"
    audience = Audience.GROUP
    sentence = _("{actor} added something that an election asks for.")

    election_id: int
    whom: str
    name: str


@dataclass(frozen=True)
class CriterionRemoved(Fact):
    """Something is asked no more."""

    kind = "governance.criterion_removed"
    audience = Audience.GROUP
    sentence = _("{actor} removed something that an election asks for.")

    election_id: int
    whom: str
    name: str


@dataclass(frozen=True)
class ProxiesAllowed(Fact):
    """How many votes of others one voter may hold; 0 for none."""

    kind = "governance.proxies_allowed"
    audience = Audience.GROUP
    sentence = _("{actor} said how many votes of others one voter may hold: {most}.")

    election_id: int
    most: int


@dataclass(frozen=True)
class ReachSet(Fact):
    """Whether the people of the groups below elect too."""

    kind = "governance.reach_set"
    audience = Audience.GROUP
    sentence = _("{actor} said of which groups people elect.")

    election_id: int
    below: bool


@dataclass(frozen=True)
class RollFrozen(Fact):
    """The roll of an election can change no more."""

    kind = "governance.roll_frozen"
    audience = Audience.PUBLIC
    sentence = _("The roll of an election was frozen with {voters} voters, {exceptions} of them by exception.")

    election_id: int
    voters: int
    exceptions: int


@dataclass(frozen=True)
class ExceptionAsked(Fact):
    """A person asked to vote past the criteria."""

    kind = "governance.roll_exception_asked"
    audience = Audience.PERSON
    sentence = _("{actor} asked for an exception to vote.")

    election_id: int
    exception_id: int


@dataclass(frozen=True)
class ExceptionAnswered(Fact):
    """It was answered; `state` is an `ExceptionState`."""

    kind = "governance.roll_exception_answered"
    audience = Audience.PERSON
    sentence = _("{actor} answered whether somebody may vote by exception.")

    election_id: int
    exception_id: int
    state: str


@dataclass(frozen=True)
class ExceptionAppealed(Fact):
    """A person asked for a second answer."""

    kind = "governance.roll_exception_appealed"
    audience = Audience.PERSON
    sentence = _("{actor} asked for a second answer about an exception.")

    election_id: int
    exception_id: int


@dataclass(frozen=True)
class ProxyOffered(Fact):
    """A person asked another to cast their vote; only they read this."""

    kind = "governance.proxy_offered"
    audience = Audience.PERSON
    sentence = _("{actor} asked somebody to vote for them.")

    election_id: int
    proxy_id: int


@dataclass(frozen=True)
class ProxyAnswered(Fact):
    """Whoever was asked said yes or no."""

    kind = "governance.proxy_answered"
    audience = Audience.PERSON
    sentence = _("{actor} said whether they vote for somebody.")

    election_id: int
    proxy_id: int
    accepted: bool


@dataclass(frozen=True)
class ProxyTakenBack(Fact):
    """A person votes for themselves again."""

    kind = "governance.proxy_taken_back"
    audience = Audience.PERSON
    sentence = _("{actor} votes for themselves again.")

    election_id: int
    proxy_id: int
