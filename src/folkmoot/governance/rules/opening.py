"""Who may close the vote, open ballots, count them, and when."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.officers import ElectionOfficer
from folkmoot.governance.queries.opening import OfficerProgress, OpeningProgress, are_keys_needed
from folkmoot.governance.rules.elections import is_officer
from folkmoot.kit.verdict import YES, Verdict, no
from folkmoot.ledger.actors import Actor, Stand


def may_ask_to_close(actor: Actor | AnonymousUser | None, election: Election) -> Verdict:
    """Whether closing is for somebody at all: for the schedule and the officers."""
    return YES if isinstance(actor, Stand) else is_officer(actor, election)


def may_close_voting(actor: Actor | AnonymousUser | None, election: Election, now: datetime) -> Verdict:
    """Whether somebody may close the vote: the schedule and officers, once no ballot is accepted any more."""
    if not (verdict := may_ask_to_close(actor, election)):
        return verdict
    if election.state != ElectionState.OPEN or election.accepts_until is None:
        return no(_("Voting is not open."))
    if now < election.accepts_until:
        return no(_("Ballots are still accepted. Voting cannot be ended before the time that was announced."))
    return YES


def may_open_ballots(election: Election, mine: OfficerProgress | None, opening: OpeningProgress) -> Verdict:
    """Whether an officer may hand in their shares: from the close on, until enough officers have counted."""
    if mine is None:
        return no(_("Only the officers to whose keys the ballots are sealed may do this."))
    if election.state != ElectionState.CLOSED:
        return no(_("Ballots are opened once voting is over, and before the result is signed."))
    if opening.is_agreed:
        return no(_("Enough officers have found the same already. There is nothing more to open."))
    if mine.is_lost:
        return no(_("You said that your key is lost. The other officers can open the ballots without it."))
    if not opening.is_reachable:
        return no(_("Too many keys are lost: the ballots of this election cannot be opened."))
    return YES


def may_count_ballots(election: Election, mine: OfficerProgress | None, opening: OpeningProgress) -> Verdict:
    """Whether an officer may hand in rankings: once enough, they among them, have opened their shares."""
    verdict = may_open_ballots(election, mine, opening)
    if not verdict or opening.needed == 1:
        return verdict
    if mine is not None and not mine.has_opened:
        return no(_("First open your own share, so that the others can count as well."))
    if not opening.may_be_counted:
        return no(_("Ballots can be counted once enough officers have opened their shares."))
    return YES


def may_destroy_key(officer: ElectionOfficer | None, election: Election, now: datetime) -> Verdict:
    """Whether an officer may say that their key file is gone: when nobody needs it any more."""
    if officer is None or officer.place is None:
        return no(_("Only the officers to whose keys the ballots are sealed may do this."))
    if are_keys_needed(election, now):
        return no(_("Keep your key file until the days for complaints are over."))
    return YES
