"""Asking for help: where, what, and what answers it already."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.connections.actions.helping import Question, ask_for_help
from folkmoot.connections.forms.helping import AskForm
from folkmoot.connections.models.helping import HelpDesk, Urgency
from folkmoot.connections.queries.helping import desk_of, desks, requests_of, suggestions
from folkmoot.connections.queries.helping_clocks import expected
from folkmoot.connections.rules.helping import may_ask, may_run_desk
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.wording import when_words
from folkmoot.people.reader import Reader, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say as say_to

LONGEST_LOOK = 2000


@require_safe
@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What the reader has asked, and the desks; two queries."""
    person = signed_in(request)
    found = list(desks())
    context = {
        "mine": list(requests_of(person)[:50]),
        "desks": found,
        "for_all": next((desk for desk in found if desk.group is None), None),
        "may_open": bool(may_run_desk(person, None)),
    }
    return render(request, "connections/helping/overview.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Ask at a desk. Without scripts what may answer it already is shown after the first press of the button."""
    person, desk = signed_in(request), _desk_to_ask(slug)
    if desk is None:
        return redirect("help")
    require(may_ask(person, desk))
    initial = {"title": request.GET.get("title", "")[:150]}
    form = AskForm(
        request.POST if request.method == "POST" else None,
        desk=desk,
        expected=_expected(desk, request.reader),  # type: ignore[attr-defined]
        address=reverse("help_offered"),
        initial=initial,
    )
    offered = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        offered = suggestions(f"{given['title']} {given['text']}", person)
        if not offered or "sure" in request.POST:
            question = Question(
                title=given["title"],
                text=given["text"],
                topic=given.get("topic", ""),
                urgency=Urgency(given["urgency"]),
                is_private=given["is_private"],
            )
            try:
                asked = ask_for_help(desk, question, by=person, once=given["once"])
            except Refused as refused:
                field = str(refused.params.get("field", ""))
                form.add_error(field if field in form.fields else None, refused.message)
            else:
                say_to(request, _("It is with those who help. You will hear from them."))
                return redirect(asked)
    looked = request.method == "POST" and not form.errors
    return form_page(
        request, "connections/helping/ask.html", form, desk=desk, group=desk.group, offered=offered, looked=looked
    )


@require_POST
@never_cache
@login_required
def offered(request: HttpRequest) -> HttpResponse:
    """What may answer a question already: the part of the page that follows what is typed.

    By POST, since what is asked in private must not stand in addresses, which servers keep.
    """
    text = f"{request.POST.get('title', '')} {request.POST.get('text', '')}"[:LONGEST_LOOK]
    context = {"offered": suggestions(text, signed_in(request))}
    return render(request, "connections/helping/offered.html", context)


def _desk_to_ask(slug: str) -> HelpDesk | None:
    """The desk of a group, or that of everybody; 404 where a group has none."""
    if not slug:
        return desk_of(None)
    desk = desk_of(get_object_or_404(Group, slug=slug))
    if desk is None:
        raise Http404
    return desk


def _expected(desk: HelpDesk, reader: Reader) -> dict[str, str]:
    """For each urgency when somebody who asks now may expect an answer, by the reader's clock."""
    now = timezone.now()
    found = {}
    for key, promise in desk.promised.items():
        limit = expected(desk, promise, now).limit
        found[key] = (
            _("an answer once the desk opens again")
            if limit is None
            else _("an answer by %(when)s") % {"when": when_words(limit, reader.zone)}
        )
    return found
