"""What this part shows on an election's page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from folkmoot.governance.actions.opening import nonce_of
from folkmoot.governance.election_parts import add_part
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.queries.opening import opening_of
from folkmoot.governance.rules.elections import may_watch
from folkmoot.people.reader import person_of


def fill() -> None:
    """Hang the section on the page of each election."""
    add_part("opening", _section, order=18, leads_while={ElectionState.CLOSED})


def _section(request: HttpRequest, election: Election) -> SafeString | None:
    """From the close to the count: for everybody in words how far it is, for officers the way to their page."""
    if election.state != ElectionState.CLOSED:
        return None
    person = person_of(request)
    opening = opening_of(election)
    context = {
        "election": election,
        "group": election.group,
        "opening": opening,
        "mine": opening.of(person),
        "may_watch": may_watch(person, election),
        "voted": opening.tallies[0].voted if opening.tallies else 0,
        "voters": election.voters.count(),
        "nonce": nonce_of(election),
    }
    return render_to_string("governance/opening/section.html", context, request)
