"""Pages of initiatives."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.kit.verdict import require
from folkmoot.ledger.queries import entries_on
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.plan.actions.initiatives import change_initiative, move_initiative, propose_initiative, write_update
from folkmoot.plan.domain.lifecycle import FOLLOWS, Stage
from folkmoot.plan.filling_in import fill_in, found, group_called, known_or_404
from folkmoot.plan.forms.initiatives import InitiativeForm, ProposalForm, StageForm, UpdateForm
from folkmoot.plan.goal_facts import InitiativeMoved
from folkmoot.plan.goal_rules import (
    may_change_initiative,
    may_propose_initiative,
    may_see_initiative,
    may_see_inside,
)
from folkmoot.plan.models import Initiative
from folkmoot.plan.objectives import Objectives
from folkmoot.plan.overview import initiative_lines
from folkmoot.plan.rendering import rendered
from folkmoot.plan.words_for_states import STAGE_TONES, move_words, stage_asks, stage_words

FORM = ["GET", "HEAD", "POST"]


@require_safe
@kept_for_strangers
def initiative_list(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's initiatives, by the objective that they serve."""
    group = group_called(slug)
    objectives = Objectives(group)
    lines = initiative_lines(group, objectives, proposals=bool(may_see_inside(person_of(request), group)))
    parts = [
        (objectives.shown(one), [line for line in lines if objectives.of(line.initiative) is one])
        for one in objectives.all
    ]
    context = {
        "group": group,
        "parts": [(served, inside) for served, inside in parts if inside],
        "others": [line for line in lines if objectives.of(line.initiative) is None],
        "may_propose": bool(may_propose_initiative(person_of(request), group)),
        "stages": [(stage_words(stage), STAGE_TONES[stage], stage_asks(stage)) for stage in Stage],
    }
    return render(request, "plan/initiatives.html", context)


@require_safe
@kept_for_strangers
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative: what it is, who leads it, how it goes, and how it came to where it is."""
    rows = Initiative.objects.select_related("group", "lead").prefetch_related("helpers__person", "updates__by")
    shown = found(rows, pk)
    known_or_404(may_see_initiative(person_of(request), shown))
    moves = entries_on(shown).filter(kind=InitiativeMoved.kind).select_related("detail", "actor")
    verdict = may_change_initiative(person_of(request), shown) if person_of(request) else None
    context = {
        "initiative": shown,
        "group": shown.group,
        "served": Objectives(shown.group).served(shown),
        "words": rendered(shown.words),
        "stage_words": stage_words(shown.stage),
        "stage_asks": stage_asks(shown.stage),
        "tone": STAGE_TONES[Stage(shown.stage)],
        "helpers": [one.person for one in shown.helpers.all()],
        "updates": [(one, rendered(one.words, first_heading=4)) for one in shown.updates.all()],
        "moves": [
            {
                "at": entry.happened_at,
                "was": stage_words(entry.payload["was"]),
                "now": stage_words(entry.payload["now"]),
                "tone": STAGE_TONES[Stage(entry.payload["now"])] or "dusk",
                "why": entry.detail.words.get("why", "") if hasattr(entry, "detail") else "",
                "by": entry.actor,
            }
            for entry in moves
        ],
        "may_change": bool(verdict),
        "steps": [move_words(shown.stage, now) for now in FOLLOWS[Stage(shown.stage)]],
    }
    return render(request, "plan/initiative.html", context)


@never_cache
@login_required
@require_http_methods(FORM)
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose an initiative."""
    group = group_called(slug)
    require(may_propose_initiative(signed_in(request), group))
    form = ProposalForm(request.POST or None, group=group, objectives=Objectives(group))
    return fill_in(
        request,
        form,
        lambda given: propose_initiative(group, **given, by=signed_in(request)),
        group=group,
        title=_("Propose an initiative"),
        intro=_("Those who lead the group read it and accept it into the sandbox. Until then only the group sees it."),
        submit=_("Propose it"),
        back=reverse("plan_initiatives", args=[slug]),
        done=_("It is proposed, and those who lead the group have been told."),
    )


@never_cache
@login_required
@require_http_methods(FORM)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of an initiative."""
    shown = _visible(request, pk)
    require(may_change_initiative(signed_in(request), shown))
    form = InitiativeForm(request.POST or None, initiative=shown, objectives=Objectives(shown.group))
    return fill_in(
        request,
        form,
        lambda given: change_initiative(
            shown, **{**given, "links": given["links"].splitlines()}, by=signed_in(request)
        ),
        group=shown.group,
        title=_("Change %(title)s") % {"title": shown.title},
        submit=_("Keep it so"),
        back=shown.get_absolute_url(),
        done=_("It is kept."),
    )


@never_cache
@login_required
@require_http_methods(FORM)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """On to another stage."""
    shown = _visible(request, pk)
    require(may_change_initiative(signed_in(request), shown))
    form = StageForm(request.POST or None, initiative=shown)
    return fill_in(
        request,
        form,
        lambda given: move_initiative(shown, to=Stage(given["to"]), why=given["why"], by=signed_in(request)),
        group=shown.group,
        title=_("What becomes of %(title)s?") % {"title": shown.title},
        intro=_("Now it is %(stage)s. %(asks)s") % {"stage": stage_words(shown.stage), "asks": stage_asks(shown.stage)},
        submit=_("Let it be so"),
        back=shown.get_absolute_url(),
        done=_("Its page says so now, with your reason."),
    )


@never_cache
@login_required
@require_http_methods(FORM)
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an initiative goes."""
    shown = _visible(request, pk)
    require(may_change_initiative(signed_in(request), shown))
    form = UpdateForm(request.POST or None)
    return fill_in(
        request,
        form,
        lambda given: write_update(shown, **given, by=signed_in(request)),
        group=shown.group,
        title=_("How does %(title)s go?") % {"title": shown.title},
        submit=_("Tell it"),
        back=shown.get_absolute_url(),
        to=shown.get_absolute_url(),
        done=_("It stands on the page now, and goes into this month’s report."),
    )


def _visible(request: HttpRequest, pk: int) -> Initiative:
    shown: Initiative = found(Initiative.objects.select_related("group", "lead"), pk)
    known_or_404(may_see_initiative(signed_in(request), shown))
    return shown
