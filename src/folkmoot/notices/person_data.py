"""What notices keeps about people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.notices.models import Address, Arrival, Delivery, Digest, Hours, Letter, ListAddress, Telling, Wish
from folkmoot.people.models import Person
from folkmoot.people.person_data import OnErasing, Rows, offer
from folkmoot.ui.slots import Label


class Correspondence:
    """What is kept by address rather than by person: mails as they were written, and how mail to the address fares."""

    title: Label = _("Mails to you")
    answers_for: Sequence[tuple[type[models.Model], str]] = ()

    def export(self, person: Person) -> list[dict[str, Any]]:
        if not person.email:
            return []
        letters = Letter.objects.filter(recipient__iexact=person.email).order_by("pk")
        return [
            {
                "subject": letter.subject,
                "written_at": letter.written_at.isoformat(),
                "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
                "came_back_at": letter.bounced_at.isoformat() if letter.bounced_at else None,
            }
            for letter in letters
        ] + [
            {"address": row.address, "paused_at": row.paused_at.isoformat(), "problem": row.problem}
            for row in Address.objects.filter(address__iexact=person.email)
            if row.paused_at
        ]

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        # It belongs to the address, which stays with whoever has it.
        return {}

    def part(self, kept: Person, gone: Person, moved: Mapping[str, Any]) -> None:
        return None

    def erase(self, person: Person) -> None:
        if person.email:
            Letter.objects.filter(recipient__iexact=person.email).update(
                recipient="", subject="", text="", html="", headers={}, last_problem=""
            )
            Address.objects.filter(address__iexact=person.email).delete()
            Arrival.objects.filter(sender__iexact=person.email).update(sender="", words="")


def _telling(row: Telling) -> dict[str, Any]:
    deliveries: models.QuerySet[Delivery] = row.deliveries.order_by("pk")
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
    offer("notices.tellings", Rows(_("What you were told"), Telling, "person", _telling), order=40)
    offer(
        "notices.wishes",
        Rows(
            _("What you want to hear"),
            Wish,
            "person",
            lambda row: {"topic": row.topic, "channel": row.channel, "choice": row.choice},
        ),
        order=41,
    )
    offer("notices.hours", Rows(_("Your digest and quiet hours"), Hours, "person", _hours), order=42)
    offer(
        "notices.digests",
        Rows(
            _("Digests that came to you"),
            Digest,
            "person",
            lambda row: {"period": row.period, "made_at": row.made_at.isoformat()},
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
        ),
        order=44,
    )
    offer("notices.mails", Correspondence(), order=45)
