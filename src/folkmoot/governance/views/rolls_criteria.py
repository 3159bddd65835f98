"""What an election asks of voters and candidates, edited by who prepares it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.governance.actions.rolls import (
    add_criterion,
    allow_proxies,
    move_criterion,
    remove_criterion,
    set_reach,
    take_suggested,
)
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.rolls import CriterionForm, ProxiesForm, ReachForm
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.rolls import ElectionCriterion, Whom
from folkmoot.governance.queries.rolls import asked_of_all, criteria_of, proxies_most
from folkmoot.governance.roll_criteria import CRITERIA
from folkmoot.governance.roll_suggestions import suggested
from folkmoot.governance.rules.elections import may_prepare
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@require_safe
@never_cache
@login_required
def criteria(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What is asked, what the charter suggests, and what could be asked besides."""
    election = _prepared(request, slug, key)
    return render(request, "governance/rolls/criteria.html", _page(election))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str, key: str, whom: str, name: str) -> HttpResponse:
    """Ask something more."""
    election = _prepared(request, slug, key)
    criterion = CRITERIA.get(name)
    if criterion is None or whom not in Whom.values or whom not in criterion.whom:
        raise Http404
    form = CriterionForm(request.POST if request.method == "POST" else None, criterion=criterion, election=election)
    if request.method == "POST" and form.is_valid():
        try:
            add_criterion(election, Whom(whom), name, form.cleaned_data, by=signed_in(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, _("This is asked now."))
            return redirect("roll_criteria", slug, key)
    context = {"election": election, "group": election.group, "criterion": criterion, "whom": Whom(whom)}
    return form_page(request, "governance/rolls/criterion.html", form, **context)


@require_POST
@login_required
def take(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Take over what the charter suggests."""
    take_suggested(_prepared(request, slug, key), by=signed_in(request))
    say(request, _("What the charter says of votes is asked now."))
    return redirect("roll_criteria", slug, key)


@require_POST
@login_required
def proxies(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Say whether votes can be given away."""
    election = _prepared(request, slug, key)
    form = ProxiesForm(request.POST)
    if form.is_valid():
        try:
            allow_proxies(election, form.cleaned_data["most"], by=signed_in(request))
        except Refused as refused:
            form.add_error("most", refused.message)
        else:
            say(request, _("This is kept."))
            return redirect("roll_criteria", slug, key)
    return form_page(request, "governance/rolls/criteria.html", form, **_page(election) | {"proxies_form": form})


@require_POST
@login_required
def reach(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Say of which groups people elect."""
    election = _prepared(request, slug, key)
    form = ReachForm(request.POST)
    if form.is_valid():
        set_reach(election, below=form.cleaned_data["below"], by=signed_in(request))
        say(request, _("This is kept."))
        return redirect("roll_criteria", slug, key)
    return form_page(request, "governance/rolls/criteria.html", form, **_page(election) | {"reach_form": form})


@require_POST
@login_required
def change(request: HttpRequest, slug: str, key: str, pk: int, what: str) -> HttpResponse:
    """Remove a criterion, or show it earlier or later."""
    election = _prepared(request, slug, key)
    criterion = get_object_or_404(ElectionCriterion.objects.select_related("election__group"), pk=pk, election=election)
    if what == "remove":
        remove_criterion(criterion, by=signed_in(request))
        say(request, _("This is asked no more."))
    elif what in ("up", "down"):
        move_criterion(criterion, up=what == "up", by=signed_in(request))
    else:
        raise Http404
    return redirect("roll_criteria", slug, key)


def _prepared(request: HttpRequest, slug: str, key: str) -> Election:
    election = election_or_404(request, slug, key)
    require(may_prepare(signed_in(request), election))
    return election


def _page(election: Election) -> dict[str, object]:
    now = timezone.now()
    asked = [
        (whom, list(zip(criteria_of(election, whom), asked_of_all(election, whom, now), strict=True))) for whom in Whom
    ]
    names = {one.name for one in election.criteria.all() if one.whom == Whom.VOTERS}
    slug = election.group.slug
    return {
        "election": election,
        "group": election.group,
        "proxies_form": ProxiesForm(initial={"most": proxies_most(election)}),
        "reach_form": ReachForm(initial={"below": "yes" if election.reaches_below else "no"}),
        "has_groups_below": election.reaches_below or election.group.children.exists(),
        "asked": [
            (whom, lines, [entry for entry in CRITERIA.entries() if whom in entry.item.whom]) for whom, lines in asked
        ],
        "suggestions": [
            (CRITERIA[one.name].label, one.clause, one.clause.path(slug) if one.clause else "")
            for one in suggested(election)
            if one.name not in names
        ],
    }
