"""Coffee chats: programmes, rounds, and what became of the conversations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import models

from folkmoot.connections.domain.chats import Became, acquaintances, became, density
from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.models.chats import Answer, ChatConversation, ChatPart, ChatProgramme, ChatRound, ChatSeat
from folkmoot.connections.queries.interests import kept_apart
from folkmoot.groups.models import Group, GroupState, Participation
from folkmoot.groups.queries import groups_with_power, managers_of
from folkmoot.people.models import Person
from folkmoot.people.queries import stewards
from folkmoot.people.rules import is_steward

NUMBERS_FROM = 10
"""How many people have to take part before anybody reads numbers of a programme."""


def running_programmes() -> models.QuerySet[ChatProgramme]:
    """Those that draw rounds: not ended, and not of a closed group."""
    return ChatProgramme.objects.filter(ended_at=None).exclude(group__state=GroupState.CLOSED).select_related("group")


def programmes_open_to(person: Person, group: Group | None = None) -> list[ChatProgramme]:
    """Running programmes in which somebody may take part, with `mine`: whether they do; one query.

    Of one group alone where it is named; a steward sees those of a group in which they do not take part.
    """
    mine = ChatPart.objects.filter(programme=models.OuterRef("pk"), person=person)
    found = running_programmes().annotate(mine=models.Exists(mine))
    own = models.Q(group__in=groups_with_power(person).values("pk"))
    if group is None:
        return list(found.filter(models.Q(group=None) | own))
    found = found.filter(group=group)
    return list(found if is_steward(person) else found.filter(own))


def part_of(person: Person, programme: ChatProgramme) -> ChatPart | None:
    """How somebody takes part; None for who does not."""
    return programme.parts.filter(person=person).first()


def conversations_of(person: Person, *, most: int = 12) -> list[ChatConversation]:
    """Somebody's conversations, the newest first, with rounds, programmes, seats and people; two queries."""
    mine = ChatSeat.objects.filter(person=person).exclude(conversation=None)
    seats = ChatSeat.objects.select_related("person__comfortable_hours").order_by("place")
    return list(
        ChatConversation.objects.filter(pk__in=mine.values("conversation"))
        .select_related("round__programme__group")
        .prefetch_related(models.Prefetch("seats", seats))
        .order_by("-round__on", "-pk")[:most]
    )


def open_seats_beside(person: Person, *, today: date) -> list[ChatSeat]:
    """The others in somebody's conversations that are on now and have not happened as far as they said; one query.

    Without those whom they themselves asked to be kept apart from: the others still find them, and notice nothing.
    """
    mine = ChatSeat.objects.filter(
        person=person, answer__in=("", Answer.NOT_YET), round__on__lte=today, round__ends_on__gt=today
    )
    return list(
        ChatSeat.objects.filter(conversation__in=mine.exclude(conversation=None).values("conversation"))
        .exclude(person=person)
        .exclude(person__in=NotWith.objects.filter(asked_by=person).values("other"))
        .select_related("person", "conversation", "round__programme")
        .order_by("round__on", "place")
    )


def missed_lately(person: Person, *, today: date) -> list[ChatSeat]:
    """Rounds that are on now in which there was nobody for somebody."""
    found = ChatSeat.objects.filter(person=person, conversation=None, round__on__lte=today, round__ends_on__gt=today)
    return list(found.select_related("round__programme"))


def who_runs(programme: ChatProgramme) -> list[Person]:
    """Who hears how a programme goes: those who lead the group; for everybody, the stewards."""
    return managers_of(programme.group) if programme.group is not None else stewards()


@dataclass(frozen=True)
class Chat:
    """One conversation as later rounds look at it: the keys of its people, its day, and what became of it."""

    people: tuple[int, ...]
    on: date
    became: Became


def chats_among(people: Collection[int], programme: ChatProgramme | None = None) -> list[Chat]:
    """All conversations in which any of these people were, of one programme or of all; one query."""
    seats = ChatSeat.objects.exclude(conversation=None)
    if programme is not None:
        seats = seats.filter(round__programme=programme)
    rows = seats.filter(conversation__in=seats.filter(person__in=list(people)).values("conversation")).values_list(
        "conversation", "person", "answer", "round__on"
    )
    who: dict[int, list[int]] = defaultdict(list)
    said: dict[int, set[str]] = defaultdict(set)
    days: dict[int, date] = {}
    for conversation, person, answer, on in rows.order_by("conversation", "place"):
        who[conversation].append(person)
        said[conversation].add(answer)
        days[conversation] = on
    return [Chat(tuple(who[key]), days[key], became(said[key])) for key in who]


@dataclass(frozen=True)
class Numbers:
    """A programme in numbers, never per person: `pairs` are two people who met in it, of `people` who take part.

    `density` is from 0 to 1; `said_happened` counts the conversations of which somebody said that they took place.
    """

    people: int
    rounds: int
    conversations: int
    pairs: int
    density: float
    said_happened: int

    @property
    def percent(self) -> int:
        return round(100 * self.density)


def numbers_of(programme: ChatProgramme) -> Numbers | None:
    """None below `NUMBERS_FROM` people; five queries."""
    people = list(programme.parts.filter(person__is_active=True).values_list("person", flat=True))
    if len(people) < NUMBERS_FROM:
        return None
    chats = chats_among(people, programme)
    met = acquaintances((one.people for one in chats if one.became != Became.DID_NOT), people)
    talks = ChatConversation.objects.filter(round__programme=programme)
    return Numbers(
        people=len(people),
        rounds=programme.rounds.count(),
        conversations=talks.count(),
        pairs=len(met),
        density=density(len(met), len(people)),
        said_happened=talks.filter(seats__answer=Answer.YES).distinct().count(),
    )


def last_round(programme: ChatProgramme) -> ChatRound | None:
    """The round drawn last, with `talks` and `missed`: how many conversations, and for how many there was nobody."""
    return (
        programme.rounds.annotate(
            talks=models.Count("conversations", distinct=True),
            missed=models.Count("seats", filter=models.Q(seats__conversation=None), distinct=True),
        )
        .order_by("-number")
        .first()
    )


def share_a_chat(one: Person, other: Person) -> bool:
    """Whether two were ever brought together, and neither wished since that they were not."""
    seats = ChatSeat.objects.exclude(conversation=None)
    both = seats.filter(person=one, conversation__in=seats.filter(person=other).values("conversation"))
    return both.exists() and not kept_apart([one.pk, other.pk])


FEWEST_LETTERS, MOST_FOUND = 2, 10


def whom_one_may_name(person: Person) -> models.QuerySet[Person]:
    """People whose names somebody reads anyway: whoever takes part in any group, and those they were introduced to."""
    in_groups = Participation.objects.filter(ended_at=None).values("person")
    seats = ChatSeat.objects.exclude(conversation=None)
    introduced = seats.filter(conversation__in=seats.filter(person=person).values("conversation")).values("person")
    return (
        Person.objects.filter(models.Q(pk__in=in_groups) | models.Q(pk__in=introduced), is_active=True)
        .exclude(pk=person.pk)
        .order_by("name", "pk")
    )


def names_like(person: Person, key: str) -> list[Person]:
    """Up to ten of them whose name has these letters (a `seek_key`)."""
    return list(whom_one_may_name(person).filter(name_key__contains=key)[:MOST_FOUND])
