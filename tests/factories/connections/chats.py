"""One of everything that this part of connections has an address for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from folkmoot.connections.actions.chats import ChatWords, TakingPart, begin_chats, take_part_in_chats
from folkmoot.connections.actions.chats_drawing import draw_now
from folkmoot.connections.chats_cards import cards_of, stamp_of
from folkmoot.connections.chats_links import skip_path
from folkmoot.connections.models.chats import ChatConversation, ChatProgramme
from folkmoot.connections.queries.chats import conversations_of
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from tests.factories.people import PersonFactory


def chats(group: Group | None = None, people: Sequence[Person] = (), **words: Any) -> ChatProgramme:
    """A programme, every two weeks on Wednesdays unless said otherwise, in which these people take part."""
    made = begin_chats(group, ChatWords(**{"name": "Coffee", "weeks": 2, "weekday": 2, **words}), by=system())
    for person in people:
        take_part_in_chats(made, TakingPart(), by=person)
    return made


def cast(many: int, *, zone: str = "Europe/Lisbon", here_for: int = 400) -> list[Person]:
    """So many people with names of two words, who came so many days ago."""
    people = [
        PersonFactory(name=f"Person {chr(65 + number % 26)}{number // 26 or ''}", zone=zone) for number in range(many)
    ]
    came = timezone.now() - dt.timedelta(days=here_for)
    Person.objects.filter(pk__in=[one.pk for one in people]).update(joined_at=came)
    for one in people:
        one.joined_at = came
    return people


def chat_of(person: Person) -> ChatConversation:
    """The newest conversation of somebody."""
    return conversations_of(person)[0]


def in_world(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """A programme of the group with a chat between the participant and the manager, and one for everybody."""
    made = chats(group, [people["participant"], people["manager"]])
    draw_now(made, now=timezone.now(), by=system())
    made.refresh_from_db()
    card = cards_of(people["participant"], now=timezone.now())[0]
    return {
        "chats": made.pk,
        "chats_for_all": chats(None, name="Tea").pk,
        "chat": card.conversation.pk,
        "chat_stamp": stamp_of(card.times[0].at),
        "chat_skip": skip_path(made.pk, people["participant"].pk, made.next_draw).rstrip("/").rpartition("/")[2],
    }
