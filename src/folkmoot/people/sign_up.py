"""The forms with which an account is made, by address and password or after coming from a provider."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.socialaccount.forms import SignupForm as SocialSignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse

from folkmoot.people.guards import PRETENDED
from folkmoot.people.models import Person


class SignUpForm(SignupForm):  # type: ignore[misc]
    """As the library's, guarded: a machine that fell into the trap is answered as if an account had been made."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.too_quick:
            # Nothing is lost: the page goes back to whoever sent it, and into no store.
            self.fields["password1"].widget.render_value = True
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        if self.trapped or self.account_already_exists:
            # The same work as for a new account, of which hashing the password is nearly all.
            make_password(self.cleaned_data.get("password1"))
        if self.trapped:
            return None, pretend(request, self.cleaned_data["email"])
        saved: tuple[Person | None, HttpResponse | None] = super().try_save(request)
        return saved


class ProviderSignUpForm(SocialSignupForm):  # type: ignore[misc]
    """Asks for what the provider did not tell; guarded in the same way."""

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        if self.trapped:
            return None, pretend(request, self.cleaned_data["email"])
        saved: tuple[Person | None, HttpResponse | None] = super().try_save(request)
        return saved


def pretend(request: HttpRequest, email: str) -> HttpResponse:
    """The answer that a new account would get; no account is made and no mail is written."""
    setattr(request, PRETENDED, True)
    response: HttpResponse = prevent_enumeration(request, email=email)
    return response
