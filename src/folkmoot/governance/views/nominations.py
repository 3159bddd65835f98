"""Nominating somebody, and what one does with one's own nomination."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.governance.actions.nominations import (
    answer_nomination,
    appeal,
    nominate,
    stop_nominating,
    withdraw_candidacy,
)
from folkmoot.governance.candidate_criteria import criteria_found, unfulfilled
from folkmoot.governance.candidates_page import contests_of, nomination_or_404
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.nominations import AppealForm, CandidateForm, NominateForm
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.nominations import Nomination, NominationState
from folkmoot.governance.nomination_links import read_decline_link
from folkmoot.governance.notices.nominations import candidate_path
from folkmoot.governance.queries.nominations import candidate_days_of, endorsed
from folkmoot.governance.rules.nominations import (
    may_answer_nomination,
    may_appeal,
    may_be_nominated,
    may_nominate,
    may_withdraw_candidacy,
)
from folkmoot.groups.queries import groups_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.guards import GuardedForm, limited
from folkmoot.people.models import Affiliation, Person
from folkmoot.people.reader import signed_in
from folkmoot.plan.who import people_in_any
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

FORM = ["GET", "HEAD", "POST"]
MOST_NOMINATIONS = "30/h"
MOST_TO_CHOOSE_FROM = 2000


def refuse(form: forms.Form, refused: Refused) -> None:
    """Put a refusal where it belongs in the form."""
    field = refused.params.get("field")
    form.add_error(field if isinstance(field, str) and field in form.fields else None, refused.message)


@never_cache
@login_required
@require_http_methods(FORM)
def new(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Nominate oneself or somebody else; `?person=` and `?contest=` are chosen already."""
    person, election = signed_in(request), election_or_404(request, slug, key)
    contests = contests_of(election)
    if not contests:
        raise Http404
    now = timezone.now()
    require(may_nominate(person, contests[0], now))
    form = NominateForm(
        request.POST if request.method == "POST" else None,
        by=person,
        people=_people(person, election, request.POST.get("person") or request.GET.get("person", "")),
        contests=contests,
        initial={"person": request.GET.get("person", ""), "contest": request.GET.get("contest", "")},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if limited(request, "nominate", MOST_NOMINATIONS, about=f"person {person.pk}"):
                raise Refused(_("That were many nominations. Please go on in an hour."), code="too_many")
            made = nominate(form.chosen, form.whom, given["why"], by=person, shows=given["shows"])
        except Refused as refused:
            refuse(form, refused)
        else:
            if made.person_id == person.pk:
                return redirect("my_nomination", slug, key, made.pk)
            say(request, _("Thank you. They are asked now; nobody else reads it before they say yes."))
            return redirect(election)
    others = Nomination.objects.filter(contest__election=election, nominators__person=person).exclude(person=person)
    context: dict[str, Any] = {
        "election": election,
        "group": election.group,
        "days": candidate_days_of(election),
        "made": others.select_related("person", "contest").order_by("pk"),
    }
    return form_page(request, "governance/nominations/nominate.html", form, **context)


def _people(person: Person, election: Election, wanted: str) -> list[Person]:
    """Whom one can choose: people of one's groups, and whoever was chosen on the way here and may be nominated."""
    known = list(people_in_any([election.group, *groups_of(person)])[:MOST_TO_CHOOSE_FROM])
    asked = Person.objects.filter(pk=int(wanted)).first() if wanted.isascii() and wanted.isdigit() else None
    if asked is not None and asked not in known and may_be_nominated(asked, contests_of(election)[0], by=person):
        known.append(asked)
    return known


def own_nomination_or_404(request: HttpRequest, election: Election, pk: int) -> Nomination:
    """One's own nomination; what others were nominated for is nobody's business."""
    found = nomination_or_404(election, pk)
    if found.person_id != signed_in(request).pk:
        raise Http404
    return found


@never_cache
@login_required
@require_http_methods(FORM)
def mine(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """One's own nomination: who made it, what is asked, and the page that one fills in with a yes."""
    election = election_or_404(request, slug, key)
    nomination, person, now = own_nomination_or_404(request, election, pk), signed_in(request), timezone.now()
    may_answer = may_answer_nomination(person, nomination, now)
    form = CandidateForm(
        request.POST if request.method == "POST" else None,
        initial={
            "statement": nomination.statement,
            "affiliation": nomination.affiliation or _affiliation_of(person, nomination),
        },
    )
    if request.method == "POST":
        require(may_answer)
        if form.is_valid():
            given = form.cleaned_data
            try:
                answer_nomination(
                    nomination, True, by=person, statement=given["statement"], affiliation=given["affiliation"]
                )
            except Refused as refused:
                refuse(form, refused)
            else:
                say(request, _("You stand. This is your page as everybody reads it."))
                if unfulfilled(nomination, now):
                    say(request, _("Not all that is asked of you holds yet. See your nomination."), level="warning")
                return redirect(candidate_path(nomination))
    return form_page(request, "governance/nominations/mine.html", form, **_own_context(nomination, person))


def _own_context(nomination: Nomination, person: Person) -> dict[str, Any]:
    now = timezone.now()
    is_open = nomination.state in (NominationState.PROPOSED, NominationState.STANDING)
    return {
        "election": nomination.contest.election,
        "group": nomination.contest.election.group,
        "nomination": nomination,
        "contest": nomination.contest,
        "nominators": nomination.nominators.exclude(person=person).select_related("person"),
        "days": candidate_days_of(nomination.contest.election),
        "endorsed": endorsed(nomination),
        "findings": criteria_found(nomination, now) if is_open else (),
        "may_answer": may_answer_nomination(person, nomination, now),
        "may_withdraw": may_withdraw_candidacy(person, nomination, now),
        "may_appeal": may_appeal(person, nomination),
        "may_nominate": may_nominate(person, nomination.contest, now),
        "stands": nomination.is_standing,
    }


def _affiliation_of(person: Person, nomination: Nomination) -> str:
    if nomination.is_standing:
        return ""
    last = Affiliation.objects.filter(person=person, ended_on=None).first()
    return last.organisation if last is not None else ""


@never_cache
@login_required
@require_POST
def decline(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Say no."""
    election = election_or_404(request, slug, key)
    answer_nomination(own_nomination_or_404(request, election, pk), False, by=signed_in(request))
    say(request, _("You do not stand. Those who nominated you are told, and nobody else."))
    return redirect(election)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Stand no longer."""
    election = election_or_404(request, slug, key)
    done = withdraw_candidacy(own_nomination_or_404(request, election, pk), by=signed_in(request))
    if done.place is None:
        say(request, _("You stand no longer, and your page is gone."))
    else:
        say(request, _("You stand no longer. Your name stays on the ballot, marked as withdrawn, and is not counted."))
    return redirect(election)


@never_cache
@login_required
@require_http_methods(FORM)
def appeal_to_officers(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Ask the officers to look again."""
    election = election_or_404(request, slug, key)
    nomination = own_nomination_or_404(request, election, pk)
    require(may_appeal(signed_in(request), nomination))
    form = AppealForm(request.POST if request.method == "POST" else None, initial={"words": nomination.appeal})
    if request.method == "POST" and form.is_valid():
        try:
            appeal(nomination, form.cleaned_data["words"], by=signed_in(request))
        except Refused as refused:
            refuse(form, refused)
        else:
            say(request, _("The officers have it. They answer you here and by mail."))
            return redirect("my_nomination", slug, key, pk)
    context = {"election": election, "group": election.group, "nomination": nomination}
    return form_page(request, "governance/nominations/appeal.html", form, **context)


@never_cache
@login_required
@require_POST
def take_back(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Nominate somebody no longer."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    nomination = nomination_or_404(election, pk)
    if not nomination.nominators.filter(person=person).exists():
        raise Http404
    stop_nominating(nomination, by=person)
    say(request, _("You nominate them no longer."))
    return redirect("nominate", slug, key)


@never_cache
@sensitive_variables("token")
@require_http_methods(FORM)
def decline_by_link(request: HttpRequest, slug: str, key: str, token: str) -> HttpResponse:
    """Say no from a mail, without signing in: GET shows one button and changes nothing."""
    template = "governance/nominations/decline.html"
    try:
        found = read_decline_link(token)
    except Refused as refused:
        return render(request, template, {"why": refused.message}, status=404)
    if found.contest.election.key != key or found.contest.election.group.slug != slug or found.person is None:
        raise Http404
    context: dict[str, object] = {"nomination": found, "contest": found.contest}
    form = GuardedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not form.trapped:
        try:
            answer_nomination(found, False, by=found.person)
        except Refused as refused:
            return render(request, template, {**context, "why": refused.message}, status=409)
        return render(request, template, {**context, "is_done": True})
    if found.state == NominationState.DECLINED:
        return render(request, template, {**context, "is_done": True})
    if found.state != NominationState.PROPOSED:
        return render(request, template, {**context, "why": _("It waits for no answer any more.")})
    return form_page(request, template, form, **context)
