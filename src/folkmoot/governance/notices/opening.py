"""What officers are told between the last ballot and the end of their keys."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from folkmoot.governance.models.elections import ElectionState
from folkmoot.governance.notices.about import AboutElection
from folkmoot.notices.kinds import Notice


@dataclass(frozen=True)
class AboutOpening(AboutElection):
    """An election whose ballots are opened; under the topic of officers (`officers`)."""

    def path(self) -> str:
        return self.page("election_opening")

    def action(self) -> str:
        return _("See how far the opening is")


@dataclass(frozen=True)
class VotingIsOver(AboutOpening, Notice):
    """To officers and monitors: voting is over, so many voted. `is_uneven`: the numbers do not fit together."""

    kind = "governance.voting_is_over"
    topic = "election_duties"
    needed = True

    voted: int
    voters: int
    opens: bool
    is_uneven: bool = False

    def subject(self) -> str:
        if self.is_uneven:
            return _("Please look at this: the numbers of %(title)s do not fit together") % self.names
        return _("Voting is over: %(title)s") % self.names

    def action(self) -> str:
        return _("Open the ballots") if self.opens else super().action()

    def once(self) -> str:
        return f"voting-is-over:{self.election.pk}"


@dataclass(frozen=True)
class BallotsCanBeCounted(AboutOpening, Notice):
    """To those who count: enough officers have opened their shares."""

    kind = "governance.ballots_can_be_counted"
    topic = "election_duties"
    needed = True

    def subject(self) -> str:
        return _("The ballots can be counted: %(title)s") % self.names

    def action(self) -> str:
        return _("Count the ballots")

    def once(self) -> str:
        return f"ballots-can-be-counted:{self.election.pk}"


@dataclass(frozen=True)
class OfficersFoundDifferent(AboutOpening, Notice):
    """To officers and monitors: officers found different rankings in the same ballots."""

    kind = "governance.officers_found_different"
    topic = "election_duties"
    needed = True

    def subject(self) -> str:
        return _("Officers found different rankings: %(title)s") % self.names


@dataclass(frozen=True)
class DestroyYourKey(AboutOpening, Notice):
    """To officers: complaints are over or the election was cancelled, so their key file is needed no more."""

    kind = "governance.destroy_your_key"
    topic = "election_duties"
    needed = True

    @property
    def is_cancelled(self) -> bool:
        return self.election.state == ElectionState.CANCELLED

    def subject(self) -> str:
        return _("Please destroy your key file: %(title)s") % self.names

    def action(self) -> str:
        return _("I have destroyed it")

    def once(self) -> str:
        return f"destroy-your-key:{self.election.pk}"
