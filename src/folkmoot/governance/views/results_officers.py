"""What officers do with a count: sign it, release it, answer complaints, certify it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.governance.actions.results import certify, pass_on, release_results, sign_manifest
from folkmoot.governance.actions.results_certifying import cannot_be_seated
from folkmoot.governance.actions.results_complaints import answer_complaint, complain
from folkmoot.governance.domain.manifests import manifest_print, manifest_spoken, signing_key
from folkmoot.governance.domain.sealed.envelopes import fingerprint
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.results import AnswerForm, ComplaintForm, PassOnForm, ReleaseForm, SigningForm
from folkmoot.governance.models.results import Elected, ElectionBundle
from folkmoot.governance.models.results_complaints import Complaint, Outcome
from folkmoot.governance.queries.results import counts_of, officers_as_frozen
from folkmoot.governance.queries.results_words import announcement_draft
from folkmoot.governance.rules.elections import is_officer, may_watch
from folkmoot.governance.rules.results import (
    may_answer,
    may_certify,
    may_complain,
    may_release,
    may_see_result,
    may_sign,
    signing_officer,
)
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What is signed, in numbers and by its hash; the officer's browser signs it."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(may_watch(person, election))
    bundle = ElectionBundle.objects.filter(election=election).first()
    require(may_see_result(person, election))
    assert bundle is not None
    form = SigningForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_manifest(election, form.cleaned_data["jws"], by=person)
        except Refused as refused:
            form.add_error("jws", refused.message)
        else:
            say(request, _("You signed the count."))
            return redirect("election_signing", slug, key)
    officer = signing_officer(person, election)
    names = officers_as_frozen(election)
    signed = {one.officer.place: one for one in election.signatures.select_related("officer")}
    context = {
        "election": election,
        "group": election.group,
        "manifest": bundle.manifest,
        "hash": manifest_print(bundle.manifest),
        "spoken": manifest_spoken(bundle.manifest),
        "counts": counts_of(election),
        "officers": [(name, signed.get(place)) for place, name in enumerate(names)],
        "signed": len(signed),
        "may_sign": may_sign(person, election),
        "has_signed": officer is not None and officer.place in signed,
        "key": fingerprint(signing_key(election.frozen, officer.place or 0)) if officer is not None else "",
        "may_release": may_release(person, election),
    }
    return form_page(request, "governance/results/signing.html", form, **context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The draft of the announcement, and the button by which everybody sees the result."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(may_release(person, election))
    form = ReleaseForm(
        request.POST if request.method == "POST" else None, initial={"words": announcement_draft(election)}
    )
    if request.method == "POST" and form.is_valid():
        release_results(election, words=form.cleaned_data["words"], by=person)
        say(request, _("The result is released, and everybody is told."))
        return redirect("election_result", slug, key)
    context = {"election": election, "group": election.group, "counts": counts_of(election)}
    return form_page(request, "governance/results/release.html", form, **context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def certifying(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Who will be seated where; and the button that lets the result stand."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(is_officer(person, election))
    require(may_see_result(person, election))
    problem = ""
    if request.method == "POST":
        try:
            certify(election, by=person)
        except Refused as refused:
            problem = refused.message
        else:
            say(request, _("The result is certified. Terms begin on their day."))
            return redirect("election_result", slug, key)
    elected = Elected.objects.filter(contest__election=election).select_related("nomination__person", "contest")
    context = {
        "election": election,
        "group": election.group,
        "may_certify": may_certify(person, election, timezone.now()),
        "problem": problem,
        "elected": [(one, cannot_be_seated(one)) for one in elected.order_by("contest__position", "position")],
        "form": PassOnForm(),
    }
    return render(request, "governance/results/certify.html", context, status=409 if problem else 200)


@never_cache
@login_required
@require_POST
def let_next_follow(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Count again without somebody who cannot take the seat."""
    election = election_or_404(request, slug, key)
    elected = get_object_or_404(Elected, pk=pk, contest__election=election)
    follower = pass_on(elected, why=request.POST.get("why", ""), by=signed_in(request))
    if follower is None:
        say(request, _("The ballots name nobody else, so the seat stays empty."))
    else:
        say(request, _("%(name)s follows.") % {"name": follower.nomination.ballot_name})
    return redirect("certify_election", slug, key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaints(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What was answered, for everybody; what waits, for officers and monitors; and for those concerned a way to
    complain."""
    election = election_or_404(request, slug, key)
    person = person_of(request)
    require(may_see_result(person, election))
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may_complain(person, election, timezone.now()))
        assert person is not None
        if form.is_valid():
            complain(election, words=form.cleaned_data["words"], by=person)
            say(request, _("Your complaint is with the officers. You will hear from them."))
            return redirect("election_complaints", slug, key)
    watches = bool(may_watch(person, election))
    all_of_them = list(Complaint.objects.filter(election=election).select_related("by", "answered_by"))
    for one in all_of_them:
        one.election = election
    context = {
        "election": election,
        "group": election.group,
        "may_complain": may_complain(person, election, timezone.now()) if person is not None else None,
        "shown": [
            (
                one,
                watches or one.by == person,
                AnswerForm(prefix=str(one.pk)) if may_answer(person, one) else None,
            )
            for one in all_of_them
            if watches or one.is_answered or one.by == person
        ],
        "waiting": sum(not one.is_answered for one in all_of_them),
        "days": election.stages.filter(stage="complaints").first(),
    }
    return form_page(request, "governance/results/complaints.html", form, **context)


@never_cache
@login_required
@require_POST
def answer(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Answer a complaint."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    complaint = get_object_or_404(Complaint.objects.select_related("by"), pk=pk, election=election)
    complaint.election = election
    require(may_answer(person, complaint))
    form = AnswerForm(request.POST, prefix=str(complaint.pk))
    if not form.is_valid():
        context = {"election": election, "group": election.group, "complaint": complaint}
        return form_page(request, "governance/results/answer.html", form, **context)
    answer_complaint(
        complaint,
        outcome=Outcome(form.cleaned_data["outcome"]),
        answer=form.cleaned_data["answer"],
        private_answer=form.cleaned_data["private_answer"],
        by=person,
    )
    say(request, _("The complaint is answered."))
    return redirect("election_complaints", slug, key)
