"""Asking to vote by exception, and answering."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from folkmoot.governance.actions.rolls_exceptions import answer_exception, appeal_exception, ask_exception
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.rolls import AnswerForm, AppealForm, ReasonForm
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.rolls_exceptions import RollException
from folkmoot.governance.rules.rolls import answerer, may_read_exceptions
from folkmoot.governance.views.rolls import own_page
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@require_POST
@login_required
def ask(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ask to be on the roll though a criterion does not hold."""
    election = election_or_404(request, slug, key)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return own_page(request, election, form)
    ask_exception(election, form.cleaned_data["reason"], by=signed_in(request))
    say(request, _("The officers were asked. You hear from them here and by mail."))
    return redirect("roll_me", slug, key)


@require_POST
@login_required
def appeal(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ask for a second answer, by somebody else."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    exception = get_object_or_404(_exceptions(election), person=person)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return own_page(request, election, form)
    appeal_exception(exception, form.cleaned_data["reason"], by=person)
    say(request, _("Somebody else looks at it now."))
    return redirect("roll_me", slug, key)


@require_safe
@never_cache
@login_required
def exceptions(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Everybody who asked, for those who answer and those who watch."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(may_read_exceptions(person, election))
    return render(request, "governance/rolls/exceptions.html", _page(election, person))


@require_POST
@login_required
def answer(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Say yes or no, with a reason; what was written stays where it is not accepted."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    require(may_read_exceptions(person, election))
    exception = get_object_or_404(_exceptions(election), pk=pk)
    form = AnswerForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            answer_exception(exception, form.cleaned_data["granted"] == "yes", form.cleaned_data["why"], by=person)
        except Refused as refused:
            if refused.code == "forbidden":
                raise
            form.add_error("why", refused.message)
        else:
            say(request, _("Whoever asked was told."))
            return redirect("roll_exceptions", slug, key)
    return render(request, "governance/rolls/exceptions.html", _page(election, person, form), status=400)


def _exceptions(election: Election) -> QuerySet[RollException]:
    return RollException.objects.filter(election=election).select_related(
        "election__group", "person", "answered_by", "settled_by"
    )


def _page(election: Election, person: Person, sent: AnswerForm | None = None) -> dict[str, object]:
    lines, stand = [], answerer(person, election)
    for one in _exceptions(election):
        prefix = str(one.pk)
        form = sent if sent is not None and sent.prefix == prefix else AnswerForm(prefix=prefix)
        lines.append((one, stand.may_answer(one) if one.is_waiting else None, form))
    return {"election": election, "group": election.group, "lines": lines, "form": sent}
