"""Pages of goals and key results."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.plan.actions.goals import change_goal, check_in, close_period, note_value, set_goal, set_key_result
from folkmoot.plan.domain.periods import Period, parse_period
from folkmoot.plan.filling_in import fill_in, found, group_called
from folkmoot.plan.forms.goals import CheckInForm, ClosePeriodForm, GoalForm, KeyResultForm, ValueForm
from folkmoot.plan.goal_rules import may_check_in, may_note_value, may_set_goals
from folkmoot.plan.models import Confidence, Goal, KeyResult
from folkmoot.plan.objectives import Objectives
from folkmoot.plan.period_words import number_words, period_words
from folkmoot.plan.rendering import rendered
from folkmoot.plan.standing import goal_numbered, goal_standing, goals_of, goals_standing
from folkmoot.ui.messages import say

FORM = ["GET", "HEAD", "POST"]
SHOWN_VALUES = 12


@require_safe
@kept_for_strangers
def goal_list(request: HttpRequest, slug: str) -> HttpResponse:
    """A group's goals, period by period, the latest first."""
    group = group_called(slug)
    objectives = Objectives(group)
    standings = goals_standing(goals_of(group))
    by_period = [
        (period_words(period), [(one, objectives.served(one.goal)) for one in sorted(ones, key=lambda s: s.order)])
        for period, ones in groupby(standings, key=lambda one: one.goal.period)
    ]
    context = {
        "group": group,
        "periods": by_period,
        "may_set": bool(may_set_goals(person_of(request), group)),
        "may_close": any(not one.is_closed and one.goal.period.first <= today_here() for one in standings),
    }
    return render(request, "plan/goals.html", context)


@require_safe
@kept_for_strangers
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """One goal: its key results, how they came to where they are, and what was said of it."""
    shown = goal_numbered(pk)
    if shown is None:
        raise Http404
    asking = person_of(request)
    context = {
        "standing": goal_standing(shown),
        "goal": shown,
        "group": shown.group,
        "served": Objectives(shown.group).served(shown),
        "words": rendered(shown.words),
        "check_ins": [(one, rendered(one.words, first_heading=4)) for one in shown.check_ins.all()],
        "may_set": bool(asking and shown.closed_at is None and may_set_goals(asking, shown.group)),
        "may_check_in": bool(asking and may_check_in(asking, shown)),
        "shown_values": SHOWN_VALUES,
    }
    return render(request, "plan/goal.html", context)


@never_cache
@login_required
@require_http_methods(FORM)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Set a goal."""
    group = group_called(slug)
    require(may_set_goals(signed_in(request), group))
    form = GoalForm(request.POST or None, group=group, objectives=Objectives(group), today=today_here())
    return fill_in(
        request,
        form,
        lambda given: set_goal(group, **{**given, "period": parse_period(given["period"])}, by=signed_in(request)),
        group=group,
        title=_("Set a goal"),
        intro=_(
            "A goal says what shall be different at the end. Its key results, which come next, say how one sees it."
        ),
        submit=_("Set it"),
        back=reverse("plan_goals", args=[slug]),
        done=_("The goal is set. Now give it one to three key results."),
    )


@never_cache
@login_required
@require_http_methods(FORM)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a goal."""
    shown: Goal = found(Goal.objects.select_related("group", "owner"), pk)
    require(may_set_goals(signed_in(request), shown.group))
    form = GoalForm(
        request.POST or None, group=shown.group, objectives=Objectives(shown.group), today=today_here(), goal=shown
    )
    return fill_in(
        request,
        form,
        lambda given: change_goal(shown, **{**given, "period": parse_period(given["period"])}, by=signed_in(request)),
        group=shown.group,
        title=_("Change the goal"),
        submit=_("Keep it so"),
        back=shown.get_absolute_url(),
        done=_("It is kept."),
    )


@never_cache
@login_required
@require_http_methods(FORM)
def new_key_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a goal a key result."""
    shown: Goal = found(Goal.objects.select_related("group"), pk)
    require(may_set_goals(signed_in(request), shown.group))
    return _key_result_page(request, shown, None)


@never_cache
@login_required
@require_http_methods(FORM)
def change_key_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a key result."""
    shown: KeyResult = found(KeyResult.objects.select_related("goal__group", "owner"), pk)
    require(may_set_goals(signed_in(request), shown.goal.group))
    return _key_result_page(request, shown.goal, shown)


def _key_result_page(request: HttpRequest, of: Goal, key_result: KeyResult | None) -> HttpResponse:
    form = KeyResultForm(request.POST or None, goal=of, key_result=key_result)
    return fill_in(
        request,
        form,
        lambda given: set_key_result(of, **given, key_result=key_result, by=signed_in(request)),
        group=of.group,
        title=_("Change the key result") if key_result else _("A key result"),
        intro=_("For the goal: %(title)s") % {"title": of.title},
        submit=_("Keep it so") if key_result else _("Add it"),
        back=of.get_absolute_url(),
        to=of.get_absolute_url(),
        done=_("It is kept."),
    )


@never_cache
@login_required
@require_http_methods(FORM)
def value(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what a key result stands at."""
    shown: KeyResult = found(KeyResult.objects.select_related("goal__group"), pk)
    require(may_note_value(signed_in(request), shown))
    form = ValueForm(request.POST or None)
    return fill_in(
        request,
        form,
        lambda given: note_value(shown, **given, by=signed_in(request)),
        group=shown.goal.group,
        title=shown.words,
        intro=_("From %(baseline)s to %(target)s; now %(now)s.")
        % {
            "baseline": number_words(shown.baseline),
            "target": number_words(shown.target, shown.unit),
            "now": number_words(shown.current, shown.unit),
        },
        submit=_("Enter it"),
        back=shown.goal.get_absolute_url(),
        to=shown.goal.get_absolute_url(),
        done=_("The new value counts from now on."),
    )


@never_cache
@login_required
@require_http_methods(FORM)
def say_how_it_goes(request: HttpRequest, pk: int) -> HttpResponse:
    """Check in on a goal."""
    shown: Goal = found(Goal.objects.select_related("group"), pk)
    require(may_check_in(signed_in(request), shown))
    form = CheckInForm(request.POST or None)
    return fill_in(
        request,
        form,
        lambda given: check_in(
            shown, confidence=Confidence(given["confidence"]), words=given["words"], by=signed_in(request)
        ),
        group=shown.group,
        title=_("How does it go?"),
        intro=shown.title,
        submit=_("Check in"),
        back=shown.get_absolute_url(),
        to=shown.get_absolute_url(),
        done=_("Thank you. It stands on the page of the goal now."),
    )


@never_cache
@login_required
@require_http_methods(FORM)
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a period with its final values."""
    group = group_called(slug)
    require(may_set_goals(signed_in(request), group))
    open_ones = group.goals.filter(closed_at=None).order_by().values_list("year", "quarter").distinct()
    periods = sorted(period for period in (Period(*one) for one in open_ones) if period.first <= today_here())
    form = ClosePeriodForm(request.POST or None, periods=periods)
    carried_words = ""

    def act(given: dict[str, object]) -> None:
        nonlocal carried_words
        closed = close_period(
            group, parse_period(str(given["period"])), carry=bool(given["carry"]), by=signed_in(request)
        )
        carried = len(closed.carried)
        carried_words = ngettext("%(count)d goal goes on.", "%(count)d goals go on.", carried) % {"count": carried}

    response = fill_in(
        request,
        form,
        act,
        group=group,
        title=_("Close a period"),
        intro=_("Its goals keep the values that they have now, for good."),
        submit=_("Close it"),
        back=reverse("plan_goals", args=[slug]),
        context={"cannot": "" if periods else _("No goal is open whose time has begun.")},
    )
    if carried_words:
        say(request, _("The period is closed.") + " " + carried_words)
    return response
