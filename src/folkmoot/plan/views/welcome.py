"""A group's welcome page: a newcomer's first steps, who waits for a hello, and who is willing to say it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import signed_in
from folkmoot.plan.actions.welcome import offer_welcome
from folkmoot.plan.forms.checklists import WelcomeOfferForm
from folkmoot.plan.models import BuddyOffer, LineState
from folkmoot.plan.queries import BUDDY, first_tasks, lines_of, next_call, waiting_for_hello, welcome_of, welcomes_by
from folkmoot.plan.rows import rows_of_list, task_row
from folkmoot.plan.rules import may_offer_welcome, may_see_tasks, standing_in
from folkmoot.plan.views.reading import group_named
from folkmoot.plan.welcoming import WELCOME_PARTS, notes_on
from folkmoot.ui.messages import say

MOST_FIRST_TASKS = 6


@never_cache
@require_safe
@login_required
def group_welcome(request: HttpRequest, slug: str) -> HttpResponse:
    """What helps somebody to arrive in a group; with more for those who welcome and those who lead."""
    group, person, today = group_named(slug), signed_in(request), today_here()
    standing = standing_in(person, group)
    require(may_see_tasks(person, group, standing))
    context: dict[str, Any] = {"group": group, "standing": standing, "leads": standing.leads}
    path = welcome_of(person, group)
    if path is not None:
        lines = list(lines_of(path))
        context |= {
            "path": path,
            "rows": rows_of_list(lines, person, today=today, may_end_all=True),
            "done": sum(line.state != LineState.OPEN for line in lines),
            "count": len(lines),
            "buddy": next((part.person for part in path.parts.select_related("person") if part.who == BUDDY), None),
        }
    context["call"] = next_call(group)
    small = list(first_tasks(group)[:MOST_FIRST_TASKS])
    notes = notes_on([task.pk for task in small])
    context["first_tasks"] = [
        replace(task_row(task, standing, today=today), words=notes.get(task.pk, "")) for task in small
    ]
    context["parts"] = [html for part in WELCOME_PARTS if (html := part(request, group))]
    context["welcomed"] = welcomes_by(person, group)
    if may_offer_welcome(person, group):
        offers = BuddyOffer.objects.filter(person=person, group=group)
        context["form"] = WelcomeOfferForm(initial={"most": offers.values_list("most", flat=True).first() or 0})
    if standing.leads:
        context["waiting"] = waiting_for_hello(group, today=today)
        context["willing"] = list(BuddyOffer.objects.filter(group=group).select_related("person"))
    return render(request, "plan/welcome/group.html", context)


@never_cache
@login_required
@require_POST
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer to welcome newcomers, or take the offer back."""
    group, person = group_named(slug), signed_in(request)
    form = WelcomeOfferForm(request.POST)
    if not form.is_valid():
        require(may_offer_welcome(person, group))
        raise Refused(_("Please choose one of the options."), code="invalid")
    most = form.cleaned_data["most"]
    offer_welcome(group, most=most, by=person)
    say(
        request,
        _("Thank you. You will be told when somebody comes.") if most else _("You will not be asked at present."),
    )
    return redirect("group_welcome", group.slug)
