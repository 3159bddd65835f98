"""What is told about who looks after an election, and about its freeze. Nobody's words are in any fact."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class OfficerAsked(Fact):
    """Somebody was asked to be `officer` or `monitor` of an election."""

    kind = "governance.officer_asked"
    audience = Audience.GROUP
    sentence = _("{actor} asked somebody to look after an election.")

    election_id: int
    duty: str


@dataclass(frozen=True)
class DutyAnswered(Fact):
    """Somebody who was asked took the duty in an election, or declined it."""

    kind = "governance.duty_answered"
    audience = Audience.GROUP
    sentence = _("{actor} answered whether to look after an election.")

    election_id: int
    duty: str
    accepted: bool


@dataclass(frozen=True)
class DutyEnded(Fact):
    """A duty in an election was given back, or the asking was taken back."""

    kind = "governance.duty_ended"
    audience = Audience.GROUP
    sentence = _("Somebody no longer looks after an election.")

    election_id: int
    duty: str


@dataclass(frozen=True)
class ConflictDeclared(Fact):
    """Whoever looks after an election said what they have to declare; the words stand on its page."""

    kind = "governance.conflict_declared"
    audience = Audience.GROUP
    sentence = _("{actor} declared what others should know of an officer or monitor of an election.")

    election_id: int
    has_words: bool


@dataclass(frozen=True)
class NeededChanged(Fact):
    """How many of the officers together open the ballots was set."""

    kind = "governance.needed_changed"
    audience = Audience.GROUP
    sentence = _("{actor} set how many officers together open the ballots.")

    election_id: int
    needed: int


@dataclass(frozen=True)
class KeysGiven(Fact):
    """An officer gave the public parts of new keys; `print_of` is their fingerprint."""

    kind = "governance.keys_given"
    audience = Audience.GROUP
    sentence = _("{actor} made keys for an election.")

    election_id: int
    print_of: str


@dataclass(frozen=True)
class PrintWasHeard(Fact):
    """An officer heard another one read a fingerprint aloud, and saw the same."""

    kind = "governance.print_heard"
    audience = Audience.GROUP
    sentence = _("{actor} heard another officer read a fingerprint aloud.")

    election_id: int
    print_of: str


@dataclass(frozen=True)
class KeyLost(Fact):
    """An officer cannot open ballots any more; `left` officers still can, of whom `needed` must."""

    kind = "governance.key_lost"
    audience = Audience.GROUP
    sentence = _("{actor} lost the key for an election.")

    election_id: int
    left: int
    needed: int


@dataclass(frozen=True)
class KeyFound(Fact):
    """An officer has a key again that was lost; `left` officers can open ballots, of whom `needed` must."""

    kind = "governance.key_found"
    audience = Audience.GROUP
    sentence = _("{actor} has the key for an election again.")

    election_id: int
    left: int
    needed: int


@dataclass(frozen=True)
class KeysRehearsed(Fact):
    """An officer opened their shares of invented ballots; `is_whole` says that enough officers together read them."""

    kind = "governance.keys_rehearsed"
    audience = Audience.GROUP
    sentence = _("{actor} rehearsed the opening of ballots.")

    election_id: int
    is_whole: bool


@dataclass(frozen=True)
class ElectionFrozen(Fact):
    """Roll, candidates, rules and keys are frozen under a hash, and voting has its instants (ISO, UTC)."""

    kind = "governance.election_frozen"
    audience = Audience.PUBLIC
    sentence = _("{actor} opened the voting of an election.")

    election_id: int
    frozen_hash: str
    voters: int
    opens_at: str
    accepts_until: str
