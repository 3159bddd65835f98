"""The plan of a group, and its year."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.groups.rules import is_open_for_work
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.people.reader import person_of, signed_in
from folkmoot.plan.actions.activities import change_activity
from folkmoot.plan.domain.periods import FIRST_YEAR, LAST_YEAR
from folkmoot.plan.filling_in import fill_in, found, group_called
from folkmoot.plan.forms.activities import ActivityForm
from folkmoot.plan.goal_rules import (
    may_move_activity,
    may_propose_initiative,
    may_see_inside,
    may_set_goals,
)
from folkmoot.plan.models import ActivityState, YearActivity
from folkmoot.plan.overview import overview_of
from folkmoot.plan.year_page import year_page


@require_safe
@kept_for_strangers
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan: each objective of the charter with what serves it, what is off track first."""
    group = group_called(slug)
    asking = person_of(request)
    context = {
        "group": group,
        "overview": overview_of(group),
        "may_propose": bool(asking and may_propose_initiative(asking, group)),
        "may_set_goals": bool(asking and may_set_goals(asking, group)),
    }
    return render(request, "plan/plan.html", context)


@require_safe
@kept_for_strangers
def year(request: HttpRequest, slug: str) -> HttpResponse:
    """A year, month by month; this one, or another by `?year=`."""
    group = group_called(slug)
    wish = request.GET.get("year", "")
    if wish and not (wish.isascii() and wish.isdecimal() and len(wish) == 4 and FIRST_YEAR <= int(wish) <= LAST_YEAR):
        raise Http404
    page = year_page(group, int(wish) if wish else today_here().year)
    asking = person_of(request)
    manages = bool(asking and may_set_goals(asking, group))
    own = {line.activity.pk for line in page.lines if asking and line.activity.owner_id == asking.pk}
    if own and not (is_open_for_work(group) and may_see_inside(asking, group)):
        own = set()
    changeable = {line.activity.pk for line in page.lines} if manages else own
    return render(request, "plan/year.html", {"group": group, "page": page, "changeable": changeable})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far an activity is, who looks after it, and when it is."""
    shown: YearActivity = found(YearActivity.objects.select_related("group", "owner", "initiative"), pk)
    require(may_move_activity(signed_in(request), shown))
    form = ActivityForm(request.POST or None, activity=shown)
    return fill_in(
        request,
        form,
        lambda given: change_activity(
            shown,
            **{**given, "state": ActivityState(given["state"]), "quarter": given["quarter"] or 0},
            by=signed_in(request),
        ),
        group=shown.group,
        title=_("%(name)s in %(year)d") % {"name": shown.name, "year": shown.year},
        intro=shown.text,
        submit=_("Keep it so"),
        back=shown.get_absolute_url(),
        done=_("It is kept."),
    )
