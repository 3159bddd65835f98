"""Introductions: what waits for somebody, what they asked for, and what they have to do with."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.models.directory import Introduction, IntroductionState
from folkmoot.connections.queries.interests import kept_apart
from folkmoot.people.models import Person

REST = timedelta(days=90)
"""For so long after "not now", no answer, or taking it back, nobody asks for the same one again."""
CAME_TO_NOTHING = (IntroductionState.NOT_NOW, IntroductionState.EXPIRED, IntroductionState.WITHDRAWN)
COUNTS_ON = timedelta(days=7)
"""For so long what was taken back still counts: else one could ask everybody in turn."""


def _together() -> QuerySet[Introduction]:
    """Those that reach both sides: neither wants to be kept apart from the other."""
    one_way = NotWith.objects.filter(asked_by=OuterRef("asker"), other=OuterRef("asked"))
    other_way = NotWith.objects.filter(asked_by=OuterRef("asked"), other=OuterRef("asker"))
    return Introduction.objects.filter(~Exists(one_way), ~Exists(other_way), mute=False)


def waiting_for(person: Person) -> QuerySet[Introduction]:
    """Open ones that this person has not answered yet, the oldest first; one query."""
    mine = Q(asked=person, asked_said_at=None) | Q(asker=person, asker_said_at=None)
    return (
        _together()
        .filter(mine, state=IntroductionState.OPEN, asker__is_active=True, asked__is_active=True)
        .select_related("asker", "asked", "suggested_by", "group")
        .order_by("made_at", "pk")
    )


def wished_by(person: Person) -> QuerySet[Introduction]:
    """What somebody asked for or suggested, or said yes to, and that is not settled; whatever becomes of it."""
    said = Q(asker=person, asker_said_at__isnull=False) | Q(asked=person, asked_said_at__isnull=False)
    return (
        Introduction.objects.filter(said | Q(suggested_by=person), state=IntroductionState.OPEN)
        .select_related("asker", "asked", "suggested_by", "group")
        .order_by("made_at", "pk")
    )


def done_for(person: Person) -> QuerySet[Introduction]:
    """Those to whom somebody was introduced, the latest first."""
    return (
        Introduction.objects.filter(Q(asker=person) | Q(asked=person), state=IntroductionState.INTRODUCED)
        .select_related("asker", "asked", "suggested_by", "group")
        .order_by("-settled_at", "-pk")
    )


def introduction_for(person: Person, pk: int) -> Introduction | None:
    """One that somebody has to do with: asked for or suggested by them, waiting for them, or come about.

    None for all others, as if there were none: also for whoever was asked once it is settled without coming about, and
    for what is mute or between people who are kept apart.
    """
    for some in (wished_by(person), waiting_for(person), done_for(person)):
        found = some.filter(pk=pk).first()
        if found is not None:
            return found
    return (
        Introduction.objects.filter(pk=pk)
        .filter(Q(suggested_by=person) | Q(asker=person, suggested_by=None))
        .select_related("asker", "asked", "suggested_by", "group")
        .first()
    )


def ways_shown(one: Introduction, reader: Person) -> list[str]:
    """How the other one chose to be reached, as pages show it to one of the two.

    Their address is that of today, so it is shown no more once either wants to be kept apart.
    """
    other = one.other_than(reader)
    ways = one.ways_to(other)
    return [way for way in ways if way != other.email] if kept_apart([reader.pk, other.pk]) else ways


def reached(person: Person, pk: int) -> bool:
    """Whether somebody is one of the two of an introduction of which they may have heard, however it stands."""
    return Introduction.objects.filter(Q(asker=person) | Q(asked=person), pk=pk, mute=False).exists()


def open_wishes(person: Person, now: datetime) -> int:
    """How many somebody has asked for, or suggested, that are open; what was taken back counts for another week."""
    mine = Q(asker=person, suggested_by=None) | Q(suggested_by=person)
    counts = Q(state=IntroductionState.OPEN) | Q(state=IntroductionState.WITHDRAWN, settled_at__gt=now - COUNTS_ON)
    return Introduction.objects.filter(mine, counts).count()


def between(one: Person, other: Person) -> QuerySet[Introduction]:
    """All introductions of these two that reach them, whoever asked."""
    return Introduction.objects.filter(Q(asker=one, asked=other) | Q(asker=other, asked=one), mute=False)


def rests_between(one: Person, other: Person, now: datetime) -> bool:
    """Whether something between these two that reached them came to nothing not long ago, whoever wished for it."""
    return between(one, other).filter(state__in=CAME_TO_NOTHING, settled_at__gt=now - REST).exists()


def suggested_lately(by: Person, one: Person, other: Person, now: datetime) -> bool:
    """Whether `by` suggested these two to each other, and it is open or came to nothing not long ago.

    The same for what reached them and what did not.
    """
    two = Q(asker=one, asked=other) | Q(asker=other, asked=one)
    lately = Q(state=IntroductionState.OPEN) | Q(state__in=CAME_TO_NOTHING, settled_at__gt=now - REST)
    return Introduction.objects.filter(two, lately, suggested_by=by).exists()


def rests_until(asker: Person, asked: Person, now: datetime) -> datetime | None:
    """Until when somebody does not ask again for the same person; None where they may."""
    last = (
        Introduction.objects.filter(
            asker=asker,
            asked=asked,
            suggested_by=None,
            mute=False,
            state__in=CAME_TO_NOTHING,
            settled_at__gt=now - REST,
        )
        .order_by("-settled_at")
        .first()
    )
    return last.settled_at + REST if last is not None and last.settled_at is not None else None
