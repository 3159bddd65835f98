"""Voting: a personal link or signing in leads to the ballot, the ballot to its review, the review to the receipt.

Opening a page casts nothing. What is sent with a ballot is neither put into the session nor into any address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.governance.actions.ballots import cast_ballots
from folkmoot.governance.ballot_links import read_ballot_link
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.ballots import filled_from, new_secret, sealed_from, sealed_here
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.rolls import Voter
from folkmoot.governance.queries.ballots import Paper, accepted_among, has_voted, papers_of, shows_receipts, voters_for
from folkmoot.governance.queries.nominations import reader_of_orders
from folkmoot.governance.rules.ballots import may_vote, takes_ballots
from folkmoot.governance.views.ballot_pages import ballot_page, given_again, says_nothing, too_often
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.guards import GuardedForm, limited
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.refusals import error_page, status_of

OF_A_NETWORK = "60/m"


@dataclass(frozen=True)
class Booth:
    """An election with those for whom this reader casts ballots. `token` is that of a personal link, else empty."""

    election: Election
    voters: Sequence[Voter]
    token: str = ""

    def chosen(self, number: str) -> Voter | None:
        """For whom: whoever was chosen, or the only one."""
        if len(self.voters) == 1:
            return self.voters[0]
        return next((voter for voter in self.voters if str(voter.pk) == number), None)


@never_cache
@sensitive_variables("token")
@require_safe
def by_link(request: HttpRequest, slug: str, key: str, token: str) -> HttpResponse:
    """Whose link it is, and one button that leads to the ballot. Programs that open links or press it cast nothing."""
    if limited(request, "ballot link", OF_A_NETWORK):
        return too_often(request)
    try:
        voter = read_ballot_link(token, slug, key)
    except Refused as refused:
        return _broken_link(request, refused)
    election, verdict = voter.election, takes_ballots(voter.election, timezone.now())
    context = {
        "election": election,
        "group": election.group,
        "voter": voter,
        "token": token,
        "why_not": "" if verdict else verdict.reason,
        "has_voted": has_voted(voter),
    }
    response = render(request, "governance/ballots/by_link.html", context)
    # The address holds the token, so nobody to whom the page leads is told of it, this server included.
    response["Referrer-Policy"] = "strict-origin"
    return response


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """GET shows the ballot; POST reviews it or casts what was sealed."""
    try:
        booth = _booth(request, slug, key)
    except Refused as refused:
        return _broken_link(request, refused)
    election, person = booth.election, person_of(request)
    if not booth.voters:
        if person is None:
            return redirect_to_login(request.path)
        require(may_vote(person, election))
    given = request.POST if request.method == "POST" else request.GET
    voter = booth.chosen(given.get("for", ""))
    if voter is None:
        return _choose(request, booth)
    do = request.POST.get("do", "")
    if do == "cast":
        return _cast(request, booth, voter)
    verdict = takes_ballots(election, timezone.now())
    if has_voted(voter):
        return _state(request, booth, voter, 200)
    if not verdict:
        return _state(request, booth, voter, 409, why=verdict.reason)
    if do == "review":
        return _review(request, booth, voter)
    return _ballot(request, booth, voter, request.POST if do == "change" else None)


def _booth(request: HttpRequest, slug: str, key: str) -> Booth:
    token = request.POST.get("pass", "")
    if token:
        voter = read_ballot_link(token, slug, key)
        return Booth(voter.election, [voter], token)
    person, election = person_of(request), election_or_404(request, slug, key)
    return Booth(election, voters_for(person, election) if person is not None else [])


def _ballot(
    request: HttpRequest, booth: Booth, voter: Voter, data: QueryDict | None = None, *, asks_empty: bool = False
) -> HttpResponse:
    papers = _papers(booth, voter)
    ballots = filled_from(papers, data)
    return ballot_page(request, ballots, {**_context(request, booth, voter), "asks_empty": asks_empty})


def _papers(booth: Booth, voter: Voter) -> list[Paper]:
    return papers_of(booth.election, reader_of_orders(voter.person))


def _review(request: HttpRequest, booth: Booth, voter: Voter) -> HttpResponse:
    """What a ballot says in words, already sealed: the server keeps nothing of it, the page holds the envelopes."""
    ballots = filled_from(_papers(booth, voter), request.POST)
    if any(one.error for one in ballots):
        return _ballot(request, booth, voter, request.POST)
    if says_nothing(ballots, request.POST):
        return _ballot(request, booth, voter, request.POST, asks_empty=True)
    secret = "" if booth.election.is_final else new_secret()
    context = {
        **_context(request, booth, voter),
        "sealed": sealed_here(ballots, secret),
        "again": given_again(ballots),
        "secret": secret,
        "guard": GuardedForm(),
    }
    return render(request, "governance/ballots/review.html", context)


def _cast(request: HttpRequest, booth: Booth, voter: Voter) -> HttpResponse:
    if limited(request, "ballot cast", OF_A_NETWORK):
        return too_often(request)
    sealed, guard = sealed_from(booth.election, request.POST), GuardedForm(request.POST)
    context = {**_context(request, booth, voter), "sealed": sealed}
    if not guard.is_valid() or guard.trapped:
        context |= {"guard": guard, "form": guard}
        return render(request, "governance/ballots/review.html", context, status=400)
    by = voter.person if booth.token else signed_in(request)
    try:
        cast_ballots(
            booth.election,
            {one.contest.pk: one.envelope for one in sealed},
            by=by,
            voter=voter,
            secret_hashes={one.contest.pk: one.secret_hash for one in sealed},
        )
    except Refused as refused:
        # Whoever sends it once more, since no answer came the first time, is told that it arrived.
        receipts = {one.receipt for one in sealed}
        arrived = refused.code == "voted_already" and accepted_among(booth.election, receipts) == receipts
        if not arrived:
            return _state(request, booth, voter, status_of(refused.code), why=refused.message)
    return render(request, "governance/ballots/receipt.html", context)


def _choose(request: HttpRequest, booth: Booth) -> HttpResponse:
    person = person_of(request)
    lines = [(voter, voter.person == person, has_voted(voter)) for voter in booth.voters]
    context = {"election": booth.election, "group": booth.election.group, "lines": lines}
    return render(request, "governance/ballots/choose.html", context)


def _state(request: HttpRequest, booth: Booth, voter: Voter, status: int, why: str = "") -> HttpResponse:
    """Whether a voter has voted, where there is no ballot to fill in."""
    context = {
        **_context(request, booth, voter),
        "why": why,
        "has_voted": has_voted(voter),
        "is_public": shows_receipts(booth.election),
    }
    return render(request, "governance/ballots/state.html", context, status=status)


def _context(request: HttpRequest, booth: Booth, voter: Voter) -> dict[str, object]:
    return {
        "mode": "vote",
        "election": booth.election,
        "group": booth.election.group,
        "voter": voter,
        "token": booth.token,
        "is_other": not booth.token and voter.person != person_of(request),
    }


def _broken_link(request: HttpRequest, refused: Refused) -> HttpResponse:
    return error_page(
        request, 404, _("This link does not work"), refused.message, _("After signing in you can vote all the same.")
    )
