"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.chats_links import skip_path
from folkmoot.connections.models.chats import ChatConversation, ChatProgramme, ChatRound
from folkmoot.connections.queries.chats_words import listed
from folkmoot.notices.kinds import TOPICS, Notice, Shortcut, Topic
from folkmoot.people.models import Person
from folkmoot.ui import times

TOPICS.register(
    "chats",
    Topic(gettext_lazy("Coffee chats"), gettext_lazy("Rounds that come, and whom you are brought together with")),
    order=80,
    by=__name__,
)


def _names(people: tuple[Person, ...]) -> str:
    return listed([person.name for person in people])


@dataclass(frozen=True)
class ChatRoundComes(Notice):
    """To whoever takes part: a draw is two days off, and can be left out."""

    kind = "connections.chat_round_comes"
    topic = "chats"

    programme: ChatProgramme
    on: date

    @property
    def day(self) -> str:
        return times.long_day(self.on)

    def subject(self) -> str:
        return _("%(name)s: the next round is on %(day)s") % {"name": self.programme.name, "day": self.day}

    def path(self) -> str:
        return self.programme.get_absolute_url()

    def shortcut(self, person: Person) -> Shortcut | None:
        return Shortcut(skip_path(self.programme.pk, person.pk, self.on), _("Skip this round"))

    def once(self) -> str:
        return f"chats-next:{self.programme.pk}:{self.on.isoformat()}"


@dataclass(frozen=True)
class ChatIntroduced(Notice):
    """To each of those who were brought together: who the others are, why, and when all are free."""

    kind = "connections.chat_introduced"
    topic = "chats"

    conversation: ChatConversation
    others: tuple[Person, ...]
    why: str
    at: tuple[datetime, ...]

    @property
    def names(self) -> str:
        return _names(self.others)

    @property
    def programme(self) -> ChatProgramme:
        return self.conversation.round.programme

    @property
    def ends(self) -> str:
        return times.long_day(self.conversation.round.ends_on - timedelta(days=1))

    @property
    def free(self) -> list[str]:
        """Times that suit all, on the reader's clock and on those of the others."""
        here = timezone.get_current_timezone()
        return [in_zones(at, str(here), self.others) for at in self.at]

    def subject(self) -> str:
        return _("A chat with %(names)s") % {"names": self.names}

    def path(self) -> str:
        return self.conversation.get_absolute_url()

    def action(self) -> str:
        return _("Choose a time")

    def once(self) -> str:
        return f"chat:{self.conversation.pk}"


def in_zones(at: datetime, here: str, others: tuple[Person, ...]) -> str:
    """`Wednesday 25 November, 09:00; 18:00 in Tokyo`: on the reader's clock, and on those of others that differ."""
    mine = times.local(at, here)
    said = [f"{times.long_day(mine.date())}, {times.clock_words(mine, '24')}"]
    for zone in dict.fromkeys(one.zone for one in others if one.zone):
        theirs = times.local(at, zone)
        if theirs.replace(tzinfo=None) != mine.replace(tzinfo=None):
            said.append(times.at_place(theirs, zone, "24", beside=mine.date()))
    return "; ".join(said)


@dataclass(frozen=True)
class NobodyForAChat(Notice):
    """To whom there was nobody for in a round: why, plainly."""

    kind = "connections.chat_nobody"
    topic = "chats"

    round: ChatRound
    missed: str

    @property
    def programme(self) -> ChatProgramme:
        return self.round.programme

    @property
    def next_day(self) -> str:
        return times.long_day(self.programme.next_draw)

    def subject(self) -> str:
        return _("%(name)s: nobody for you this time") % {"name": self.programme.name}

    def path(self) -> str:
        return self.programme.get_absolute_url()

    def once(self) -> str:
        return f"chats-nobody:{self.round.pk}"


@dataclass(frozen=True)
class ChatRoundTroubled(Notice):
    """To whoever runs a programme: a round brought nobody together, and why."""

    kind = "connections.chat_round_troubled"
    topic = "chats"

    round: ChatRound
    too_few: bool
    people: int

    @property
    def programme(self) -> ChatProgramme:
        return self.round.programme

    def subject(self) -> str:
        return _("%(name)s: the round brought nobody together") % {"name": self.programme.name}

    def path(self) -> str:
        return self.programme.get_absolute_url()

    def once(self) -> str:
        return f"chats-troubled:{self.round.pk}"


@dataclass(frozen=True)
class ChatsAskedAfter(Notice):
    """A week later to each of those who were brought together: did it happen?"""

    kind = "connections.chat_asked_after"
    topic = "chats"

    conversation: ChatConversation
    others: tuple[Person, ...]

    @property
    def names(self) -> str:
        return _names(self.others)

    def subject(self) -> str:
        return _("Did you talk with %(names)s?") % {"names": self.names}

    def path(self) -> str:
        return self.conversation.get_absolute_url()

    def action(self) -> str:
        return _("Say how it went")

    def once(self) -> str:
        return f"chat-asked:{self.conversation.pk}"
