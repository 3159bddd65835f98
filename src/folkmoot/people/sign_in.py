"""How django-allauth is told about our people: the one sign-in page, by e-mail code, password or passkey."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.forms import BaseForm
from django.http import HttpRequest

from folkmoot.ledger.actions import record
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.facts import PersonAdded
from folkmoot.people.models import Person


def display_name(person: Person) -> str:
    """How a person is called in allauth's pages and mails."""
    return person.name or person.email or ""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up keeps the name and tells the ledger; mails speak in the organisation's name."""

    def save_user(self, request: HttpRequest, user: Person, form: BaseForm, commit: bool = True) -> Person:
        """As allauth does it, with the name that was given and the entry in the same transaction as the row."""
        from django.db import transaction

        user.name = form.cleaned_data["name"]
        with transaction.atomic():
            user = super().save_user(request, user, form, commit=commit)
            if commit:
                record(PersonAdded(name=user.name), by=user, about=user, on=user)
        return user

    def clean_email(self, email: str) -> str:
        """One form of letters and dots for what looks the same, as wherever else we keep an address."""
        kept: str = super().clean_email(Person.objects.normalize_email(email))
        return kept

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Adds the organisation, so that a mail says on whose behalf it comes."""
        organisation = the_organisation()
        super().send_mail(
            template_prefix, email, {**context, "organisation_name": organisation.name if organisation else "Folkmoot"}
        )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys carry the organisation's name."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        organisation = the_organisation()
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": organisation.name if organisation else "Folkmoot"}
