"""Taking an election to Belenios, where trust in this installation is not enough."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.governance.domain.belenios import belenios_way, voters
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.models.elections import Election
from folkmoot.governance.queries.kinds_belenios import addresses_of, questions_of, template_of
from folkmoot.governance.rules.elections import is_officer
from folkmoot.kit.verdict import require
from folkmoot.people.reader import signed_in


@require_safe
@never_cache
@login_required
def page(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What there is to take along, and the steps there."""
    election = _for_officers(request, slug, key)
    contests = [(contest, belenios_way(Method(contest.method), contest.places)) for contest in election.contests.all()]
    context = {
        "election": election,
        "group": election.group,
        "contests": contests,
        "has_roll": election.voters.exists(),
        "has_candidates": all(len(question.answers) > 1 for question in questions_of(election)),
    }
    return render(request, "governance/kinds/belenios.html", context)


@require_safe
@never_cache
@login_required
def questions(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The questions as a file."""
    election = _for_officers(request, slug, key)
    return _file(f"{template_of(election)}\n", "application/json", f"{election.key}-belenios.json")


@require_safe
@never_cache
@login_required
def roll(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The addresses of those on the frozen roll as a file."""
    election = _for_officers(request, slug, key)
    return _file(voters(addresses_of(election)), "text/plain; charset=utf-8", f"{election.key}-voters.txt")


def _for_officers(request: HttpRequest, slug: str, key: str) -> Election:
    election = election_or_404(request, slug, key)
    require(is_officer(signed_in(request), election))
    return election


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
