"""The page on which the code of a call is typed in, by people and by guests. Opening it changes nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from folkmoot.kit.errors import Refused
from folkmoot.meetings.actions import use_code, use_code_as_guest
from folkmoot.meetings.domain.presence import typed_code
from folkmoot.meetings.forms.attendance import CodeForm, GuestCodeForm
from folkmoot.meetings.models import Attendance
from folkmoot.meetings.views.answering import person_of
from folkmoot.people.guards import limited
from folkmoot.people.models import Person
from folkmoot.ui.messages import say
from folkmoot.ui.refusals import error_page

# A room full of people may come by one network, so the limit of a network is wide and that of a person narrow.
TRIES_OF_A_NETWORK = "120/h"
TRIES_OF_A_PERSON = "15/h"


@never_cache
@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: HttpRequest, code: str = "") -> HttpResponse:
    """Say by the code that one is at a call: with a name for guests, as oneself for whoever is signed in."""
    person = person_of(request)
    kind = CodeForm if person is not None else GuestCodeForm
    if request.method != "POST":
        return _page(request, kind(initial={"code": typed_code(code)}), person)
    if _tried_too_often(request, person):
        return error_page(
            request,
            429,
            _("That was often"),
            _("From where you are, codes were tried more often than people do. Please wait a while and try again."),
            drawing="door",
        )
    form = kind(request.POST)
    if not form.is_valid():
        return _page(request, form, person, status=400)
    if getattr(form, "trapped", False):
        return render(request, "meetings/thanks.html", {})
    try:
        found = _come_in(form, person)
    except Refused as refused:
        form.add_error("code" if refused.code == "not_found" else None, refused.message)
        return _page(request, form, person, status=400)
    if person is None:
        return render(request, "meetings/thanks.html", {"meeting": found.meeting, "guest": found})
    say(request, _("You are on the list of this call."))
    return redirect("attendance", found.meeting_id)


def _come_in(form: CodeForm, person: Person | None) -> Attendance:
    given = form.cleaned_data
    if person is not None:
        return use_code(given["code"], by=person)
    return use_code_as_guest(given["code"], name=given["name"], affiliation=given["affiliation"], email=given["email"])


def _tried_too_often(request: HttpRequest, person: Person | None) -> bool:
    by_network = limited(request, "call code", TRIES_OF_A_NETWORK)
    by_person = person is not None and limited(request, "call code", TRIES_OF_A_PERSON, about=f"person {person.pk}")
    return by_network or by_person


def _page(request: HttpRequest, form: CodeForm, person: Person | None, *, status: int = 200) -> HttpResponse:
    return render(request, "meetings/entrance.html", {"form": form, "person": person}, status=status)
