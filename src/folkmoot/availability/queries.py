"""Reads of polls that several callers share."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from folkmoot.availability.models import OpenTo, Poll, PollAnswer
from folkmoot.groups.models import Group, GroupState, Power
from folkmoot.groups.queries import groups_of, participations_now
from folkmoot.people.models import Person

COMES = (Power.MANAGE, Power.TAKE_PART)


def polls_of(group: Group) -> models.QuerySet[Poll]:
    """The polls of a group with how many answered, those that are open first, then the newest."""
    return (
        group.polls.annotate(answered=models.Count("answers"), is_closed=models.Q(closed_at__isnull=False))
        .select_related("became_call", "group")
        .order_by("is_closed", "-made_at", "-pk")
    )


def poll_with_token(token: str) -> Poll | None:
    """The poll of an address, with its group; None where there is none."""
    return Poll.objects.select_related("group", "became_call", "asked_by").filter(token=token).first()


def answers_to(poll: Poll) -> list[PollAnswer]:
    """All answers to a poll in the order in which they came; one query."""
    return list(poll.answers.select_related("person__profile"))


def answer_of(poll: Poll, person: Person) -> PollAnswer | None:
    """What a person said to a poll."""
    return poll.answers.filter(person=person).first()


def who_should_answer(poll: Poll) -> models.QuerySet[Person]:
    """Whoever comes to calls of the group and has not answered, by name."""
    coming = participations_now(poll.group).filter(role__power__in=COMES)
    return (
        Person.objects.filter(is_active=True, pk__in=coming.values("person"))
        .exclude(poll_answers__poll=poll)
        .order_by("name", "pk")
    )


def polls_waiting_for(person: Person, *, now: datetime) -> models.QuerySet[Poll]:
    """Open polls of somebody's groups that they have not answered, those that close first first."""
    return (
        Poll.objects.filter(group__in=groups_of(person), closed_at=None, closes_at__gt=now)
        .exclude(group__state=GroupState.CLOSED)
        .exclude(answers__person=person)
        .select_related("group")
        .order_by("closes_at", "pk")
    )


def is_open_to_all(poll: Poll) -> bool:
    """Whether it may be answered without an account."""
    return poll.open_to == OpenTo.LINK
