"""Finding people, their devices, and those who wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from folkmoot.people.domain.devices import Device, device_of
from folkmoot.people.models import HeldSignUp, Person


def person_with_email(email: str) -> Person | None:
    """The person of an address, compared without regard to case; None when nobody has it."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def stewards() -> list[Person]:
    """All active stewards."""
    return list(Person.objects.filter(is_steward=True, is_active=True))


@dataclass(frozen=True)
class SignedInDevice:
    """A device on which a person is signed in; `pk` is its session's, `seen_at` is right to the hour."""

    pk: int
    device: Device
    address: str
    since: datetime
    seen_at: datetime
    is_this: bool


def devices_of(person: Person, this_key: str) -> list[SignedInDevice]:
    """Where a person is signed in now, the device that asks first, then those used last."""
    rows = list(UserSession.objects.filter(user=person).order_by("-last_seen_at", "-pk"))
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    found = [
        SignedInDevice(
            pk=row.pk,
            device=device_of(row.user_agent),
            address=row.ip,
            since=row.created_at,
            seen_at=row.last_seen_at,
            is_this=row.session_key == this_key,
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda each: not each.is_this)


def sign_ups() -> tuple[list[HeldSignUp], list[HeldSignUp]]:
    """Sign-ups that wait, the oldest first, and the fifty turned away last."""
    held = HeldSignUp.objects.select_related("person", "decided_by")
    away = held.filter(outcome=HeldSignUp.Outcome.TURNED_AWAY).order_by("-decided_at", "-pk")
    return list(held.filter(outcome="")), list(away[:50])
