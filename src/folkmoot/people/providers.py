"""Signing in with an account elsewhere: Discord, GitHub, or an OpenID Connect issuer.

What a provider says about an address counts only where it says that the address is verified, and then only to claim
a person whom nobody has claimed yet (somebody invited by that address). Everyone else signs in as before and links
the account themselves.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount import app_settings
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.people.facts import PersonAdded
from folkmoot.people.models import Person
from folkmoot.people.names import clean_name
from folkmoot.people.waiting import hold_if_suspicious

log = logging.getLogger("folkmoot.people.providers")

ENTRANCES = ("_login", "_callback")
# What is kept of an account elsewhere: how it is called there. The rest is asked for at each sign-in and forgotten.
KEPT = ("username", "login", "global_name", "preferred_username", "name")
PROVIDER_OF = {"oidc": "openid_connect"}


def offered() -> list[dict[str, Any]]:
    """The applications that the environment has switched on, each with its `provider`."""
    return [
        {"provider": provider, **application}
        for provider, settings in app_settings.PROVIDERS.items()
        for application in settings.get("APPS", ())
    ]


def is_unclaimed(person: Person) -> bool:
    """Whether nobody has ever shown to be this person: no sign-in, no confirmed address, no key, no linked account."""
    return (
        person.last_login is None
        and not EmailAddress.objects.filter(user=person, verified=True).exists()
        and not Authenticator.objects.filter(user=person).exists()
        and not SocialAccount.objects.filter(user=person).exists()
    )


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Applications come from the environment alone; addresses match only as this module says."""

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """As allauth does it, without looking into the database, where nobody keeps any."""
        apps = [SocialApp(**application) for application in offered()]
        return [
            app
            for app in apps
            if (not provider or provider in (app.provider, app.provider_id))
            and (not client_id or app.client_id == client_id)
        ]

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        """The application, 404 on the way in when it is off; elsewhere a nameplate, so that old links can be cut."""
        apps = self.list_apps(request, provider, client_id)
        if apps:
            return apps[0]
        match = request.resolver_match if request else None
        if match and (match.url_name or "").endswith(ENTRANCES):
            raise Http404
        kind = PROVIDER_OF.get(provider, provider)
        return SocialApp(provider=kind, provider_id=provider if kind != provider else "", name=provider)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        """The name as it is there; what is not plainly verified is not; what is not needed is not kept."""
        account = sociallogin.account
        told = account.extra_data if isinstance(account.extra_data, dict) else {}
        userinfo, token = told.get("userinfo"), told.get("id_token")
        if userinfo and token and userinfo.get("sub") != token.get("sub"):
            raise PermissionDenied("The issuer speaks of two different people.")
        for address in sociallogin.email_addresses:
            address.verified = address.verified is True
        person: Person = super().populate_user(request, sociallogin, data)
        person.name = _name(data)
        plain = userinfo or token or told
        account.extra_data = {key: plain[key] for key in KEPT if isinstance(plain.get(key), str)}
        if "preferred_username" in account.extra_data:
            account.extra_data.setdefault("username", account.extra_data["preferred_username"])
        return person

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Only to claim somebody whom nobody has claimed; never while an account is being linked."""
        if login.state.get("process") == AuthProcess.CONNECT:
            return False
        found = Person.objects.filter(emailaddress__email__iexact=email).distinct()
        people = list(found) or list(Person.objects.filter(email__iexact=email))
        return bool(people) and all(is_unclaimed(person) for person in people)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Somebody who claims themselves has a confirmed address from now on, and no password that others chose."""
        person, is_new = sociallogin.user, sociallogin.account.pk is None
        if not (is_new and sociallogin.is_existing and isinstance(person, Person)):
            return
        with transaction.atomic():
            if person.has_usable_password():
                person.set_unusable_password()
                person.save(update_fields=["password"])
            verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
            own = (person.email or "").lower()
            email = own if own in verified else verified[0]
            EmailAddress.objects.update_or_create(
                user=person, email=email, defaults={"verified": True, "primary": email == own}
            )

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Without a name there is a form to give one."""
        return bool(sociallogin.user.name) and bool(super().is_auto_signup_allowed(request, sociallogin))

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        return {**super().get_signup_form_initial_data(sociallogin), "name": sociallogin.user.name}

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Person:
        """As allauth does it, with the entry in the same transaction; suspicious ones wait, as at the sign-up."""
        person: Person = super().save_user(request, sociallogin, form)
        if form is None:
            record(PersonAdded(name=person.name), by=person, about=person, on=person)
            hold_if_suspicious(request, person)
        return person

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:
        """What went wrong is for whoever runs the installation; it holds no code and no token."""
        error = more.get("exception")
        log.warning("signing in with %s failed: %s", provider, type(error).__name__ if error else more.get("error"))


def _name(data: dict[str, Any]) -> str:
    for given in (data.get("name"), data.get("username"), data.get("first_name")):
        if isinstance(given, str):
            try:
                return clean_name(given)
            except Refused:
                continue
    return ""
