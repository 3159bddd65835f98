"""Adding people, naming stewards, preferences, and one-time sign-in links."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.facts import PersonAdded, PreferencesChanged, SignedInByLink, StewardNamed
from folkmoot.people.models import Clock, Person, SignInLink, Theme
from folkmoot.people.names import clean_name
from folkmoot.people.queries import person_with_email
from folkmoot.people.rules import may_run_the_installation

SIGN_IN_LINK_LASTS = timedelta(hours=12)


@transaction.atomic
def add_person(*, name: str, email: str | None = None, zone: str = "", by: Actor) -> Person:
    """Make a person who may claim it later by signing in with the address; Refused `email_taken` or `invalid`.

    The address counts as verified only when its owner proves it, at the first sign-in by code.
    """
    if email is not None:
        email = clean_email(email)
        if person_with_email(email):
            raise Refused(_("Somebody already has the address %(email)s.") % {"email": email}, code="email_taken")
    person = Person.objects.create_user(email=email, name=clean_name(name), zone=zones.canonical(zone) if zone else "")
    if email:
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)
    record(PersonAdded(name=person.name), by=by, about=person, on=person)
    return person


@transaction.atomic
def person_for(email: str, *, name: str = "", by: Actor) -> Person:
    """The person of an address, added if there is none; the part before the @ serves as a name until told."""
    email = clean_email(email)
    return person_with_email(email) or add_person(name=name or email.split("@")[0], email=email, by=by)


@transaction.atomic
def name_steward(person: Person, *, by: Actor) -> None:
    """Let a person run the installation; done twice, it is told once."""
    require(may_run_the_installation(by))
    if not person.is_steward:
        person.is_steward = True
        person.save(update_fields=["is_steward"])
        record(StewardNamed(name=person.name), by=by, about=person, on=person)


@transaction.atomic
def change_preferences(person: Person, *, zone: str, clock: str, theme: str) -> None:
    """A person's own zone, clock and appearance; Refused `invalid` for a value that is none of the choices."""
    if clock not in Clock.values or theme not in Theme.values:
        raise Refused(_("Please choose one of the options."), code="invalid")
    new = {"zone": zones.canonical(zone) if zone else "", "clock": clock, "theme": theme}
    changes = {key: [getattr(person, key), value] for key, value in new.items() if getattr(person, key) != value}
    if changes:
        for key, value in new.items():
            setattr(person, key, value)
        person.save(update_fields=list(new))
        record(PreferencesChanged(), by=person, about=person, on=person, changes=changes)


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


def clean_email(email: str) -> str:
    """The address in lower case without surrounding space; Refused `invalid` when it is none.

    Lower case throughout, since that is how it is looked for when its owner signs in.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("“%(email)s” is not an e-mail address.") % {"email": email[:80]}, code="invalid") from None
    return email


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
