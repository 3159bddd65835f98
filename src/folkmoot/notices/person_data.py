"""What is kept of what people were told: their notices, and the letters to their addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from folkmoot.notices.models import Letter, Telling
from folkmoot.people.models import Person
from folkmoot.people.person_data import Rows, Unmoved, offer
from folkmoot.ui.slots import Label


class Letters(Unmoved):
    """Letters to any address of a person. They follow the addresses, so merging moves nothing here.

    When somebody is erased, their letters are deleted, sent or not, and their name is taken out of what others were
    told: where it is of two words at least and nobody else bears it, for else other words would be hit.
    """

    title: Label = _("Letters")
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
            }
            for letter in letters_to(person).order_by("pk")
        ]

    def erase(self, person: Person) -> None:
        letters_to(person).delete()
        if is_telling(person):
            for model, fields in ((Letter, ("subject", "text", "html")), (Telling, ("subject", "text"))):
                take_out(person.name, model, fields)


def letters_to(person: Person) -> models.QuerySet[Letter]:
    """All letters to the addresses that are a person's now; a recipient may be written with a name before it."""
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)} - {None, ""}
    found = models.Q(pk__in=[])
    for address in addresses:
        found |= models.Q(recipient__iexact=address) | models.Q(recipient__iendswith=f"<{address}>")
    return Letter.objects.filter(found)


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


def fill() -> None:
    """Enter what we keep."""
    offer(
        "notices.tellings",
        Rows(_("Notices"), Telling, "person", _telling, seen_by=_("You.")),
        order=80,
    )
    offer("notices.letters", Letters(), order=81)


def _telling(row: Telling) -> dict[str, Any]:
    return {
        "subject": row.subject,
        "text": row.text,
        "told": row.told_at.isoformat(),
        "read": row.read_at.isoformat() if row.read_at else None,
    }
