"""Finding people."""

from __future__ import annotations

from folkmoot.people.models import Person


def person_with_email(email: str) -> Person | None:
    """The person of an address, compared without regard to case; None when nobody has it."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def stewards() -> list[Person]:
    """All active stewards."""
    return list(Person.objects.filter(is_steward=True, is_active=True))
