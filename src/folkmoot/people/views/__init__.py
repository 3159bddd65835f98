"""Preferences and one-time sign-in links; the sign-in pages themselves are allauth's."""

from __future__ import annotations

from allauth.account.app_settings import AppSettings
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from folkmoot.kit.errors import Refused
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.actions import change_preferences, person_of_link, use_sign_in_link
from folkmoot.people.forms import PreferencesForm, SetUpForm
from folkmoot.people.guards import limited
from folkmoot.people.models import Person
from folkmoot.people.proof_forms import LinkForm
from folkmoot.people.rules import may_use_steward_mode
from folkmoot.people.second_step import drop_lost_step
from folkmoot.people.set_up import is_set_up, set_up_code, set_up_first
from folkmoot.people.steward_mode import switch_on
from folkmoot.ui.messages import say
from folkmoot.ui.redirects import local_next
from folkmoot.ui.refusals import error_page

COOKIE_LASTS = 60 * 60 * 24 * 365


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Zone, clock, appearance and shortcuts: kept with the person, and as cookies for those who are not signed in."""
    reader = request.reader  # type: ignore[attr-defined]
    next_url = local_next(request, "/")
    form = PreferencesForm(
        request.POST if request.method == "POST" else None,
        initial={
            "zone": reader.zone if reader.zone_known else "",
            "clock": reader.clock,
            "theme": request.GET.get("theme", reader.theme),
            "shortcuts": reader.shortcuts,
        },
    )
    if request.method == "POST" and form.is_valid():
        chosen = {key: form.cleaned_data[key] for key in ("zone", "clock", "theme")}
        shortcuts: bool = form.cleaned_data["shortcuts"]
        if isinstance(request.user, Person):
            change_preferences(request.user, **chosen, shortcuts=shortcuts)
        response = redirect(next_url)
        for key, value in {**chosen, "shortcuts": "on" if shortcuts else ""}.items():
            if value:
                response.set_cookie(key, value, max_age=COOKIE_LASTS, samesite="Lax", secure=request.is_secure())
            else:
                response.delete_cookie(key)
        return response
    return render(request, "people/preferences.html", {"form": form, "next": next_url})


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a tick and a button, so that a mail scanner that opens the link, or tries its button, does not
    use it up. Whoever has a second step is asked for it next.
    """
    if limited(request, "sign-in link", "30/m"):
        return too_many_requests(request)
    person = person_of_link(token)
    if person is None and request.method != "POST":
        return render(request, "people/sign_in_by_link.html", {"person": None}, status=410)
    form = LinkForm(request.POST if request.method == "POST" else None, name=person.name if person else "")
    if request.method == "POST" and (person is None or form.is_valid()):
        return sign_in(request, use_sign_in_link(token))
    return render(request, "people/sign_in_by_link.html", {"person": person, "form": form})


def sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in somebody who held a link; their second step, if they have one, is asked for as at any other sign-in.

    Codes that can be read no more nobody could ever pass, so they are switched off, and the person is told.
    """
    if request.user.is_authenticated:
        logout(request)
    if drop_lost_step(person):
        words = _("Your codes could not be read any more and are off. You can switch them on again in your account.")
        say(request, words, level="warning")
    record_authentication(request, person, method="link")
    response: HttpResponse = perform_login(
        request, Login(user=person, email_verification=AppSettings.EmailVerificationMethod.NONE, redirect_url="/")
    )
    # Such links are printed by the machine alone, to whoever runs it and is about to look after things.
    if may_use_steward_mode(request.user):
        switch_on(request)
    return response


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429, in the same words whatever was tried too often."""
    return error_page(
        request,
        429,
        _("That was often"),
        _("From where you are, this was tried more often than people do. Please wait a few minutes and try again."),
        drawing="door",
    )


def set_up_initial(request: HttpRequest) -> dict[str, str]:
    """The organisation as it is, where a command has founded it already."""
    organisation = the_organisation()
    return {
        "organisation": organisation.name if organisation else "",
        "zone": organisation.zone if organisation else request.reader.zone,  # type: ignore[attr-defined]
    }


@never_cache
@sensitive_variables("code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, code: str = "") -> HttpResponse:
    """The first page of a new installation; its address with the code is printed by the server."""
    if is_set_up():
        return redirect("home")
    if not constant_time_compare(code, set_up_code()):
        return render(request, "people/set_up_waiting.html", status=200 if not code else 403)
    form = SetUpForm(request.POST if request.method == "POST" else None, initial=set_up_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            steward = set_up_first(code=code, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            login(request, steward)
            switch_on(request)
            return redirect("new_group")
    return render(request, "people/set_up.html", {"form": form, "code": code})
