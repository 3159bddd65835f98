"""What is kept about people's interests, and about whom they do not want to be brought together with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.models.interests import Interest
from folkmoot.people.models import Person
from folkmoot.people.person_data import PRIVATE, Rows, offer


class SaidByOthers(Rows):
    """Wishes that others made about a person: merged and erased with them, but never told to them."""

    def export(self, person: Person) -> list[dict[str, Any]]:
        return []


def fill() -> None:
    """Answer for interests, and for wishes not to be brought together, from both of their ends."""
    offer(
        "connections.interests",
        Rows(
            _("What you care about, can help with and want to learn"),
            Interest,
            "person",
            lambda one: {"sort": one.sort, "words": one.words},
            seen_by=_("You; and those to whom you show it in the directory or where you take part."),
        ),
    )
    offer(
        "connections.apart",
        Rows(
            _("People with whom you do not want to be brought together"),
            NotWith,
            "asked_by",
            lambda one: {"person": one.other.name, "asked_at": one.asked_at.isoformat()},
            seen_by=PRIVATE,
            fetched=("other",),
        ),
    )
    offer(
        "connections.apart_said_by_others",
        SaidByOthers(_("Wishes of others, which stay theirs"), NotWith, "other", lambda one: {}, seen_by=_("Nobody.")),
    )
