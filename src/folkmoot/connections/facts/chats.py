"""Coffee chats: programmes, rounds, and what became of the conversations. No fact says who talks with whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.facts import Audience, Fact


@dataclass(frozen=True)
class ChatsBegun(Fact):
    """A programme of chats was made; `first_draw` is a day (ISO)."""

    kind = "connections.chats_begun"
    audience = Audience.GROUP
    sentence = _("{actor} began chats: {name}.")
    personal = frozenset({"name"})

    programme_id: int
    name: str
    weeks: int
    first_draw: str


@dataclass(frozen=True)
class ChatsChanged(Fact):
    """How often or when a programme is drawn, or what it is called, was changed."""

    kind = "connections.chats_changed"
    audience = Audience.GROUP
    sentence = _("{actor} changed how chats are drawn.")

    programme_id: int


@dataclass(frozen=True)
class ChatsEnded(Fact):
    """A programme draws no more rounds."""

    kind = "connections.chats_ended"
    audience = Audience.GROUP
    sentence = _("{actor} ended chats.")

    programme_id: int


@dataclass(frozen=True)
class ChatsJoined(Fact):
    """A person takes part in a programme from now on; only they read this."""

    kind = "connections.chats_joined"
    audience = Audience.PERSON
    sentence = _("{actor} takes part in chats.")

    programme_id: int


@dataclass(frozen=True)
class ChatsLeft(Fact):
    """A person takes part in a programme no more; only they read this."""

    kind = "connections.chats_left"
    audience = Audience.PERSON
    sentence = _("{actor} takes part in chats no more.")

    programme_id: int


@dataclass(frozen=True)
class ChatRoundDrawn(Fact):
    """A round was drawn: so many people in so many conversations, and for so many there was nobody.

    The sentence says no number: of a few people it would tell whose they are (`queries.chats.NUMBERS_FROM`).
    """

    kind = "connections.chat_round_drawn"
    audience = Audience.GROUP
    sentence = _("Round {number} of chats was drawn.")

    programme_id: int
    number: int
    people: int
    conversations: int
    left_over: int
