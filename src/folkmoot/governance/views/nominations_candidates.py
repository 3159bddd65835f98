"""All candidates of an election, one of them, endorsing them, and what officers say about who may stand."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.governance.actions.nominations import let_stand, mark_ineligible
from folkmoot.governance.actions.nominations_endorsing import endorse, take_endorsement_back
from folkmoot.governance.candidate_criteria import criteria_found
from folkmoot.governance.candidates_page import (
    candidate_or_404,
    candidate_page,
    contests_of,
    lines_of,
    nomination_or_404,
)
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.nominations import EndorseForm, IneligibleForm
from folkmoot.governance.models.nominations import JUDGED
from folkmoot.governance.models.questions import CandidateQuestion
from folkmoot.governance.notices.nominations import candidate_path
from folkmoot.governance.rules.nominations import (
    may_endorse,
    may_judge_candidates,
    may_nominate,
)
from folkmoot.governance.views.nominations import FORM, refuse
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.models import Affiliation
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@require_safe
@never_cache
def candidates(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Who stands, to each reader in an order of their own."""
    election, reader, now = election_or_404(request, slug, key), person_of(request), timezone.now()
    contests = contests_of(election)
    context = {
        "election": election,
        "group": election.group,
        "is_signed_in": reader is not None,
        "contests": lines_of(election, reader, now),
        "may_nominate": may_nominate(reader, contests[0], now) if reader is not None and contests else None,
        "has_questions": CandidateQuestion.objects.filter(contest__election=election).exists(),
    }
    return render(request, "governance/nominations/candidates.html", context)


@require_safe
@never_cache
def candidate(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """One candidate, for everybody."""
    election, reader, now = election_or_404(request, slug, key), person_of(request), timezone.now()
    nomination = candidate_or_404(election, pk)
    context = {
        "election": election,
        "group": election.group,
        "page": candidate_page(nomination, reader),
        "nomination": nomination,
        "contest": nomination.contest,
        "reader": reader,
        "is_own": reader is not None and nomination.person_id == reader.pk,
        "may_endorse": may_endorse(reader, nomination, now) if reader is not None else None,
        "may_judge": may_judge_candidates(reader, election),
    }
    return render(request, "governance/nominations/candidate.html", context)


@never_cache
@login_required
@require_http_methods(FORM)
def endorse_candidate(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Stand by a candidate, or change what one said."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    nomination = candidate_or_404(election, pk)
    require(may_endorse(person, nomination, timezone.now()))
    own = nomination.endorsements.filter(person=person).first()
    work = Affiliation.objects.filter(person=person, ended_on=None).first()
    begun = {"affiliation": own.affiliation if own else work.organisation if work else "", "words": own and own.words}
    form = EndorseForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            endorse(nomination, given["affiliation"], given["words"], by=person)
        except Refused as refused:
            refuse(form, refused)
        else:
            say(request, _("You stand by them. You can take it back while endorsements are taken."))
            return redirect(candidate_path(nomination))
    context = {"election": election, "group": election.group, "nomination": nomination, "own": own}
    return form_page(request, "governance/nominations/endorse.html", form, **context)


@never_cache
@login_required
@require_POST
def take_back(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Stand by somebody no longer."""
    nomination = candidate_or_404(election_or_404(request, slug, key), pk)
    take_endorsement_back(nomination, by=signed_in(request))
    say(request, _("Your endorsement is taken back."))
    return redirect(candidate_path(nomination))


@never_cache
@login_required
@require_http_methods(FORM)
def judge(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Say that somebody may not stand, with a reason; their appeal stands beside it."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(may_judge_candidates(person, election))
    nomination = nomination_or_404(election, pk)
    if nomination.state not in JUDGED:
        raise Http404  # A no is between somebody and those who nominated them.
    form = IneligibleForm(request.POST if request.method == "POST" else None, initial={"why": nomination.why_ended})
    if request.method == "POST" and form.is_valid():
        try:
            mark_ineligible(nomination, form.cleaned_data["why"], by=person)
        except Refused as refused:
            refuse(form, refused)
        else:
            say(request, _("They are told the reason, and that they may ask you to look again."))
            return redirect(election)
    context = {
        "election": election,
        "group": election.group,
        "nomination": nomination,
        "findings": criteria_found(nomination, timezone.now()),
    }
    return form_page(request, "governance/nominations/judge.html", form, **context)


@never_cache
@login_required
@require_POST
def let_candidate_stand(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Say that somebody may stand after all."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(may_judge_candidates(person, election))
    let_stand(nomination_or_404(election, pk), by=person)
    say(request, _("They may stand, and are told."))
    return redirect(election)
