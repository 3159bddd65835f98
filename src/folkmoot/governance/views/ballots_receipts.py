"""What anybody may see of the ballots of an election, and trying one before it counts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from folkmoot.governance.actions.ballots import replace_ballots
from folkmoot.governance.ballot_links import read_ballot_link
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.ballots import (
    RECEIPT,
    ReceiptForm,
    ReplaceForm,
    filled_from,
    sealed_from,
    sealed_here,
)
from folkmoot.governance.models.elections import Election
from folkmoot.governance.queries.ballots import (
    accepted_among,
    accepted_receipts,
    election_page,
    papers_of,
    shows_receipts,
    trial_papers,
)
from folkmoot.governance.rules.ballots import takes_ballots
from folkmoot.governance.views.ballot_pages import ballot_page, given_again, says_nothing, too_often
from folkmoot.kit.errors import Refused
from folkmoot.people.guards import limited
from folkmoot.people.reader import person_of
from folkmoot.ui.form_pages import form_page

LOOKED_FOR = "20/m"
SECRETS_TRIED = "20/h"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """All accepted receipts once voting is over, and whether one receipt is among them. A receipt is never in an
    address, where a log would keep it."""
    if request.POST.get("do") == "download":
        return _as_file(request, slug, key)
    election = election_or_404(request, slug, key)
    is_public = shows_receipts(election)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"election": election, "group": election.group}
    if request.method == "POST":
        if _is_limited(request):
            return too_often(request)
        if form.is_valid():
            context |= _answer(bool(accepted_among(election, [form.cleaned_data["receipt"]])), is_public)
    if is_public:
        context["lists"] = [(contest, accepted_receipts(contest)) for contest in election.contests.all()]
        context["turnout"] = election.turnout.count()
    return form_page(request, "governance/ballots/receipts.html", form, **context)


def _is_limited(request: HttpRequest) -> bool:
    person = person_of(request)
    by_network = limited(request, "receipt", LOOKED_FOR)
    return by_network or (person is not None and limited(request, "receipt", LOOKED_FOR, about=f"person {person.pk}"))


def _answer(is_there: bool, is_public: bool) -> dict[str, str]:
    if is_there:
        title, words = _("It is among the accepted"), _("The envelope with this receipt is kept as it was handed in.")
        return {"tone": "success", "answer_title": title, "answer": words}
    if is_public:
        words = _(
            "No envelope with this receipt was accepted. If it is yours, tell the officers: they take complaints."
        )
    else:
        words = _("No envelope with this receipt is here. A ballot that was replaced has another receipt.")
    return {"tone": "warn", "answer_title": _("It is not among the accepted"), "answer": words}


def _as_file(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The receipts that were just shown, as text; by the link also in an election that not everybody may see."""
    token = request.POST.get("pass", "")
    election = read_ballot_link(token, slug, key).election if token else election_or_404(request, slug, key)
    given = [receipt for receipt in request.POST.getlist("receipt")[:20] if RECEIPT.fullmatch(receipt)]
    page = request.build_absolute_uri(election_page(election, "receipts"))
    lines = [election.title, "", *given, "", _("When voting is over, look for it here:"), page, ""]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="receipt.txt"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def practice_ballot(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A ballot with invented candidates, for everybody; what is sent without scripts is shown and forgotten."""
    election = election_or_404(request, slug, key)
    posted = request.POST if request.method == "POST" else None
    ballots = filled_from(trial_papers(election), posted)
    context = {"mode": "practice", "election": election, "group": election.group}
    if posted is None or posted.get("do") == "change" or any(one.error for one in ballots):
        return ballot_page(request, ballots, context)
    if says_nothing(ballots, posted):
        return ballot_page(request, ballots, {**context, "asks_empty": True})
    context |= {"ballots": ballots, "again": given_again(ballots)}
    return render(request, "governance/ballots/tried.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Replace a ballot by its secret. Nobody is asked who they are, and who is signed in makes no difference."""
    election = election_or_404(request, slug, key)
    if election.is_final:
        raise Refused(_("In this election a ballot that was cast stays as it is."), code="final")
    verdict = takes_ballots(election, timezone.now())
    if not verdict:
        raise Refused(verdict.reason, code="closed")
    context = {"mode": "replace", "election": election, "group": election.group}
    if request.POST.get("do") == "cast":
        return _replace(request, election, context)
    # Nobody's own order: whoever has one would be known by it.
    ballots = filled_from(papers_of(election, "replacing"), request.POST if request.method == "POST" else None)
    is_review = request.POST.get("do") == "review"
    if not is_review or any(one.error for one in ballots):
        return ballot_page(request, ballots, {**context, "guard": ReplaceForm()})
    if says_nothing(ballots, request.POST):
        return ballot_page(request, ballots, {**context, "guard": ReplaceForm(), "asks_empty": True})
    context |= {"sealed": sealed_here(ballots, ""), "again": given_again(ballots), "guard": ReplaceForm()}
    return render(request, "governance/ballots/review.html", context)


def _replace(request: HttpRequest, election: Election, context: dict[str, object]) -> HttpResponse:
    if limited(request, "ballot secret", SECRETS_TRIED):
        return too_often(request)
    form, sealed = ReplaceForm(request.POST), sealed_from(election, request.POST)
    if form.is_valid() and not form.trapped:
        try:
            secret = form.cleaned_data["secret"].strip()
            replace_ballots(election, secret, {one.contest.pk: one.envelope for one in sealed})
        except Refused as refused:
            if refused.code != "wrong_secret":
                raise
            form.add_error("secret", refused.message)
        else:
            return render(request, "governance/ballots/receipt.html", {**context, "sealed": sealed})
    context |= {"sealed": sealed, "guard": form, "form": form}
    return render(request, "governance/ballots/review.html", context, status=400)
