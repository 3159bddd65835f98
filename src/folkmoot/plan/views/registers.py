"""Pages of risks and stakeholders."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.groups.rules import is_open_for_work
from folkmoot.kit.verdict import require
from folkmoot.people.reader import signed_in
from folkmoot.plan.actions.registers import keep_risk, keep_stakeholder, remove_stakeholder
from folkmoot.plan.filling_in import fill_in, found, group_called, known_or_404
from folkmoot.plan.forms.registers import RiskForm, StakeholderForm
from folkmoot.plan.goal_rules import (
    may_change_risk,
    may_keep_risks,
    may_keep_stakeholders,
    may_read_stakeholders,
    may_see_inside,
)
from folkmoot.plan.models import Level, Risk, RiskState, Stakeholder
from folkmoot.plan.registers_listed import (
    RISK_COLUMNS,
    STAKEHOLDER_COLUMNS,
    risk_rows,
    risks_sorted,
    stakeholder_rows,
    stakeholders_sorted,
)
from folkmoot.plan.views.table_files import table_file
from folkmoot.ui.messages import say

FORM = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_safe
def risk_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What might go wrong, the gravest first."""
    group = group_called(slug)
    require(may_see_inside(signed_in(request), group))
    risks = risks_sorted(group)
    context = {
        "group": group,
        "open": [risk for risk in risks if risk.state != RiskState.CLOSED],
        "closed": [risk for risk in risks if risk.state == RiskState.CLOSED],
        "may_add": bool(may_keep_risks(signed_in(request), group)),
    }
    return render(request, "plan/risks.html", context)


@never_cache
@login_required
@require_safe
def risk_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The risks as CSV."""
    group = group_called(slug)
    require(may_see_inside(signed_in(request), group))
    return table_file(f"{slug}-risks.csv", RISK_COLUMNS, risk_rows(group))


@never_cache
@login_required
@require_http_methods(FORM)
def new_risk(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a risk."""
    group = group_called(slug)
    require(may_keep_risks(signed_in(request), group))
    form = RiskForm(request.POST or None, group=group, may_share=bool(may_keep_stakeholders(signed_in(request), group)))
    return fill_in(
        request,
        form,
        lambda given: keep_risk(group, **{**given, "state": RiskState(given["state"])}, by=signed_in(request)),
        group=group,
        title=_("Enter a risk"),
        intro=_("Only people in the group see it."),
        submit=_("Enter it"),
        back=reverse("plan_risks", args=[slug]),
        to=reverse("plan_risks", args=[slug]),
        done=_("It is on the list."),
    )


@never_cache
@login_required
@require_http_methods(FORM)
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """One risk: to read for people in the group, to change for who looks after it and for managers."""
    shown: Risk = found(Risk.objects.select_related("group", "owner"), pk)
    known_or_404(may_see_inside(signed_in(request), shown.group))
    verdict = may_change_risk(signed_in(request), shown)
    if request.method != "POST" and not verdict:
        return render(request, "plan/risk.html", {"risk": shown, "group": shown.group, "reason": verdict.reason})
    require(verdict)
    may_share = bool(may_keep_stakeholders(signed_in(request), shown.group))
    form = RiskForm(request.POST or None, group=shown.group, may_share=may_share, risk=shown)
    return fill_in(
        request,
        form,
        lambda given: keep_risk(
            shown.group,
            **{"is_shareable": shown.is_shareable, **given, "state": RiskState(given["state"])},
            risk=shown,
            by=signed_in(request),
        ),
        group=shown.group,
        title=shown.title,
        submit=_("Keep it so"),
        back=reverse("plan_risks", args=[shown.group.slug]),
        to=reverse("plan_risks", args=[shown.group.slug]),
        done=_("It is kept."),
    )


@never_cache
@login_required
@require_safe
def stakeholder_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has a stake in what the group does, for those who lead it."""
    group = group_called(slug)
    require(may_read_stakeholders(signed_in(request), group))
    context = {
        "group": group,
        "stakeholders": stakeholders_sorted(group),
        "why_not_add": is_open_for_work(group).reason,
    }
    return render(request, "plan/stakeholders.html", context)


@never_cache
@login_required
@require_safe
def stakeholder_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The stakeholders as CSV."""
    group = group_called(slug)
    require(may_read_stakeholders(signed_in(request), group))
    return table_file(f"{slug}-stakeholders.csv", STAKEHOLDER_COLUMNS, stakeholder_rows(group))


@never_cache
@login_required
@require_http_methods(FORM)
def new_stakeholder(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a stakeholder."""
    group = group_called(slug)
    require(may_keep_stakeholders(signed_in(request), group))
    form = StakeholderForm(request.POST or None, group=group)
    return fill_in(
        request,
        form,
        lambda given: keep_stakeholder(group, **_levels(given), by=signed_in(request)),
        group=group,
        title=_("Enter a stakeholder"),
        intro=_("Only those who lead the group see it. Write nothing that the person should not read."),
        submit=_("Enter them"),
        back=reverse("plan_stakeholders", args=[slug]),
        to=reverse("plan_stakeholders", args=[slug]),
        done=_("They are on the list."),
    )


@never_cache
@login_required
@require_http_methods(FORM)
def stakeholder(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a stakeholder, or take them off the list."""
    shown = _stakeholder(request, pk)
    form = StakeholderForm(request.POST or None, group=shown.group, stakeholder=shown)
    return fill_in(
        request,
        form,
        lambda given: keep_stakeholder(shown.group, **_levels(given), stakeholder=shown, by=signed_in(request)),
        group=shown.group,
        title=shown.name,
        submit=_("Keep it so"),
        back=reverse("plan_stakeholders", args=[shown.group.slug]),
        to=reverse("plan_stakeholders", args=[shown.group.slug]),
        done=_("It is kept."),
        template="plan/stakeholder.html",
        context={
            "stakeholder": shown,
            "cannot": is_open_for_work(shown.group).reason,
        },
    )


@never_cache
@login_required
@require_POST
def forget_stakeholder(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the list, with every word about them."""
    shown = _stakeholder(request, pk)
    remove_stakeholder(shown, by=signed_in(request))
    say(request, _("They are off the list, and what was written about them is deleted."))
    return redirect("plan_stakeholders", shown.group.slug)


def _stakeholder(request: HttpRequest, pk: int) -> Stakeholder:
    shown: Stakeholder = found(Stakeholder.objects.select_related("group", "contact"), pk)
    known_or_404(may_read_stakeholders(signed_in(request), shown.group))
    return shown


def _levels(given: dict[str, Any]) -> dict[str, Any]:
    return {**given, "interest": Level(given["interest"]), "influence": Level(given["influence"])}
