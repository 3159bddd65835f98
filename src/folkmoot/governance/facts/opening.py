"""From the last ballot to the rankings. Numbers alone: who has voted stands in no fact.

A fact for each voter would say what officers read in the turnout anyway, but it would stay for ever and be read by the
whole group; a charter that makes its roll public says so in its own words. No fact holds what was found,
nor its digest: of a small election a digest can be guessed before the result is released.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class VotingClosed(Fact):
    """No ballot is accepted any more: of `voters` on the roll so many have `voted`. In the contests named in `uneven`
    there are more or fewer ballots than people who voted, which must never be.
    """

    kind = "governance.voting_closed"
    audience = Audience.GROUP
    sentence = _("Voting is over: {voted} of {voters} voted.")

    election_id: int
    voters: int
    voted: int
    uneven: list[int]


@dataclass(frozen=True)
class BallotsOpened(Fact):
    """An officer has opened their share of all ballots for those who count."""

    kind = "governance.ballots_opened"
    audience = Audience.GROUP
    sentence = _("{actor} opened their share of the ballots.")

    election_id: int


@dataclass(frozen=True)
class BallotsCounted(Fact):
    """An officer has handed in what their browser found in the envelopes; `again` where they had done so before."""

    kind = "governance.ballots_counted"
    audience = Audience.GROUP
    sentence = _("{actor} handed in the rankings that they found.")

    election_id: int
    again: bool


@dataclass(frozen=True)
class OfficersDisagreed(Fact):
    """Officers found different rankings in the same envelopes of these contests; nothing goes on until enough agree."""

    kind = "governance.officers_disagreed"
    audience = Audience.GROUP
    sentence = _("The officers found different rankings in the same ballots.")

    election_id: int
    contests: list[int]


@dataclass(frozen=True)
class OfficersAgreed(Fact):
    """Enough officers found the same in the envelopes of all contests."""

    kind = "governance.officers_agreed"
    audience = Audience.GROUP
    sentence = _("{officers} officers found the same rankings in the ballots.")

    election_id: int
    officers: int


@dataclass(frozen=True)
class EnvelopesWiped(Fact):
    """The envelopes and the officers' shares of them are emptied; receipts stay."""

    kind = "governance.envelopes_wiped"
    audience = Audience.GROUP
    sentence = _("The sealed ballots were wiped after the count; their receipts stay.")

    election_id: int
    envelopes: int


@dataclass(frozen=True)
class BallotsDeleted(Fact):
    """The sealed ballots of a cancelled election are deleted, so many for each contest together, and who had voted."""

    kind = "governance.ballots_deleted"
    audience = Audience.GROUP
    sentence = _("All ballots of the cancelled election were deleted, and who had voted.")

    election_id: int
    envelopes: int


@dataclass(frozen=True)
class OfficerKeyDestroyed(Fact):
    """An officer says that their key file is gone."""

    kind = "governance.officer_key_destroyed"
    audience = Audience.GROUP
    sentence = _("{actor} destroyed their key.")

    election_id: int
