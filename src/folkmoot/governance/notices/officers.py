"""What officers and monitors of an election are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.models.officers import Duty, ElectionOfficer
from folkmoot.governance.notices.about import AboutElection
from folkmoot.notices.kinds import TOPICS, Notice, Topic
from folkmoot.ui import times

TOPICS.register(
    "election_duties",
    Topic(gettext_lazy("Elections you look after"), gettext_lazy("Being asked to, keys, and what officers must know")),
    order=38,
    by=__name__,
)


@dataclass(frozen=True)
class DutyAsked(AboutElection, Notice):
    """To whoever is asked to be an officer or a monitor."""

    kind = "governance.duty_asked"
    topic = "election_duties"
    needed = True

    duty: str
    by: str

    @property
    def is_officer(self) -> bool:
        return self.duty == Duty.OFFICER

    def subject(self) -> str:
        if self.is_officer:
            return _("Would you be an officer of “%(title)s”?") % {"title": self.title}
        return _("Would you be a monitor of “%(title)s”?") % {"title": self.title}

    def path(self) -> str:
        return self.page("election_duty")

    def action(self) -> str:
        return _("Say yes or no")


@dataclass(frozen=True)
class DutyWasAnswered(AboutElection, Notice):
    """To whoever prepares the election: somebody took the duty, declined it, or gave it back."""

    kind = "governance.duty_was_answered"
    topic = "election_duties"

    officer: ElectionOfficer

    @property
    def name(self) -> str:
        return self.officer.person.name

    def subject(self) -> str:
        given = {"name": self.name, "title": self.title}
        if self.officer.is_serving:
            return _("%(name)s looks after “%(title)s” with you") % given
        return _("%(name)s does not look after “%(title)s”") % given

    def path(self) -> str:
        return self.page("election_officers")


@dataclass(frozen=True)
class KeysWanted(AboutElection, Notice):
    """To an officer: make your keys."""

    kind = "governance.keys_wanted"
    topic = "election_duties"
    needed = True

    def subject(self) -> str:
        return _("Your keys for “%(title)s”") % {"title": self.title}

    def path(self) -> str:
        return self.page("election_keys")

    def action(self) -> str:
        return _("Make your keys")

    def once(self) -> str:
        return f"election-keys:{self.election.pk}"


@dataclass(frozen=True)
class KeyIsLost(AboutElection, Notice):
    """To officers and monitors: somebody cannot open ballots any more; `left` can, of whom `needed_to_open` must."""

    kind = "governance.key_is_lost"
    topic = "election_duties"
    needed = True

    name: str
    left: int
    needed_to_open: int

    @property
    def is_frozen(self) -> bool:
        return self.election.is_frozen

    @property
    def is_over(self) -> bool:
        return self.left < self.needed_to_open

    @property
    def is_last(self) -> bool:
        return self.left == self.needed_to_open

    def subject(self) -> str:
        if self.is_frozen and self.is_over:
            return _("The ballots of “%(title)s” cannot be opened any more") % {"title": self.title}
        return _("%(name)s lost a key for “%(title)s”") % {"name": self.name, "title": self.title}

    def path(self) -> str:
        return self.page("election_keys")


@dataclass(frozen=True)
class KeyIsFound(AboutElection, Notice):
    """To officers and monitors: somebody has their key again."""

    kind = "governance.key_is_found"
    topic = "election_duties"

    name: str
    left: int
    needed_to_open: int

    def subject(self) -> str:
        return _("%(name)s has the key for “%(title)s” again") % {"name": self.name, "title": self.title}

    def path(self) -> str:
        return self.page("election_keys")


@dataclass(frozen=True)
class KeysAreDue(AboutElection, Notice):
    """To an officer whose keys are not ready, a week before voting is opened on `day`."""

    kind = "governance.keys_are_due"
    topic = "election_duties"
    needed = True

    day: date
    has_key: bool

    @property
    def day_words(self) -> str:
        return times.long_day(self.day)

    def subject(self) -> str:
        return _("Your keys for “%(title)s” are not ready yet") % {"title": self.title}

    def path(self) -> str:
        return self.page("election_keys")

    def action(self) -> str:
        return _("Go on with your keys")

    def once(self) -> str:
        return f"election-keys-due:{self.election.pk}"


@dataclass(frozen=True)
class VotingIsOpened(AboutElection, Notice):
    """To officers and monitors: everything is frozen."""

    kind = "governance.voting_is_opened"
    topic = "election_duties"

    by: str

    def subject(self) -> str:
        return _("“%(title)s” is frozen for the vote") % {"title": self.title}

    def path(self) -> str:
        return self.page("frozen_election")

    def action(self) -> str:
        return _("See what was frozen")

    def once(self) -> str:
        return f"election-frozen:{self.election.pk}"
