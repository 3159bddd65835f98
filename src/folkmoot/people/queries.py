"""Finding people, their devices, and those who wait."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from folkmoot.people.circles import PROMINENT
from folkmoot.people.domain.devices import Device, device_of
from folkmoot.people.domain.likeness import seek_key, skeleton
from folkmoot.people.models import HeldSignUp, MergeRecord, Person


def person_with_email(email: str) -> Person | None:
    """The person of an address, as in `people_with_emails`; None when nobody has it."""
    return people_with_emails([email]).get(email)


def people_with_emails(emails: Collection[str]) -> dict[str, Person]:
    """Whose these addresses are, by the address as it was given, compared without regard to case; three queries.

    A further address counts once its owner has confirmed it. One that came with a merged record leads to the person
    whom it was merged into.
    """
    low = {email: Person.objects.normalize_email(email.strip()).lower() for email in emails}
    wanted = set(low.values()) - {""}
    found: dict[str, Person] = {}
    if wanted:
        people = Person.objects.annotate(low=Lower("email")).filter(low__in=wanted)
        found = {person.low: person for person in people}
    if left := wanted - set(found):
        further = EmailAddress.objects.annotate(low=Lower("email")).filter(low__in=left, verified=True)
        found |= {row.low: present_record(row.user) for row in further.select_related("user__merged_into")}
    if left := wanted - set(found):
        merges = MergeRecord.objects.annotate(low=Lower("gone_email")).filter(
            low__in=left, undone_at=None, kept__erased_at=None
        )
        found |= {row.low: present_record(row.kept) for row in merges.select_related("kept__merged_into")}
    return {email: found[key] for email, key in low.items() if key in found}


def present_record(person: Person) -> Person:
    """The record that a record was merged into, over however many steps; itself when it was not."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def records_of(person: Person) -> list[Person]:
    """The person's record and all that were merged into it, the person's own first."""
    found = [person]
    for one in found:
        found.extend(Person.objects.filter(merged_into=one).order_by("pk"))
    return found


def awaits_first_visit(person: Person) -> bool:
    """Whether somebody is only known by an address that others gave, and has not been here yet."""
    return person.last_login is None and not have_been_here(Person.objects.filter(pk=person.pk)).exists()


def have_been_here(people: models.QuerySet[Person]) -> models.QuerySet[Person]:
    """These people without those who await their first visit, see `awaits_first_visit`."""
    addresses = EmailAddress.objects.filter(user=models.OuterRef("pk"))
    return people.filter(
        models.Q(last_login__isnull=False) | ~models.Exists(addresses) | models.Exists(addresses.filter(verified=True))
    )


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
    held = HeldSignUp.objects.select_related("person", "decided_by").filter(person__merged_into=None)
    away = held.filter(outcome=HeldSignUp.Outcome.TURNED_AWAY).order_by("-decided_at", "-pk")
    return list(held.filter(outcome="")), list(away[:50])


SHOW = ("steward", "held", "never", "left")


def people_for_stewards(*, words: str = "", show: str = "") -> models.QuerySet[Person]:
    """People in the order of their names, for stewards alone: the words are sought in names and addresses.

    `show` is one of SHOW: stewards, those who are held, those who never signed in, those whose record was merged or
    erased. These last are left out otherwise.
    """
    people = Person.objects.order_by("name_key", "pk")
    left = models.Q(erased_at__isnull=False) | models.Q(merged_into__isnull=False)
    people = people.filter(left) if show == "left" else people.exclude(left)
    if show == "steward":
        people = people.filter(is_steward=True)
    elif show == "held":
        people = people.filter(is_active=False)
    elif show == "never":
        people = people.filter(last_login=None)
    key = seek_key(words)
    if key:
        address = Person.objects.normalize_email(words.strip())
        people = people.filter(models.Q(name_key__contains=key) | models.Q(email__icontains=address))
    return people


def look_alikes(people: list[Person]) -> dict[int, list[Person]]:
    """For each of these, the stewards and other prominent people for whom their name may be taken."""
    guarded = {person.pk: person for person in stewards()}
    for prominent in PROMINENT:
        guarded.update({person.pk: person for person in prominent()})
    by_bones: dict[str, list[Person]] = {}
    for person in guarded.values():
        by_bones.setdefault(skeleton(person.name), []).append(person)
    by_bones.pop("", None)
    found = {
        person.pk: [other for other in by_bones.get(skeleton(person.name), []) if other.pk != person.pk]
        for person in people
        if person.erased_at is None
    }
    return {key: others for key, others in found.items() if others}
