"""Adding people: one record each, also for those who have never been here."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.facts import PersonAdded
from folkmoot.people.models import Person
from folkmoot.people.names import clean_name
from folkmoot.people.queries import person_with_email


@transaction.atomic
def add_person(*, name: str, email: str | None = None, zone: str = "", by: Actor) -> Person:
    """Make a person who may claim it later by signing in with the address; Refused `email_taken` or `invalid`.

    The address counts as verified only when its owner proves it, at the first sign-in by code.
    """
    if email is not None:
        email = clean_email(email)
        if person_with_email(email):
            raise taken(email)
    name, zone = clean_name(name), zones.canonical(zone) if zone else ""
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email=email, name=name, zone=zone)
    except IntegrityError:  # somebody else was quicker by a moment
        raise taken(email or "") from None
    if email:
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)
    record(PersonAdded(name=person.name), by=by, about=person, on=person)
    return person


@transaction.atomic
def person_for(email: str, *, name: str = "", by: Actor) -> Person:
    """The person of an address, added if there is none; the part before the @ serves as a name until told."""
    email = clean_email(email)
    found = person_with_email(email)
    if found is not None:
        return found
    try:
        return add_person(name=name or email.split("@")[0], email=email, by=by)
    except Refused as refused:
        found = person_with_email(email) if refused.code == "email_taken" else None
        if found is None:
            raise
        return found


def taken(email: str) -> Refused:
    return Refused(_("Somebody already has the address %(email)s.") % {"email": email}, code="email_taken")


def clean_email(email: str) -> str:
    """The address in lower case without surrounding space; Refused `invalid` when it is none.

    Lower case throughout, since that is how it is looked for when its owner signs in.
    """
    email = Person.objects.normalize_email(email.strip()).strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("“%(email)s” is not an e-mail address.") % {"email": email[:80]}, code="invalid") from None
    return email
