"""What is kept of thanks, for whoever said them and for whoever got them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.models.thanks import Thanks, ThanksState, ThanksWish
from folkmoot.people.models import Person
from folkmoot.people.person_data import PRIVATE, Pointers, Rows, offer


class Received(Rows):
    """A thanks between two who are kept apart, and one that is still on its way, is told to nobody but its giver."""

    def export(self, person: Person) -> list[dict[str, Any]]:
        there = self.of(person).exclude(state=ThanksState.WITHHELD).filter(reaches_at__lte=timezone.now())
        return [self.values(row) for row in there.select_related("giver")]


class Given(Pointers):
    """Thanks stay with whom they were said to, without the name; those that nobody has go."""

    def erase(self, person: Person) -> None:
        self.of(person).exclude(state=ThanksState.WITH_THEM).delete()
        super().erase(person)


def fill() -> None:
    """Answer for thanks from both of their ends, and for the wish about new ones."""
    offer(
        "connections.thanks_received",
        Received(
            _("Thanks that you got"),
            Thanks,
            "receiver",
            _received,
            seen_by=_("You and whoever said it; and those to whom you show it."),
            corrected_at="my_thanks",
        ),
    )
    offer(
        "connections.thanks_given",
        Given(
            _("Thanks that you said"),
            Thanks,
            "giver",
            _given,
            seen_by=_("You and whom you thanked; and those to whom they show it."),
            corrected_at="my_thanks",
            fetched=("receiver",),
        ),
    )
    offer(
        "connections.thanks_wish",
        Rows(
            _("Who reads new thanks of yours"),
            ThanksWish,
            "person",
            lambda wish: {"shown": wish.shown},
            seen_by=PRIVATE,
            corrected_at="my_thanks",
        ),
    )


def _received(thanks: Thanks) -> dict[str, Any]:
    return {
        "from": thanks.giver.name if thanks.giver else None,
        "words": thanks.words,
        "for": thanks.occasion,
        "said_at": thanks.said_at.isoformat(),
        "shown": thanks.shown,
        "removed": thanks.state == ThanksState.REMOVED,
    }


def _given(thanks: Thanks) -> dict[str, Any]:
    return {
        "to": thanks.receiver.name,
        "words": thanks.words,
        "for": thanks.occasion,
        "said_at": thanks.said_at.isoformat(),
    }
