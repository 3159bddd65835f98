"""Pages for those who host a circle, and what takes one button: changing, handing over, ending, joining, leaving."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.connections.actions.spaces import change_circle, join_circle, leave_circle
from folkmoot.connections.actions.spaces_hosting import (
    answer_offer,
    carry_on,
    close_circle,
    name_cohost,
    offer_circle,
    step_back,
    take_circle_on,
)
from folkmoot.connections.forms.spaces import (
    CarryOnForm,
    CircleForm,
    CloseCircleForm,
    MemberForm,
    initial_of,
)
from folkmoot.connections.models.spaces import Circle, CircleMember, CirclePart
from folkmoot.connections.rules.spaces import (
    may_host_circle,
    may_see_circle,
)
from folkmoot.connections.views.spaces import blame, circle_or_404
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a circle is; of two who do at once the second is told, with both wordings."""
    found, person = circle_or_404(request, pk), signed_in(request)
    require(may_host_circle(person, found))
    is_sent = request.method == "POST"
    form = CircleForm(request.POST if is_sent else None, group=found.group, initial=initial_of(found))
    problem, status = "", 200
    if is_sent and form.is_valid():
        try:
            change_circle(found, form.words(found), version=form.cleaned_data["version"] or 0, by=person)
        except Refused as refused:
            if refused.code != "stale":
                blame(form, refused)
            else:
                problem, status = refused.message, 409
                found = circle_or_404(request, pk)
                data = request.POST.copy()
                data["version"] = str(found.version)
                form = CircleForm(data, group=found.group)
        else:
            say(request, _("Changed. Where you meet at another time or place, everybody in it is told."))
            return redirect(found)
    status = 400 if form.errors else status
    context = {
        "form": form,
        "circle": found,
        "group": found.group,
        "problem": problem,
        "now_says": list(CircleForm(group=found.group, initial=initial_of(found))) if problem else [],
    }
    return render(request, "connections/spaces/circle_form.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry on until another day, or close with a few words."""
    found, person = circle_or_404(request, pk), signed_in(request)
    require(may_host_circle(person, found))
    closes = "closing_words" in request.POST
    is_sent = request.method == "POST"
    longer = max(found.ends_on, today_here()) + timedelta(weeks=13)
    on = CarryOnForm(request.POST if is_sent and not closes else None, initial={"ends_on": longer})
    close = CloseCircleForm(request.POST if is_sent and closes else None)
    form = close if closes else on
    if is_sent and form.is_valid():
        try:
            if closes:
                close_circle(found, form.cleaned_data["closing_words"], by=person)
                said = _("The circle is closed. What came of it stays on its page, and everybody in it is told.")
            else:
                carry_on(found, form.cleaned_data["ends_on"], by=person)
                said = _("The circle carries on.")
        except Refused as refused:
            blame(form, refused)
        else:
            say(request, said)
            return redirect(found)
    return form_page(
        request, "connections/spaces/end_circle.html", form, on=on, close=close, circle=found, group=found.group
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def host(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a circle over, step back, or name who hosts it as well."""
    found, person = circle_or_404(request, pk), signed_in(request)
    require(may_host_circle(person, found))
    members = list(found.members.select_related("person"))
    others = [one for one in members if one.part != CirclePart.HOST and one.person.is_active]
    form = MemberForm(
        request.POST if request.method == "POST" else None, people=[(one.person_id, one.person.name) for one in others]
    )
    if request.method == "POST" and form.is_valid():
        chosen = next(one.person for one in others if one.person_id == form.cleaned_data["to"])
        try:
            said = _hosting(request.POST.get("do", ""), found, chosen, person)
        except Refused as refused:
            blame(form, refused)
        else:
            say(request, said)
            return redirect("host_circle", pk)
    context = {"circle": found, "group": found.group, "others": others, "is_host": _is_host(members, person)}
    return form_page(request, "connections/spaces/host_circle.html", form, **context)


def _hosting(what: str, circle: Circle, chosen: Person, by: Person) -> str:
    name = {"name": chosen.name}
    if what == "cohost":
        name_cohost(circle, chosen, is_cohost=True, by=by)
        return _("%(name)s hosts it beside the host now.") % name
    if what == "member":
        name_cohost(circle, chosen, is_cohost=False, by=by)
        return _("%(name)s is a member as everybody else now.") % name
    offer_circle(circle, chosen, by=by)
    return _("%(name)s is asked. Nothing changes until they say yes.") % name


def _is_host(members: list[CircleMember], person: Person) -> bool:
    return any(one.person_id == person.pk and one.part == CirclePart.HOST for one in members)


@never_cache
@login_required
@require_POST
def do(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """What takes one button: join, leave, take it on, step back, say yes or no to hosting."""
    found, person = circle_or_404(request, pk), signed_in(request)
    match what:
        case "join":
            join_circle(found, by=person)
            said = _("You are in the circle.")
        case "leave":
            leave_circle(found, by=person)
            said = _("You have left the circle.")
        case "take-on":
            take_circle_on(found, by=person)
            said = _("You host the circle now. Thank you.")
        case "step-back":
            step_back(found, by=person)
            said = _("You are a member as everybody else now. All of them are asked who would like to host.")
        case "accept":
            answer_offer(found, takes=True, by=person)
            said = _("You host the circle now. Thank you.")
        case "decline":
            answer_offer(found, takes=False, by=person)
            said = _("Fine. Nothing has changed.")
        case _:
            raise Http404
    say(request, said)
    return redirect(found if may_see_circle(person, found) else "circles")
