"""What notices keeps about people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from folkmoot.notices.models import Address, Arrival, Delivery, Digest, Hours, Letter, ListAddress, Telling, Wish
from folkmoot.people.models import Person
from folkmoot.people.person_data import PRIVATE, OnErasing, Rows, Unmoved, offer
from folkmoot.ui.slots import Label


class Told(Rows):
    """What is not to be shown yet is not handed out either: until then it may be taken back."""

    def export(self, person: Person) -> list[dict[str, Any]]:
        shown = self.of(person).exclude(not_before__gt=timezone.now())
        return [self.values(row) for row in shown.prefetch_related(*self.fetched)]


class Correspondence(Unmoved):
    """What is kept by address rather than by person: mails as they were written, and how mail to the address fares.

    It follows the addresses, so merging moves nothing here. When somebody is erased, their letters are deleted, sent or
    not, and their name is taken out of what others were told: where it is of two words at least and nobody else bears
    it, for else other words would be hit.
    """

    title: Label = _("Mails to you")
    seen_by: Label = _("You. Stewards see the outbox; the words are emptied once a letter is sent.")

    @property
    def answers_for(self) -> Sequence[tuple[type[models.Model], str]]:
        return []

    def export(self, person: Person) -> list[dict[str, Any]]:
        return [
            {
                "to": letter.recipient,
                "subject": letter.subject,
                "text": letter.text,
                "written": letter.written_at.isoformat(),
                "sent": letter.sent_at.isoformat() if letter.sent_at else None,
                "came_back": letter.bounced_at.isoformat() if letter.bounced_at else None,
            }
            for letter in letters_to(person).order_by("pk")
        ] + [
            {"address": row.address, "paused": row.paused_at.isoformat(), "problem": row.problem}
            for row in Address.objects.filter(_at(person, "address"))
            if row.paused_at
        ]

    def erase(self, person: Person) -> None:
        letters_to(person).delete()
        Address.objects.filter(_at(person, "address")).delete()
        Arrival.objects.filter(_at(person, "sender")).update(sender="", words="")
        if is_telling(person):
            for model, fields in ((Letter, ("subject", "text", "html")), (Telling, ("subject", "text"))):
                take_out(person.name, model, fields)


def letters_to(person: Person) -> models.QuerySet[Letter]:
    """All letters to the addresses that are a person's now; a recipient may be written with a name before it."""
    return Letter.objects.filter(_at(person, "recipient"))


def _at(person: Person, field: str) -> models.Q:
    """Rows whose field holds one of a person's addresses."""
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)} - {None, ""}
    found = models.Q(pk__in=[])
    for address in addresses:
        found |= models.Q(**{f"{field}__iexact": address}) | models.Q(**{f"{field}__iendswith": f"<{address}>"})
    return found


def is_telling(person: Person) -> bool:
    """Whether the name alone says whom it means."""
    others = Person.objects.filter(name_key=person.name_key, erased_at=None).exclude(pk=person.pk)
    return " " in person.name and not others.exists()


def take_out(name: str, model: type[models.Model], fields: Sequence[str]) -> None:
    """Write other words where a name stood."""
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    mentioned = models.Q()
    for field in fields:
        mentioned |= models.Q(**{f"{field}__icontains": name})
    for row in model._default_manager.filter(mentioned):
        for field in fields:
            setattr(row, field, whole.sub(_now("someone who left"), getattr(row, field)))
        row.save(update_fields=list(fields))


def _telling(row: Telling) -> dict[str, Any]:
    deliveries: list[Delivery] = sorted(row.deliveries.all(), key=lambda one: one.pk)
    return {
        "topic": row.topic,
        "subject": row.subject,
        "text": row.text,
        "told_at": row.told_at.isoformat(),
        "read_at": row.read_at.isoformat() if row.read_at else None,
        "ways": {one.channel: one.state for one in deliveries},
    }


def _hours(row: Hours) -> dict[str, Any]:
    return {
        "digest": row.digest_every,
        "weekday": row.digest_weekday,
        "hour": row.digest_hour,
        "quiet_from": row.quiet_from.isoformat("minutes") if row.quiet_from else None,
        "quiet_until": row.quiet_until.isoformat("minutes") if row.quiet_until else None,
    }


def enter() -> None:
    """Answer for every model of ours that points at a person, or at their address."""
    offer(
        "notices.tellings",
        Told(_("What you were told"), Telling, "person", _telling, seen_by=PRIVATE, fetched=("deliveries",)),
        order=40,
    )
    offer(
        "notices.wishes",
        Rows(
            _("What you want to hear"),
            Wish,
            "person",
            lambda row: {"topic": row.topic, "channel": row.channel, "choice": row.choice},
            seen_by=PRIVATE,
        ),
        order=41,
    )
    offer("notices.hours", Rows(_("Your digest and quiet hours"), Hours, "person", _hours, seen_by=PRIVATE), order=42)
    offer(
        "notices.digests",
        Rows(
            _("Digests that came to you"),
            Digest,
            "person",
            lambda row: {"period": row.period, "made_at": row.made_at.isoformat()},
            seen_by=PRIVATE,
        ),
        order=43,
    )
    offer(
        "notices.lists",
        Rows(
            _("Mailing lists that you entered"),
            ListAddress,
            "added_by",
            lambda row: {"place": row.place, "address": row.address},
            on_erasing=OnErasing.KEEP,
            seen_by=_("You, and whoever looks after the lists of that place."),
        ),
        order=44,
    )
    offer("notices.mails", Correspondence(), order=45)
