"""What polls keep about people: when they said that they are free, and what they asked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.availability.models import Poll, PollAnswer
from folkmoot.people.person_data import Pointers, Rows, offer


def fill() -> None:
    """Answer for every model of this room that points at a person."""
    offer(
        "availability.answers",
        Rows(
            _("Your answers to polls on when you are free"),
            PollAnswer,
            "person",
            _answer,
            seen_by=_(
                "You; those who take part in the group, or only those who lead it where the poll says so. "
                "Everybody else who may see the poll sees how many are free, without names."
            ),
            fetched=("poll__group",),
        ),
    )
    offer("availability.polls", Pointers(_("Polls on when people are free that you made"), Poll, "asked_by", _poll))


def _answer(answer: PollAnswer) -> dict[str, Any]:
    return {
        "poll": answer.poll.title,
        "group": answer.poll.group.name,
        "zone": answer.zone,
        "free": answer.free,
        "if_need_be": answer.maybe,
        "changed_at": answer.changed_at.isoformat(),
    }


def _poll(poll: Poll) -> dict[str, Any]:
    return {"title": poll.title, "about": poll.about, "group": poll.group.name, "made_at": poll.made_at.isoformat()}
