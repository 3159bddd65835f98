"""Finding people."""

from __future__ import annotations

from django.db import models

from folkmoot.people.circles import PROMINENT
from folkmoot.people.domain.likeness import seek_key, skeleton
from folkmoot.people.models import MergeRecord, Person


def person_with_email(email: str) -> Person | None:
    """The person of an address, compared without regard to case; None when nobody has it.

    An address that came with a merged record leads to the person whom it was merged into.
    """
    email = Person.objects.normalize_email(email.strip())
    person = Person.objects.filter(email__iexact=email).first()
    if person is None and email:
        merge = (
            MergeRecord.objects.filter(gone_email__iexact=email, undone_at=None, kept__erased_at=None)
            .select_related("kept")
            .first()
        )
        person = present_record(merge.kept) if merge else None
    return person


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


def stewards() -> list[Person]:
    """All active stewards."""
    return list(Person.objects.filter(is_steward=True, is_active=True))


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
