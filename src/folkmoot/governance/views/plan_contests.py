"""The contests of an election: what is voted on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.governance.actions.plan_contests import QUESTIONS, add_contest, change_contest, remove_contest
from folkmoot.governance.domain.counting.methods import METHODS, Method
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.plan import ContestForm
from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.queries.plan import seats_to_fill
from folkmoot.governance.rules.plan import may_change_contests
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import signed_in
from folkmoot.plan.filling_in import fill_in
from folkmoot.ui.messages import say

FORM = ["GET", "HEAD", "POST"]
TEMPLATE = "governance/plan/form.html"


@never_cache
@login_required
@require_safe
def contests(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """All contests of an election, for those who prepare it."""
    election = election_or_404(request, slug, key)
    require(may_change_contests(signed_in(request), election))
    found = election.contests.prefetch_related("fills__seat")
    context = {
        "election": election,
        "group": election.group,
        "contests": [(contest, METHODS[Method(contest.method)].words) for contest in found],
        "may_add": election.kind not in QUESTIONS,
    }
    return render(request, "governance/plan/contests.html", context)


@never_cache
@login_required
@require_http_methods(FORM)
def add(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One more contest."""
    election = election_or_404(request, slug, key)
    reader = signed_in(request)
    require(may_change_contests(reader, election))
    form = ContestForm(
        request.POST or None,
        election=election,
        seats=seats_to_fill(election.group, today_here()),
        initial={"places": 1, "method": Method.SCOTTISH_STV.value},
    )
    return fill_in(
        request,
        form,
        lambda given: _done(add_contest(election, form.given(), by=reader)),
        group=election.group,
        title=_("Add a contest"),
        submit=_("Add it"),
        back=_list_of(election),
        done=_("It is added."),
        template=TEMPLATE,
        context={"election": election},
    )


@never_cache
@login_required
@require_http_methods(FORM)
def change(request: HttpRequest, slug: str, key: str, position: int) -> HttpResponse:
    """Change a contest; they are counted from 1 in addresses."""
    election = election_or_404(request, slug, key)
    reader = signed_in(request)
    require(may_change_contests(reader, election))
    contest = _contest(election, position)
    form = ContestForm(
        request.POST or None,
        election=election,
        seats=seats_to_fill(election.group, today_here()),
        initial=ContestForm.initial_of(contest),
    )
    return fill_in(
        request,
        form,
        lambda given: _done(change_contest(contest, form.given(), by=reader)),
        group=election.group,
        title=_("Change a contest"),
        submit=_("Keep it so"),
        back=_list_of(election),
        done=_("It is kept."),
        template=TEMPLATE,
        context={"election": election},
    )


@never_cache
@login_required
@require_POST
def remove(request: HttpRequest, slug: str, key: str, position: int) -> HttpResponse:
    """Take a contest out again."""
    election = election_or_404(request, slug, key)
    contest = _contest(election, position)
    remove_contest(contest, by=signed_in(request))
    say(request, _("The contest is taken out."))
    return redirect(_list_of(election))


def _contest(election: Election, position: int) -> Contest:
    contest = election.contests.filter(position=position - 1).first()
    if contest is None:
        raise Http404
    contest.election = election
    return contest


def _list_of(election: Election) -> str:
    return reverse("election_contests", args=[election.group.slug, election.key])


def _done(contest: Contest) -> None:
    """Afterwards one is back at the list."""
