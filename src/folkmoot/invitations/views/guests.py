"""The guests of a call: for whoever leads its group."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.invitations.actions import invite_guest, uninvite_guest
from folkmoot.invitations.forms import GuestForm
from folkmoot.invitations.models import CallGuest
from folkmoot.invitations.queries import guests_of
from folkmoot.invitations.rules import may_invite_guests
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.queries import meeting_numbered
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_guests(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is invited from outside, what they answered, and a form for one more."""
    person, meeting = signed_in(request), meeting_numbered(pk)
    if meeting is None:
        raise Http404
    require(may_invite_guests(person, meeting))
    form = GuestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_guest(meeting, **form.cleaned_data, by=person)
        except Refused as refused:
            form.add_error("email" if refused.code != "too_many" else None, refused.message)
        else:
            say(request, _("The invitation is on its way."))
            return redirect("call_guests", pk)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "guests": guests_of(meeting),
        "is_open": meeting.is_planned and meeting.starts_at > timezone.now(),
    }
    return form_page(request, "invitations/call_guests.html", form, **context)


@never_cache
@login_required
@require_POST
def uninvite(request: HttpRequest, pk: int, guest_id: int) -> HttpResponse:
    """Ask a guest no longer."""
    found = CallGuest.objects.select_related("meeting__group", "person")
    uninvite_guest(get_object_or_404(found, pk=guest_id, meeting=pk), by=signed_in(request))
    say(request, _("The invitation is taken back, and they are told."))
    return redirect("call_guests", pk)
