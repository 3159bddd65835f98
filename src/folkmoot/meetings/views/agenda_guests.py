"""The link for guests: shared by those who lead, used by whoever holds it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions import make_guest_link, request_as_guest, revoke_guest_link
from folkmoot.meetings.actions.agenda_guests import guest_path, link_of, why_closed
from folkmoot.meetings.agenda_reading import open_link
from folkmoot.meetings.agenda_rules import is_open_for_items, may_lead_agenda
from folkmoot.meetings.forms.agenda import GuestForm
from folkmoot.meetings.views.answering import meeting_or_404, signed_in
from folkmoot.people.guards import limited
from folkmoot.ui.messages import say

RATE = "5/h"
"""How often one network may ask by such links."""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """The link for guests of a call: make it, copy it, take it back."""
    found, by = meeting_or_404(pk), signed_in(request)
    require(may_lead_agenda(by, found))
    now = timezone.now()
    link = open_link(found)
    if request.method == "POST":
        if "revoke" in request.POST:
            if link is not None:
                revoke_guest_link(link, by=by)
            say(request, _("The link was taken back; it does not work any more."))
        else:
            make_guest_link(found, by=by)
        return redirect("share_agenda", pk)
    works = link is not None and not why_closed(link, now=now)
    context = {
        "meeting": found,
        "group": found.group,
        "link": link if works else None,
        "address": request.build_absolute_uri(guest_path(link)) if link is not None and works else "",
        "closed": is_open_for_items(found, now=now).reason,
    }
    return render(request, "meetings/agenda_share.html", context)


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for an item by a link. Opening it changes nothing."""
    link = link_of(token)
    if link is None:
        raise Http404
    context = {"meeting": link.meeting, "group": link.meeting.group}
    closed = why_closed(link, now=timezone.now())
    if closed:
        status = 409 if request.method == "POST" else 200
        return render(request, "meetings/agenda_ask.html", {**context, "closed": closed}, status=status)
    form = GuestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.trapped:
            return render(request, "meetings/agenda_asked.html", context)
        if limited(request, "agenda request", RATE):
            form.add_error(None, _("You have asked several times within an hour. Please try again later."))
            return render(request, "meetings/agenda_ask.html", {**context, "form": form}, status=429)
        given = {name: form.cleaned_data[name] for name in ("title", "text", "minutes", "name", "mail")}
        try:
            request_as_guest(link, **given)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return render(request, "meetings/agenda_asked.html", context)
    return render(request, "meetings/agenda_ask.html", {**context, "form": form}, status=400 if form.errors else 200)
