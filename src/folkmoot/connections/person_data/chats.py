"""What is kept about people's chats, and who was brought together with whom."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from folkmoot.connections.models.chats import ChatConversation, ChatPart, ChatProgramme, ChatSeat
from folkmoot.connections.queries.chats import share_a_chat
from folkmoot.people.circles import SHARED_CIRCLES
from folkmoot.people.models import Person
from folkmoot.people.person_data import PRIVATE, Pointers, Rows, offer


class Seats(Rows):
    """What rounds brought somebody. Erasing takes the reasons of their conversations too: they told of interests."""

    def erase(self, person: Person) -> None:
        ChatConversation.objects.filter(seats__person=person).update(reasons=[])
        super().erase(person)


def fill() -> None:
    """Answer for every model of this part that points at a person."""
    offer(
        "connections.chat_parts",
        Rows(
            _("Chats in which you take part"),
            ChatPart,
            "person",
            _part,
            seen_by=PRIVATE,
            fetched=("programme",),
        ),
    )
    offer(
        "connections.chat_seats",
        Seats(
            _("People with whom you were brought together"),
            ChatSeat,
            "person",
            _seat,
            seen_by=_(
                "You, and those with whom you were brought together. Your answers: you; whoever runs the chats sees "
                "numbers, from ten people on."
            ),
            fetched=("round__programme", "conversation__seats__person"),
        ),
    )
    offer(
        "connections.chat_programmes",
        Pointers(_("Chats that you began for others"), ChatProgramme, "made_by", lambda one: {"name": one.name}),
    )
    SHARED_CIRCLES.register("chats", share_a_chat)


def _part(part: ChatPart) -> dict[str, Any]:
    return {
        "programme": part.programme.name,
        "weekdays": part.weekdays,
        "near": part.near,
        "welcomes newcomers": part.welcomes,
        "skips": part.skips.isoformat() if part.skips else None,
        "paused_until": part.paused_until.isoformat() if part.paused_until else None,
        "since": part.began_at.isoformat(),
    }


def _seat(seat: ChatSeat) -> dict[str, Any]:
    return {
        "programme": seat.round.programme.name,
        "round": seat.round.number,
        "on": seat.round.on.isoformat(),
        "with": [one.person.name for one in seat.conversation.seats.all() if one.pk != seat.pk]
        if seat.conversation
        else [],
        "missed": seat.missed,
        "answer": seat.answer,
    }
