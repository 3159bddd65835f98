"""Who may cast a ballot, and when."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.queries.ballots import voters_for
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.people.models import Person


def takes_ballots(election: Election, now: datetime) -> Verdict:
    """Whether an election takes ballots at this instant."""
    if election.accepts_ballots(now):
        return YES
    if election.state == ElectionState.CANCELLED:
        return no(_("This election was cancelled."))
    if not election.is_frozen:
        return no(_("Voting has not begun yet."))
    if election.state == ElectionState.OPEN and election.opens_at is not None and now < election.opens_at:
        return no(_("Voting has not begun yet."))
    return no(_("Voting is over. No ballot can be cast any more."))


def may_vote(person: Person, election: Election) -> Verdict:
    """Whether somebody casts ballots here, for themselves or for others."""
    if voters_for(person, election):
        return YES
    if not election.is_frozen:
        return no(_("Who may vote is settled when voting begins."))
    return no(_("You are not on the roll of this election, so there is no ballot for you."))
