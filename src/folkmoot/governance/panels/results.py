"""What this part shows on an election's page: the result, or how far it is."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from folkmoot.governance.election_parts import add_part
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.results import ElectionBundle
from folkmoot.governance.models.results_complaints import Complaint
from folkmoot.governance.queries.results import counts_of
from folkmoot.governance.rules.elections import is_officer, may_watch
from folkmoot.governance.rules.results import may_certify
from folkmoot.people.reader import person_of

COUNTED = (ElectionState.CLOSED, ElectionState.COUNTED, ElectionState.RELEASED, ElectionState.CERTIFIED)


def fill() -> None:
    """Hang the section on the page of each election."""
    add_part("results", _section, order=15, leads_while=COUNTED)


def _section(request: HttpRequest, election: Election) -> SafeString | None:
    """From the count on: for everybody the result once it is released, for officers what waits for them."""
    if election.state not in COUNTED or not ElectionBundle.objects.filter(election=election).exists():
        return None
    reader = person_of(request)
    context = {
        "election": election,
        "group": election.group,
        "counts": counts_of(election) if election.is_published else [],
        "signed": election.signatures.count(),
        "waiting": Complaint.objects.filter(election=election, outcome="").count() if election.is_published else 0,
        "may_watch": may_watch(reader, election),
        "is_officer": is_officer(reader, election),
        "may_certify": may_certify(reader, election, timezone.now()),
    }
    return render_to_string("governance/results/section.html", context, request)
