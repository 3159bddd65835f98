"""What this part shows on an election's page and elsewhere."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from folkmoot.governance import ballot_messages
from folkmoot.governance.election_parts import add_part
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.queries.ballots import has_voted, shows_receipts, turnout_step, unreached_voters, voters_for
from folkmoot.governance.rules.ballots import takes_ballots
from folkmoot.governance.rules.elections import may_watch
from folkmoot.notices.queries import paused_address
from folkmoot.ui.chrome import signed_in_person


def fill() -> None:
    """Hang everything where it belongs."""
    add_part("ballots", voting, order=25, leads_while={ElectionState.OPEN})
    ballot_messages.fill()


def voting(request: HttpRequest, election: Election) -> SafeString | None:
    """The way to the ballot or to the receipts, and before that to one that is tried."""
    if election.state in (ElectionState.DRAFT, ElectionState.CANCELLED):
        return None
    person, now = signed_in_person(request), timezone.now()
    voters = voters_for(person, election) if person is not None and election.is_frozen else []
    takes = takes_ballots(election, now)
    context = {
        "election": election,
        "group": election.group,
        "is_signed_in": person is not None,
        "voters": [(voter, voter.person == person, has_voted(voter)) for voter in voters],
        "takes": takes,
        "is_public": shows_receipts(election),
        "came_back": paused_address(person) if voters and person is not None else None,
        "unreached": list(unreached_voters(election)) if takes and may_watch(person, election) else [],
        "step": turnout_step(election) if election.state == ElectionState.OPEN else None,
    }
    return render_to_string("governance/ballots/part.html", context, request)
