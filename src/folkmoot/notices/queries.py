"""Reading what people wish, what they were told, and how mail fares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from folkmoot.notices.channels import CHANNELS
from folkmoot.notices.domain.timing import Choice
from folkmoot.notices.kinds import TOPICS
from folkmoot.notices.mailbox import place_of
from folkmoot.notices.maildir import is_maildir
from folkmoot.notices.models import Address, Hours, ListAddress, MailBoxState, Telling, Wish
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


def arriving_problem() -> str:
    """Why mail that arrives is not taken in, in a sentence for who runs the place; empty when all is well."""
    if settings.MAILDIR is not None and not is_maildir(settings.MAILDIR):
        return f"{settings.MAILDIR} is no maildir: it has no folder new/."
    if settings.MAIL_BOX is None:
        return ""
    if not settings.BOUNCE_ADDRESS:
        return "FOLKMOOT_BOUNCE_ADDRESS is not set, so nothing in the mailbox is known to be for us."
    state = MailBoxState.objects.filter(place=place_of(settings.MAIL_BOX)).first()
    if state is None or state.looked_at is None:
        return "the mailbox has not been looked into yet; `folkmoot mail fetch` does it at once."
    if state.problem:
        since = f" It was last read on {state.well_at:%Y-%m-%d at %H:%M} UTC." if state.well_at else ""
        return f"{state.problem}{since} `folkmoot mail fetch` tries again at once; no mail there is lost."
    if state.passed_over:
        return f"mails that the server lists and does not give: {state.passed_over}; look at them in the mailbox."
    return ""
