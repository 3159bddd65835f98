"""How django-allauth is told about our people: the one sign-in page, by e-mail code, password or passkey."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.stages import LoginStage
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from folkmoot.ledger.actions import record
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.facts import PersonAdded
from folkmoot.people.guards import PRETENDED, plain_address
from folkmoot.people.models import Person
from folkmoot.people.queries import person_with_email
from folkmoot.people.second_step import sealed, unsealed
from folkmoot.people.waiting import hold_if_suspicious, is_waiting


def display_name(person: Person) -> str:
    """How a person is called in allauth's pages and mails."""
    return person.name or person.email or ""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up keeps the name and tells the ledger; mails speak in the organisation's name."""

    def save_user(self, request: HttpRequest, user: Person, form: BaseForm, commit: bool = True) -> Person:
        """As allauth does it, with the name that was given and the entry in the same transaction as the row."""
        user.name = form.cleaned_data["name"]
        with transaction.atomic():
            user = super().save_user(request, user, form, commit=commit)
            if commit:
                record(PersonAdded(name=user.name), by=user, about=user, on=user)
                hold_if_suspicious(request, user)
        return user

    def get_client_ip(self, request: HttpRequest) -> str:
        return plain_address(super().get_client_ip(request))

    def get_login_stages(self) -> list[str]:
        """Whoever waits for a steward is told so once their address is confirmed, before anything else is asked."""
        stages: list[str] = super().get_login_stages()
        after = stages.index("allauth.account.stages.EmailVerificationStage") + 1
        return [*stages[:after], f"{__name__}.WaitingStage", *stages[after:]]

    def pre_login(self, request: HttpRequest, user: Person, **hooks: Any) -> HttpResponse | None:
        """People who wait go through the stages, so that a new account looks the same whether it waits or not."""
        if is_waiting(user):
            return None
        response: HttpResponse | None = super().pre_login(request, user, **hooks)
        return response

    def clean_email(self, email: str) -> str:
        """One form of letters and dots for what looks the same, as wherever else we keep an address."""
        kept: str = super().clean_email(Person.objects.normalize_email(email))
        return kept

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Adds the organisation, so that a mail says on whose behalf it comes; machines in the trap get none."""
        if getattr(self.request, PRETENDED, False):
            return
        if template_prefix == "account/email/unknown_account":
            person = person_with_email(email)
            if person is not None and is_waiting(person):
                template_prefix = "account/email/waiting"
        organisation = the_organisation()
        super().send_mail(
            template_prefix, email, {**context, "organisation_name": organisation.name if organisation else "Folkmoot"}
        )


class WaitingStage(LoginStage):  # type: ignore[misc]
    """Ends the sign-in of somebody who waits for a steward, with a page that says so."""

    key = "waiting"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if self.login.user is None or self.login.user.is_active:
            return None, True
        return HttpResponseRedirect(reverse("sign_up_waiting")), False


def drop_unproved_password(sender: object, request: HttpRequest, email_address: EmailAddress, **more: Any) -> None:
    """Whoever confirms an address by a sign-in code does not inherit a password that somebody else may have chosen.

    Without this, a stranger could sign up with another's address, wait until they sign in by a code, and share the
    account with them.
    """
    person = email_address.user
    records = get_authentication_records(request, person)
    by_code = bool(records) and records[-1].get("method") == "code"
    has_others = EmailAddress.objects.filter(user=person, verified=True).exclude(pk=email_address.pk).exists()
    if by_code and not has_others and person.has_usable_password() and person.last_login is None:
        person.set_unusable_password()
        person.save(update_fields=["password"])


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and apps with codes carry the organisation's name; what they need is kept sealed."""

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unsealed(encrypted_text)

    def get_totp_issuer(self) -> str:
        organisation = the_organisation()
        return organisation.name if organisation else "Folkmoot"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        organisation = the_organisation()
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": organisation.name if organisation else "Folkmoot"}
