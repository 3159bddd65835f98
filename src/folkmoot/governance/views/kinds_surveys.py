"""Answering without a name, and reading what was found."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.governance.actions.kinds_surveys import answer_survey, ask_body
from folkmoot.governance.domain.steps_of_counts import STEP
from folkmoot.governance.forms.kinds import SurveyForm
from folkmoot.governance.models.kinds import Survey, SurveyKind
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.queries.kinds import found_by
from folkmoot.governance.rules.kinds import may_answer_survey, may_know_of_survey, may_read_survey
from folkmoot.groups.models import Group
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import person_of, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions for whoever is asked, and once it is over what was found."""
    found = get_object_or_404(Survey.objects.select_related("group", "election__group"), pk=pk)
    reader = person_of(request)
    if not may_know_of_survey(reader, found):
        raise Http404
    today = day_in(found.election, timezone.now()) if found.election is not None else today_here()
    may_answer = may_answer_survey(reader, found, on=today)
    has_answered = reader is not None and found.answered.filter(person=reader).exists()
    form = SurveyForm(request.POST if request.method == "POST" else None, kind=SurveyKind(found.kind))
    if request.method == "POST":
        require(may_answer)
        if form.is_valid():
            answer_survey(found, form.cleaned_data, by=signed_in(request))
            say(request, _("Thank you. Your answers are kept without your name."))
            return redirect("survey", found.pk)
    may_read = may_read_survey(reader, found)
    context = {
        "survey": found,
        "may_answer": may_answer,
        "has_answered": has_answered,
        "may_read": may_read,
        "found": found_by(found) if may_read else [],
        "step": STEP,
    }
    return form_page(request, "governance/kinds/survey.html", form, **context)


@never_cache
@login_required
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask those who hold seats of a group."""
    group = get_object_or_404(Group, slug=slug)
    begun = ask_body(group, by=signed_in(request))
    say(request, _("Those who hold a seat were asked; what they say can be read when it is over."))
    return redirect("survey", begun.pk)
