"""Opening the ballots, for the officers of an election: one page, what their browsers fetch, what they hand in.

Private keys and passphrases never come here. Envelopes go out without the roll, in the order of their receipts, which
is as good as drawn.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from folkmoot.governance.actions.opening import close_voting, count_agreed, hand_in_rankings, nonce_of, send_shares
from folkmoot.governance.actions.opening_wiping import say_key_destroyed
from folkmoot.governance.domain.sealed.opening import ENVELOPES_FORMAT, write_file
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.opening import OpenedFileForm, RankingsForm, SharesForm, parts_of
from folkmoot.governance.models.elections import Contest, Election, ElectionState
from folkmoot.governance.models.officers import ElectionOfficer
from folkmoot.governance.models.results import ElectionBundle
from folkmoot.governance.queries.elections import duty_of
from folkmoot.governance.queries.opening import OpeningProgress, envelopes_of, opening_of, shares_for
from folkmoot.governance.rules.elections import is_officer, may_watch
from folkmoot.governance.rules.opening import (
    may_close_voting,
    may_count_ballots,
    may_destroy_key,
    may_open_ballots,
)
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say

BATCH: Final = 500
LONGEST_RECEIPT: Final = 64


@never_cache
@login_required
@require_safe
def opening(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """How far the opening is, and the one thing that this officer can do now; monitors read."""
    person = signed_in(request)
    election = election_or_404(request, slug, key)
    require(may_watch(person, election))
    return _page(request, election, person)


@never_cache
@login_required
@require_POST
def close(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """End the vote, where the schedule has not done it yet."""
    election = election_or_404(request, slug, key)
    close_voting(election, by=signed_in(request))
    say(request, _("Voting is closed."))
    return redirect("election_opening", slug, key)


@never_cache
@login_required
@require_safe
def envelopes(request: HttpRequest, slug: str, key: str, position: int) -> HttpResponse:
    """A batch of the envelopes of one contest; `?after=` is the receipt that the answer before gave as `next`."""
    election, _officer = _at_opening(request, slug, key)
    contest = get_object_or_404(Contest, election=election, position=position)
    found = envelopes_of(contest, after=request.GET.get("after", "")[:LONGEST_RECEIPT], most=BATCH)
    return JsonResponse(
        {"envelopes": list(found.values()), "next": max(found, default=""), "is_last": len(found) < BATCH}
    )


@never_cache
@login_required
@require_safe
def envelopes_file(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """All that `folkmoot election-open` needs, in one file: envelopes, and what others sealed to this officer."""
    election, officer = _at_opening(request, slug, key)
    contests = list(election.contests.order_by("position"))
    counting = [one.officer.place for one in opening_of(election).counting]
    text = write_file(
        ENVELOPES_FORMAT,
        election.frozen,
        {contest.position: list(envelopes_of(contest).values()) for contest in contests},
        place=officer.place,
        counting=counting,
        got={str(contest.position): shares_for(officer, contest) for contest in contests},
    )
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{election.key}-envelopes.json"'
    return answer


@never_cache
@login_required
@require_safe
def got(request: HttpRequest, slug: str, key: str, position: int) -> HttpResponse:
    """What others sealed to this officer of one contest, by the place of whoever sent it."""
    election, officer = _at_opening(request, slug, key)
    contest = get_object_or_404(Contest, election=election, position=position)
    return JsonResponse({"shares": shares_for(officer, contest)})


@never_cache
@login_required
@require_POST
def shares(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """An officer's shares, sealed to those who count."""

    def take(election: Election, said: dict[str, Any], person: Person) -> OpeningProgress:
        sealed = {
            position: {int(place): str(text) for place, text in part.items()}
            for position, part in parts_of(said).items()
        }
        return send_shares(election, sealed, by=person)

    return _taken(request, slug, key, SharesForm, take, _("Thank you. Your share of the ballots is opened."))


@never_cache
@login_required
@require_POST
def rankings(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The rankings that an officer found in the envelopes of all contests."""

    def take(election: Election, said: dict[str, Any], person: Person) -> OpeningProgress:
        return hand_in_rankings(election, parts_of(said), by=person)

    return _taken(request, slug, key, RankingsForm, take, _("Thank you. What you found is handed in."))


@never_cache
@login_required
@require_POST
def count(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Count what the officers agree on, where something stood in the way before."""
    election = election_or_404(request, slug, key)
    count_agreed(election, by=signed_in(request))
    say(request, _("The ballots are counted."))
    return redirect(election)


@never_cache
@login_required
@require_POST
def key_destroyed(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """An officer says that their key file is gone."""
    election = election_or_404(request, slug, key)
    say_key_destroyed(election, by=signed_in(request))
    say(request, _("Thank you. Nobody can open the old ballots with your key any more."))
    return redirect("election_opening", slug, key)


Take = Callable[[Election, dict[str, Any], Person], OpeningProgress]


def _taken(
    request: HttpRequest, slug: str, key: str, form_class: type[OpenedFileForm], take: Take, words: str
) -> HttpResponse:
    """A file that was handed in by a form or by the page's script, which wants to know how to go on."""
    person = signed_in(request)
    election = election_or_404(request, slug, key)
    require(is_officer(person, election))
    wants_json = request.headers.get("Accept", "") == "application/json"
    form = form_class(request.POST, request.FILES)
    if form.is_valid():
        try:
            if form.said["frozen"] != election.frozen_hash:
                raise Refused(_("This file belongs to another election."), code="other_election")
            after = take(election, form.said, person)
        except Refused as refused:
            if refused.code == "forbidden" and not wants_json:
                raise
            form.add_error("file", refused.message)
        else:
            if not wants_json:
                say(request, words)
                return redirect("election_opening", slug, key)
            mine = after.of(person)
            return JsonResponse({"may_count": bool(may_count_ballots(election, mine, after))})
    if wants_json:
        problems = [str(each) for each in form.errors.get("file", [])]
        return JsonResponse({"problem": " ".join(problems)}, status=409)
    return _page(request, election, person, form=form)


def _at_opening(request: HttpRequest, slug: str, key: str) -> tuple[Election, ElectionOfficer]:
    """The election, closed and not yet wiped, and the reader as the officer with a key that they are."""
    election = election_or_404(request, slug, key)
    require(is_officer(signed_in(request), election))
    if election.state != ElectionState.CLOSED:
        raise Refused(_("Envelopes go to officers once voting is over, until the result is signed."), code="not_closed")
    officer = duty_of(signed_in(request), election)
    if officer is None or officer.place is None:
        raise Refused(_("The ballots of this election are not sealed to your key."), code="forbidden")
    return election, officer


def _page(
    request: HttpRequest, election: Election, person: Person, *, form: OpenedFileForm | None = None
) -> HttpResponse:
    progress, now = opening_of(election), timezone.now()
    mine = progress.of(person)
    may_open, may_count = may_open_ballots(election, mine, progress), may_count_ballots(election, mine, progress)
    # Who has counted does so again only where officers found different rankings.
    counts = bool(may_count) and mine is not None and (not mine.has_counted or bool(progress.differing))
    goes_on = counts or (bool(may_open) and mine is not None and not mine.has_opened)
    context = {
        "election": election,
        "group": election.group,
        "opening": progress,
        "mine": mine,
        "may_close": may_close_voting(person, election, now),
        "why_waiting": may_open.reason or may_count.reason,
        "waits_for_others": bool(may_open),
        "is_counted": ElectionBundle.objects.filter(election=election).exists(),
        "goes_on": goes_on,
        "may_destroy": may_destroy_key(mine.officer if mine is not None else None, election, now),
        "step": _step(election, progress),
        "nonce": nonce_of(election),
        "voters": election.voters.count(),
        "counting": json.dumps([one.officer.place for one in progress.counting]),
        "contests": json.dumps([tally.contest.position for tally in progress.tallies]),
        "envelopes": sum(tally.envelopes for tally in progress.tallies),
        "shares_form": form if isinstance(form, SharesForm) else SharesForm(),
        "rankings_form": form if isinstance(form, RankingsForm) else RankingsForm(),
        "form": form,
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "governance/opening/opening.html", context, status=status)


def _step(election: Election, progress: OpeningProgress) -> int:
    """At which of the four steps of the page this is; beyond them once the count is signed."""
    if not election.is_frozen or election.state == ElectionState.OPEN:
        return 1
    if election.state != ElectionState.CLOSED:
        return 5
    if progress.is_agreed:
        return 4
    return 3 if progress.may_be_counted and progress.needed > 1 else 2
