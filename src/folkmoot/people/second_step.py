"""What is kept of a person's second step, sealed: read, sealed anew, and taken away when nothing can read it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.people.domain.sealing import CannotOpen, is_sealed_with_first, opened, seal
from folkmoot.people.facts import SecondStepLost
from folkmoot.people.models import Person

BY_CODE = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def keys() -> list[str]:
    """The installation's secret keys, the one that seals first."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def sealed(text: str) -> str:
    """A secret as it is kept."""
    return seal(text, keys())


def unsealed(kept: str) -> str:
    """The secret; Refused `unreadable`, with the way in, when the key it was sealed with is not here."""
    try:
        return opened(kept, keys())
    except CannotOpen:
        raise Refused(
            _(
                "Your code cannot be checked: the key with which this site reads it was changed or lost. That is not "
                "your doing. Please ask whoever runs this site for a one-time sign-in link. It lets you in without the "
                "code, and then you can switch your second step on again."
            ),
            code="unreadable",
        ) from None


class CodeFormWithWords(forms.Form):
    """For a form of the library that checks a code: says in words when there is nothing to check it by."""

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except Refused as refused:
            raise forms.ValidationError(refused.message, code=refused.code) from None
        return code


class StepForm(CodeFormWithWords, AuthenticateForm):  # type: ignore[misc]
    """Asks for the second step at the sign-in."""


class StepAgainForm(CodeFormWithWords, ReauthenticateForm):  # type: ignore[misc]
    """Asks for it once more before something about the account changes."""


@transaction.atomic
def drop_lost_step(person: Person) -> bool:
    """Take away what of a person's second step no key opens, and say whether anything was; it let nobody in anyway.

    Only for somebody who came by a link that whoever runs the installation gave them. Passkeys hold nothing sealed
    and stay.
    """
    lost = [row.pk for row in _by_code().filter(user=person).select_for_update() if not _can_be_opened(row)]
    if not lost:
        return False
    Authenticator.objects.filter(pk__in=lost).delete()
    record(SecondStepLost(), by=person, about=person, on=person)
    return True


def seal_anew() -> int:
    """Seal with the newest key what was kept openly or with an older key; how many rows that were.

    Each in a transaction of its own. What no key opens stays as it is: the right key may come back.
    """
    return sum(_seal_anew(key) for key in list(_by_code().values_list("pk", flat=True)))


@transaction.atomic
def _seal_anew(key: int) -> bool:
    # A recovery code that is used meanwhile is noted in the same field.
    row = _by_code().select_for_update().filter(pk=key).first()
    if row is None or all(is_sealed_with_first(value, keys()) for value in _secrets(row)) or not _can_be_opened(row):
        return False
    row.data = {name: _each(value) if name in SECRETS else value for name, value in row.data.items()}
    row.save(update_fields=["data"])
    return True


SECRETS = ("secret", "seed", "migrated_codes")
"""Where the library keeps, within `data`, what it seals."""


def _by_code() -> Any:
    return Authenticator.objects.filter(type__in=BY_CODE).order_by("pk")


def _secrets(row: Authenticator) -> list[str]:
    found: list[str] = []
    for name in SECRETS:
        value = row.data.get(name, [])
        found += value if isinstance(value, list) else [value]
    return found


def _each(value: str | list[str]) -> str | list[str]:
    return [sealed(unsealed(one)) for one in value] if isinstance(value, list) else sealed(unsealed(value))


def _can_be_opened(row: Authenticator) -> bool:
    try:
        for value in _secrets(row):
            opened(value, keys())
    except CannotOpen:
        return False
    return True
