"""Adding people: one record each, also for those who have never been here."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
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
