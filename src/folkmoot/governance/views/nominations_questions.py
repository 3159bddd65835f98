"""Questions to candidates with all answers side by side; asking, answering, taking off."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.governance.actions.nominations_questions import answer_question, ask_candidates, take_question_off
from folkmoot.governance.candidates_page import compared, contests_of
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.nominations import AnswerForm, QuestionForm, TakeOffForm
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.models.questions import CandidateAnswer, CandidateQuestion
from folkmoot.governance.rules.elections import is_officer
from folkmoot.governance.rules.nominations import may_answer_questions, may_ask_candidates, may_take_question_off
from folkmoot.governance.views.nominations import FORM, refuse
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@require_safe
@never_cache
def questions(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Every question, with the answers of all candidates in the reader's order."""
    election, reader, now = election_or_404(request, slug, key), person_of(request), timezone.now()
    contests = contests_of(election)
    context = {
        "election": election,
        "group": election.group,
        "contests": compared(election, reader, now),
        "may_ask": may_ask_candidates(reader, contests[0], now) if reader is not None and contests else None,
        "may_take_off": is_officer(reader, election),
        "opens_at": election.opens_at,
        "voting_has_begun": election.opens_at is not None and now >= election.opens_at,
    }
    return render(request, "governance/nominations/questions.html", context)


@never_cache
@login_required
@require_http_methods(FORM)
def ask(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ask all candidates something."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    contests = contests_of(election)
    if not contests:
        raise Http404
    require(may_ask_candidates(person, contests[0], timezone.now()))
    form = QuestionForm(request.POST if request.method == "POST" else None, contests=contests)
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_candidates(form.chosen, form.cleaned_data["words"], by=person)
        except Refused as refused:
            refuse(form, refused)
        else:
            say(request, _("Your question is there. Candidates hear of new questions once a day."))
            return redirect(_at(election, asked))
    context = {"election": election, "group": election.group}
    return form_page(request, "governance/nominations/ask.html", form, **context)


@never_cache
@login_required
@require_http_methods(FORM)
def answer(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Answer a question as a candidate, or change one's answer."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    question = _question_or_404(election, pk)
    nomination = get_object_or_404(Nomination.objects.select_related("person"), contest=question.contest, person=person)
    nomination.contest = question.contest
    require(may_answer_questions(person, nomination, timezone.now()))
    given = CandidateAnswer.objects.filter(question=question, nomination=nomination).first()
    begun = {"words": given.words} if given else None
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            answer_question(question, nomination, form.cleaned_data["words"], by=person)
        except Refused as refused:
            refuse(form, refused)
        else:
            say(request, _("Your answer is there, beside those of the others."))
            return redirect(_at(election, question))
    context = {"election": election, "group": election.group, "question": question, "given": given}
    return form_page(request, "governance/nominations/answer.html", form, **context)


@never_cache
@login_required
@require_http_methods(FORM)
def take_off(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Take a question off, with a reason that stays."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(is_officer(person, election))
    question = _question_or_404(election, pk)
    require(may_take_question_off(person, question))
    form = TakeOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            take_question_off(question, form.cleaned_data["why"], by=person)
        except Refused as refused:
            refuse(form, refused)
        else:
            say(request, _("It is off. The reason stands in its place."))
            return redirect(_at(election, question))
    context = {"election": election, "group": election.group, "question": question}
    return form_page(request, "governance/nominations/take_off.html", form, **context)


def _question_or_404(election: Election, pk: int) -> CandidateQuestion:
    found = get_object_or_404(
        CandidateQuestion.objects.select_related("person", "contest"), pk=pk, contest__election=election
    )
    found.contest.election = election
    return found


def _at(election: Election, question: CandidateQuestion) -> str:
    return f"{reverse('candidate_questions', args=[election.group.slug, election.key])}#question-{question.pk}"
