"""A desk: what waits there, how it works, how it did."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.connections.actions.helping_desks import OFFICE_HOURS, set_up_desk
from folkmoot.connections.domain.help_promises import USUAL, USUAL_STEPS
from folkmoot.connections.forms.helping_desk import DeskForm, desk_values, promise_values, week_values
from folkmoot.connections.helping_words import promise_words, span_words, wait_words
from folkmoot.connections.models.helping import Urgency
from folkmoot.connections.queries.helping import desk_of, helpers_of, queue, solved_in_public, who_may_answer
from folkmoot.connections.queries.helping_numbers import FEWEST, numbers_of
from folkmoot.connections.rules.helping import may_ask, may_help, may_run_desk
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say as say_to
from folkmoot.ui.tables import Column, DataTable

SHOWS = {"waiting": gettext_lazy("No reply yet"), "mine": gettext_lazy("Mine"), "all": gettext_lazy("All")}


@require_safe
@never_cache
@login_required
def desk(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What a desk is for, and for those who help what waits there."""
    group, person = _group(slug), signed_in(request)
    found = desk_of(group)
    runs = bool(may_run_desk(person, group))
    if found is None:
        context: dict[str, Any] = {"group": group, "desk": None, "may_run": runs}
        return render(request, "connections/helping/desk.html", context)
    helps, show = bool(may_help(person, found)), request.GET.get("show", "")
    show = show if show in SHOWS else "waiting"
    now = timezone.now()
    rows = queue(found, person, show, now=now) if helps else []
    context = {
        "group": group,
        "desk": found,
        "may_run": runs,
        "may_ask": may_ask(person, found),
        "is_helper": helps,
        "shows": [(words, f"?show={name}", name == show) for name, words in SHOWS.items()],
        "rows": [
            (
                row.request,
                wait_words(row.wait),
                Urgency(row.request.urgency).label,
                "" if show == "waiting" else row.request.get_state_display(),
            )
            for row in rows
        ],
        "promises": [(Urgency(key).label, promise_words(one)) for key, one in found.promised.items()],
        "helpers": list(helpers_of(found)),
        "solved": [] if helps else list(solved_in_public(found)[:10]),
    }
    return render(request, "connections/helping/desk.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Open a desk, or say how it works."""
    group, person = _group(slug), signed_in(request)
    require(may_run_desk(person, group))
    found = desk_of(group)
    form = DeskForm(
        request.POST if request.method == "POST" else None,
        people=who_may_answer(group),
        desk=found,
        initial=desk_values(found) if found is not None else _usual(request, person),
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = set_up_desk(group, form.words, by=person)
        except Refused as refused:
            field = str(refused.params.get("field", ""))
            field = {"week": "day_0", **{key: f"{key}_limit" for key in Urgency.values}}.get(field, field)
            form.add_error(field if field in form.fields else None, refused.message)
        else:
            say_to(request, _("That is how the desk works now."))
            return redirect(kept)
    return form_page(request, "connections/helping/settings.html", form, group=group, desk=found)


@require_safe
@never_cache
@login_required
def numbers(request: HttpRequest, slug: str = "") -> HttpResponse:
    """How a desk did within a year, for those who lead it."""
    group, person = _group(slug), signed_in(request)
    require(may_run_desk(person, group))
    found = desk_of(group)
    if found is None:
        raise Http404
    told = numbers_of(found, now=timezone.now())
    few = _("fewer than %(count)d") % {"count": FEWEST}
    columns = (
        Column(_("Urgency")), Column(_("Asked"), True), Column(_("Answered"), True),
        Column(_("First reply, in the middle")), Column(_("Within the promise"), True),
    )  # fmt: skip
    rows = tuple(
        (
            _("All") if one.urgency is None else str(one.urgency.label),
            one.asked if one.asked >= FEWEST or one.urgency is None else few,
            one.answered if one.answered >= FEWEST or one.urgency is None else few,
            few if one.first_reply is None else span_words(one.first_reply),
            few if one.within is None else f"{one.within} %",
        )
        for one in told.rows
    )
    context = {
        "group": group,
        "desk": found,
        "table": DataTable(_("Questions of the last twelve months"), columns, rows),
        "faces": None if told.faces is None else [(face.label, many) for face, many in told.faces.items()],
        "fewest": FEWEST,
    }
    return render(request, "connections/helping/numbers.html", context)


def _group(slug: str) -> Group | None:
    return get_object_or_404(Group, slug=slug) if slug else None


def _usual(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What a form for a new desk shows: office hours by the reader's clock, and what most desks promise."""
    return {
        "is_on": True,
        "zone": request.reader.zone,  # type: ignore[attr-defined]
        "helpers": [person.pk],
        "most_open": 3,
        "quiet_days": 7,
        "steps": [one.key for one in USUAL_STEPS],
        **week_values(OFFICE_HOURS),
        **promise_values(USUAL),
    }
