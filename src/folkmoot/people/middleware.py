"""Shows every page in its reader's zone, and stands around the pages of the sign-in library."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from folkmoot.kit import zones
from folkmoot.people.models import Person
from folkmoot.people.reader import has_session, reader_of
from folkmoot.people.sessions import proved_lately
from folkmoot.ui.redirects import is_local
from folkmoot.ui.refusals import error_page

GetResponse = Callable[[HttpRequest], HttpResponse]
TO_PROVIDERS = ("discord_login", "github_login", "openid_connect_login")
# What changes how somebody signs in, or ends it all. Who has a password or a second step is asked by the library.
NEEDS_PROOF = {
    "mfa_activate_totp": ("GET", "POST"),
    "mfa_deactivate_totp": ("GET", "POST"),
    "mfa_add_webauthn": ("GET", "POST"),
    "mfa_remove_webauthn": ("GET", "POST"),
    "mfa_generate_recovery_codes": ("GET", "POST"),
    "account_set_password": ("GET", "POST"),
    "erase_me": ("GET", "POST"),
    "account_email": ("POST",),
    "socialaccount_connections": ("POST",),
    **dict.fromkeys(TO_PROVIDERS, ("POST",)),
}


class ReaderZone:
    """Puts `request.reader` there and activates its zone for the time of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reader = reader_of(request)
        request.reader = reader  # type: ignore[attr-defined]
        with timezone.override(zones.zone(reader.zone)):
            return self.get_response(request)


class SignInRests:
    """Where attempts cannot be counted nobody is signed in: 503 in words, rather than guessing without limits."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RedisError):
            return None
        return error_page(
            request,
            503,
            _("Signing in rests for a moment"),
            _("A part of this site that keeps guessers out is not there just now. Nothing was changed."),
            _("Please try again in a few minutes. Everything public can be read meanwhile."),
            drawing="door",
        )


class GoingOn:
    """Sends people on to a provider by a page rather than by an answer that redirects their form.

    The content policy lets forms be sent to this site alone, and Chromium holds every redirect that follows to it.
    Which hosts a provider leads through is not known here (an issuer may hand over to another), so the policy
    stays as it is, and the way on is a page of its own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if not (match and match.url_name in TO_PROVIDERS and isinstance(response, HttpResponseRedirect)):
            return response
        if is_local(response.url):
            return response
        page = render(request, "socialaccount/going_on.html", {"address": response.url})
        page["Cache-Control"] = "no-store"
        return page


class ProofFirst:
    """Before something about an account changes, asks for a code from the mail where there is nothing else to ask."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if request.method not in NEEDS_PROOF.get(name or "", ()) or not has_session(request):
            return None
        if not isinstance(request.user, Person) or proved_lately(request):
            return None
        if get_adapter(request).get_reauthentication_methods(request.user):
            return None
        links = name in TO_PROVIDERS
        back = reverse("socialaccount_connections") if links else request.path
        return HttpResponseRedirect(f"{reverse('prove_by_code')}?{urlencode({'next': back})}")
