"""Reading what people wish, what they were told, and how mail fares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models
from django.db.models.functions import Coalesce

from folkmoot.notices.channels import CHANNELS
from folkmoot.notices.domain.timing import Choice
from folkmoot.notices.kinds import TOPICS
from folkmoot.notices.models import Address, Hours, ListAddress, Telling, Wish
from folkmoot.notices.places import Place
from folkmoot.organisation.queries import the_organisation
from folkmoot.people.models import Person

Wishes = Mapping[tuple[str, str], Choice]
"""Choices by topic and channel."""


def wishes_of_people(people: Iterable[Person], topic: str) -> dict[tuple[int, str], Choice]:
    """What was chosen for one topic, by person and channel; in one query."""
    rows = Wish.objects.filter(person__in=list(people), topic=topic)
    return {(row.person_id, row.channel): Choice(row.choice) for row in rows}


def wishes_of(person: Person) -> dict[tuple[str, str], Choice]:
    """Every choice of a person by topic and channel, the defaults where they chose nothing."""
    chosen = {(row.topic, row.channel): Choice(row.choice) for row in Wish.objects.filter(person=person)}
    return {
        (topic.name, channel.name): chosen.get((topic.name, channel.name), channel.item.default)
        for topic in TOPICS.entries()
        for channel in CHANNELS.entries()
    }


def hours_of(person: Person) -> Hours:
    """When a person's digest comes and their quiet hours; the defaults, not saved, where they chose none."""
    return Hours.objects.filter(person=person).first() or Hours(person=person)


def zone_of(person: Person) -> str:
    """The zone in which a person is told things: theirs, else the organisation's."""
    if person.zone:
        return person.zone
    organisation = the_organisation()
    return organisation.zone if organisation else "UTC"


def notices_of(person: Person, topic: str = "") -> models.QuerySet[Telling]:
    """What stands in a person's list on the site, newest first."""
    listed = Telling.objects.filter(person=person, listed_at__isnull=False).order_by("-listed_at", "-pk")
    return listed.filter(topic=topic) if topic else listed


UNREAD = "unread_notices"
"""What stands on `request.user`: how many notices were not read when the page began."""


def unread_along() -> Coalesce:
    """The same for each of the people of a query, in that query; entered in `people.signed_in.READ_ALONG`."""
    unread = Telling.objects.filter(person=models.OuterRef("pk"), listed_at__isnull=False, read_at=None).order_by()
    counted = unread.values("person").annotate(number=models.Count("pk")).values("number")
    return Coalesce(models.Subquery(counted), 0)


def unread_count(person: Person) -> int:
    """How many notices in the list were not read; one query on an index of its own."""
    return Telling.objects.filter(person=person, listed_at__isnull=False, read_at=None).count()


def paused_address(person: Person) -> Address | None:
    """The person's address where mail to it came back, else None."""
    if not person.email:
        return None
    return Address.objects.filter(address__iexact=person.email, paused_at__isnull=False).first()


def lists_of(place: Place) -> models.QuerySet[ListAddress]:
    """The mailing lists of a place, each with `is_paused`."""
    paused = Address.objects.filter(address__iexact=models.OuterRef("address"), paused_at__isnull=False)
    return ListAddress.objects.filter(place=place.key).annotate(is_paused=models.Exists(paused))
