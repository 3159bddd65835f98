"""Links that sign one person in, once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.actions.standing import gone, hold_person
from folkmoot.people.facts import SignedInByLink, SignInLinkMade
from folkmoot.people.models import Person, SignInLink, Standing
from folkmoot.people.rules import may_run_the_installation

SIGN_IN_LINK_LASTS = timedelta(hours=12)


@transaction.atomic
def give_sign_in_link(person: Person, *, by: Actor) -> str:
    """A one-time link for somebody who cannot get in, as `make_sign_in_link`; Refused `not_active` for who is held."""
    require(may_run_the_installation(by))
    held = hold_person(person)
    if held.standing in (Standing.MERGED, Standing.ERASED):
        raise gone(held)
    if not held.is_active:
        raise Refused(_("%(name)s is held, and cannot sign in.") % {"name": held.name}, code="not_active")
    record(SignInLinkMade(), by=by, about=held, on=held)
    return make_sign_in_link(held)


@transaction.atomic
def make_sign_in_link(person: Person, *, lasts: timedelta = SIGN_IN_LINK_LASTS) -> str:
    """The path of a page whose button signs this person in, once, within `lasts`."""
    token = secrets.token_urlsafe(24)
    SignInLink.objects.create(person=person, token_digest=_digest(token), expires_at=timezone.now() + lasts)
    return reverse("sign_in_by_link", args=[token])


def person_of_link(token: str) -> Person | None:
    """Whom a link would sign in, without using it; None when it is unknown, used or too old."""
    link = (
        SignInLink.objects.select_related("person")
        .filter(token_digest=_digest(token), used_at=None, expires_at__gt=timezone.now(), person__is_active=True)
        .first()
    )
    return link.person if link else None


@transaction.atomic
def use_sign_in_link(token: str) -> Person:
    """Use a link up and return its person; Refused `link_used` when it no longer works, also in a race."""
    person = person_of_link(token)
    used = person and SignInLink.objects.filter(token_digest=_digest(token), used_at=None).update(
        used_at=timezone.now()
    )
    if not person or not used:
        raise Refused(_("This sign-in link was used already, or is too old."), code="link_used")
    record(SignedInByLink(), by=person, about=person, on=person)
    return person


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
