"""Telling people things."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from folkmoot.kit import zones
from folkmoot.notices.kinds import Notice
from folkmoot.notices.models import Telling
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person


@transaction.atomic
def tell(people: Iterable[Person], notice: Notice) -> list[Telling]:
    """Tell each of these people, in the caller's transaction; returns what was told.

    Each person is told once however often they are among `people`, and, for a notice with a `once` key, once in all.
    Words and times are worded for the reader: in their zone.
    """
    told = []
    for person in {person.pk: person for person in people if person.is_active}.values():
        telling = _tell_one(person, notice)
        if telling is not None:
            told.append(telling)
    return told


def _tell_one(person: Person, notice: Notice) -> Telling | None:
    organisation = the_organisation()
    zone = person.zone or (organisation.zone if organisation else "UTC")
    with timezone.override(zones.zone(zone)):
        subject = " ".join(str(notice.subject()).split())[:300]
        text = render_to_string(
            notice.template, {"notice": notice, "person": person, "organisation": organisation}
        ).strip()
    try:
        with transaction.atomic():
            telling = Telling.objects.create(
                person=person,
                kind=notice.kind,
                topic=notice.topic,
                subject=subject,
                text=text,
                path=notice.path(),
                once_key=notice.once()[:200],
            )
    except IntegrityError:
        return None
    if person.email:
        link = f"\n\n{notice.action()}: {settings.PUBLIC_ADDRESS}{telling.path}" if telling.path else ""
        EmailMultiAlternatives(subject=subject, body=f"{text}{link}\n", to=[person.email]).send()
    return telling
