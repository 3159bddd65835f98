"""Beginning an election, announcing it, moving its days, changing how it is set up, cancelling it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.governance.actions.plan import (
    announce_election,
    begin_election,
    cancel_election,
    change_election,
    changed_days,
    move_days,
    plan_announcement,
    plan_days,
    plan_move,
)
from folkmoot.governance.actions.plan_messages import in_order, written
from folkmoot.governance.day_words import plan_words, span_words, step_words
from folkmoot.governance.domain.days import Days, Plan, Step
from folkmoot.governance.election_list import SEATLESS
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.plan import BeginForm, CancelForm, ChangeForm, DaysForm, first_days
from folkmoot.governance.models.elections import Election, ElectionKind, Stage
from folkmoot.governance.models.messages import MessageState
from folkmoot.governance.panels.plan import days_table
from folkmoot.governance.queries.plan import SeatToFill, days_of, seats_to_fill
from folkmoot.governance.rules.elections import may_begin_election, may_prepare
from folkmoot.governance.rules.plan import may_announce, may_cancel, may_move_days
from folkmoot.groups.models import Group
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import signed_in
from folkmoot.plan.filling_in import fill_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

FORM = ["GET", "HEAD", "POST"]
TEMPLATE = "governance/plan/form.html"


@never_cache
@login_required
@require_http_methods(FORM)
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an election: what is entered shows all days first, and is kept only once they were seen.

    `?kind=` and `?seat=` are chosen already, as for a seat that fell empty.
    """
    group = get_object_or_404(Group, slug=slug)
    reader = signed_in(request)
    require(may_begin_election(reader, group))
    seats = seats_to_fill(group, today_here())
    form = BeginForm(request.POST or None, seats=seats, initial=_chosen(request, seats))
    plan: Plan | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            today = timezone.now().astimezone(zones.zone(given["zone"])).date()
            plan = plan_days(given["kind"], form.days_given(), today)
            if plan.is_possible and request.POST.get("keep") == form.mark():
                seat = given.get("of")
                holder = seat.terms.on(today_here()).select_related("person").first() if seat else None
                election = begin_election(
                    group,
                    kind=given["kind"],
                    title=given["title"],
                    days=form.days_given(),
                    contests=form.contests(),
                    zone=given["zone"],
                    needed=given["needed"],
                    is_final=given["is_final"],
                    of=seat,
                    about=holder.person if holder else None,
                    by=reader,
                )
                say(request, _("It is a draft, which nobody else sees yet. Look it over, then announce it."))
                return redirect(election)
        except Refused as refused:
            form.add_error(None, refused.message)
    context = {"group": group, "back": reverse("elections", args=[slug]), **_shown(plan)}
    if plan is not None:
        context["mark"] = form.mark()
    return form_page(request, "governance/plan/begin.html", form, **context)


def _chosen(request: HttpRequest, seats: Sequence[SeatToFill]) -> dict[str, Any]:
    """What stands in the form at first."""
    kind, number = request.GET.get("kind", ""), request.GET.get("seat", "")
    seat = next((one.line.seat for one in seats if str(one.line.seat.pk) == number), None)
    if kind not in ElectionKind.values:
        return first_days(seats, today_here())
    if seat is None:
        return {**first_days(() if kind in SEATLESS else seats, today_here()), "kind": kind}
    given: dict[str, Any] = {**first_days((), today_here()), "kind": kind}
    if kind in SEATLESS:
        return {**given, "of": seat.pk}
    return {**given, "seats": [seat.pk], "title": seat.title}


@never_cache
@login_required
@require_http_methods(FORM)
def announce(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What follows from announcing an election, and the button that does it."""
    election = election_or_404(request, slug, key)
    reader = signed_in(request)
    require(may_announce(reader, election))
    if request.method == "POST":
        announce_election(election, by=reader)
        say(request, _("It is announced. The messages go out on their days."))
        return redirect(election)
    plan = plan_announcement(election)
    messages = [(message, written(message).subject) for message in in_order(election) if message.is_open]
    context = {
        "election": election,
        "group": election.group,
        "messages": messages,
        "contests": election.contests.all(),
        **_shown(plan),
    }
    return form_page(request, "governance/plan/announce.html", None, **context)


@never_cache
@login_required
@require_http_methods(FORM)
def days(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Move the days of one step; what follows is shown first, and kept once it was seen. `?step=` chooses one."""
    election = election_or_404(request, slug, key)
    reader = signed_in(request)
    require(may_move_days(reader, election))
    present = {step: span for step, span in days_of(election).items() if may_move_days(reader, election, Stage(step))}
    asked = request.GET.get("step", "")
    chosen = Step(asked) if asked in [step.value for step in present] else next(iter(present), None)
    initial = {"stage": chosen, "first": present[chosen].first, "last": present[chosen].last} if chosen else {}
    form = DaysForm(request.POST or None, days=present, initial=initial)
    plan: Plan | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        to, stage = Days(given["first"], given["last"]), Stage(given["stage"])
        keeps = given.get("keeps_terms", True)
        try:
            plan = plan_move(election, stage, to, keeps_terms=keeps)
            if plan.is_possible and request.POST.get("keep") == form.mark():
                move_days(election, stage, first=to.first, last=to.last, keeps_terms=keeps, by=reader)
                say(request, _("The days are changed, and what follows with them."))
                if election.messages.filter(is_stale=True, state=MessageState.WAITING).exists():
                    say(request, _("Messages with words of your own wait until you have looked them over."))
                return redirect(election)
        except Refused as refused:
            form.add_error(None, refused.message)
    context = {"election": election, "group": election.group, **_shown(plan)}
    if plan is not None:
        context |= {"differences": _differences(election, plan), "mark": form.mark()}
    return form_page(request, "governance/plan/days.html", form, **context)


@never_cache
@login_required
@require_http_methods(FORM)
def change(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Change what an election is called, what is said of it, and how its ballots are kept."""
    election = election_or_404(request, slug, key)
    reader = signed_in(request)
    require(may_prepare(reader, election))
    return fill_in(
        request,
        ChangeForm(request.POST or None, initial=ChangeForm.initial_of(election)),
        lambda given: change_election(election, **given, clause_anchor=election.clause_anchor, by=reader),
        group=election.group,
        title=_("Words and rules"),
        submit=_("Keep it so"),
        back=election.get_absolute_url(),
        done=_("It is kept."),
        template=TEMPLATE,
        context={"election": election},
    )


@never_cache
@login_required
@require_http_methods(FORM)
def cancel(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Cancel an election, and say why."""
    election = election_or_404(request, slug, key)
    reader = signed_in(request)
    require(may_cancel(reader, election))
    return fill_in(
        request,
        CancelForm(request.POST or None),
        lambda given: cancel_election(election, why=given["why"], by=reader),
        group=election.group,
        title=_("Cancel the election"),
        intro=_("It ends for good. Ballots that were cast are never opened."),
        submit=_("Cancel the election"),
        back=election.get_absolute_url(),
        done=_("The election is cancelled, and those concerned are told."),
        template=TEMPLATE,
        context={"election": election, "is_dangerous": True},
    )


def _shown(plan: Plan | None) -> dict[str, object]:
    """A plan as a page shows it."""
    if plan is None:
        return {}
    days = plan.days
    return {
        "plan": plan,
        "table": days_table(dict(days)),
        "said": plan_words(plan),
    }


def _differences(election: Election, plan: Plan) -> list[tuple[str, str, str]]:
    """Step, days before, days after, of those that change."""
    before = days_of(election)
    return [
        (
            step_words(step),
            span_words(before[Step(step)]) if Step(step) in before else "",
            span_words(plan.days[Step(step)]) if Step(step) in plan.days else "",
        )
        for step in changed_days(before, plan.days)
    ]
