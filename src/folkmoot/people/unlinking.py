"""The form that cuts the link to an account elsewhere, unless it is the only way in."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.forms import DisconnectForm
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.utils.translation import gettext as _

from folkmoot.people.models import Person


def has_another_way_in(person: Person, account: SocialAccount) -> bool:
    """Whether a person can sign in without this account: by a code, a passkey, or an account elsewhere."""
    ways = (
        EmailAddress.objects.filter(user=person, verified=True),
        Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN),
        SocialAccount.objects.filter(user=person).exclude(pk=account.pk),
    )
    return any(way.exists() for way in ways)


class UnlinkForm(DisconnectForm):  # type: ignore[misc]
    """As the library's, which knows nothing of signing in by a code and so asks for a password."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        account = cleaned.get("account")
        if account and not has_another_way_in(account.user, account):
            raise forms.ValidationError(
                _("This is your only way in. Please confirm an e-mail address first."), code="only_way"
            )
        return cleaned
