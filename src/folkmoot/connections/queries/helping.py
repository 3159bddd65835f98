"""Reading help desks and what is asked there."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import models

from folkmoot.connections.domain.likeness import Likeness
from folkmoot.connections.models.helping import (
    DeskHelper,
    HelpDesk,
    HelpRequest,
    HelpState,
)
from folkmoot.connections.offered_answers import OFFERED_ANSWERS, OfferedAnswer
from folkmoot.connections.queries.helping_clocks import Wait, wait_of
from folkmoot.connections.queries.interests import apart_from
from folkmoot.groups.models import Group, GroupState, Participation, Power
from folkmoot.groups.queries import groups_led_by, groups_of, managers_of
from folkmoot.ledger.actors import Actor, Stand
from folkmoot.people.models import Person
from folkmoot.people.queries import stewards
from folkmoot.people.rules import is_steward
from folkmoot.plan.who import people_in

LOOKED_THROUGH = 300
"""Solved requests among which one looks for what is alike, the newest first."""
FITS = 0.12
"""Likeness below which a solved request is not offered."""
MOST_OFFERED = 4
MOST_IN_QUEUE = 200
SHORTEST_QUESTION = 4
"""Letters from which on anything is looked for."""


def desks() -> models.QuerySet[HelpDesk]:
    """Desks at which one may ask now: that of everybody first, then by the names of their groups."""
    return (
        HelpDesk.objects.filter(is_on=True)
        .exclude(group__state=GroupState.CLOSED)
        .select_related("group")
        .order_by(models.F("group__name").asc(nulls_first=True))
    )


def desk_of(group: Group | None) -> HelpDesk | None:
    """The desk of a group, or that of everybody; None where none was ever opened."""
    return HelpDesk.objects.select_related("group").filter(group=group).first()


def visible_requests(reader: Actor) -> models.QuerySet[HelpRequest]:
    """What somebody who is signed in may read.

    What is not private; and of what is, their own and that of desks at which they help or which they lead, but not of
    people from whom they are kept apart.
    """
    found = HelpRequest.objects.select_related("desk__group", "asker", "owner")
    if isinstance(reader, Stand):
        return found
    apart = models.Q(asker__in=apart_from(reader.pk))
    return found.filter(models.Q(is_private=False) | models.Q(asker=reader) | (helped_by(reader) & ~apart))


def helped_by(person: Person) -> models.Q:
    """Requests of desks at which somebody answers or which they lead."""
    mine = models.Q(desk__group=None) | models.Q(desk__group__in=groups_of(person).order_by().values("pk"))
    helps = DeskHelper.objects.filter(mine, desk=models.OuterRef("desk"), person=person)
    inside = models.Exists(helps) | models.Q(desk__group__in=groups_led_by(person).order_by().values("pk"))
    if is_steward(person):
        inside |= models.Q(desk__group=None)
    return models.Q(inside)


def request_for(reader: Actor, pk: int) -> HelpRequest | None:
    """One request, if this reader may know that it exists."""
    return visible_requests(reader).filter(pk=pk).first()


def requests_of(person: Person) -> models.QuerySet[HelpRequest]:
    """What somebody asked, what is not closed first, then the newest."""
    return (
        HelpRequest.objects.filter(asker=person)
        .select_related("desk__group", "owner")
        .annotate(is_over=models.Q(state=HelpState.CLOSED))
        .order_by("is_over", "-asked_at", "-pk")
    )


def helpers_of(desk: HelpDesk) -> models.QuerySet[Person]:
    """Who answers at a desk, by name; at that of a group nobody does who takes part in it no more."""
    found = Person.objects.filter(is_active=True, helps_at__desk=desk)
    if desk.group_id is not None:
        found = found.filter(participations__group=desk.group_id, participations__ended_at=None)
    return found.order_by("name", "pk")


def leads_of(desk: HelpDesk) -> list[Person]:
    """Who leads a desk: those who lead its group; the stewards where it is for everybody."""
    return managers_of(desk.group) if desk.group is not None else stewards()


def helps_at(person: object, desk: HelpDesk) -> bool:
    """Whether somebody answers at a desk."""
    return isinstance(person, Person) and helpers_of(desk).filter(pk=person.pk).exists()


@dataclass(frozen=True)
class Waiting:
    """A request with how it stands."""

    request: HelpRequest
    wait: Wait


def queue(desk: HelpDesk, reader: Person | None, show: str, *, now: datetime) -> list[Waiting]:
    """What helpers see of a desk; at most `MOST_IN_QUEUE`, in three queries: what was asked last is left out of
    what waits, what was asked first of all.

    `show` is `waiting` (no reply yet, sorted by the time that is left), `mine` (what the reader looks after and is not
    closed) or `all`. Nothing of people from whom the reader is kept apart. Without a reader: for the command line.
    """
    found = (
        HelpRequest.objects.filter(desk=desk).select_related("desk__group", "asker", "owner").prefetch_related("pauses")
    )
    if reader is not None:
        found = found.exclude(asker__in=apart_from(reader.pk))
    if show == "waiting":
        found = found.filter(answered_at=None, state__in=(HelpState.OPEN, HelpState.ASKED_BACK))
    elif show == "mine":
        found = found.filter(owner=reader).exclude(state=HelpState.CLOSED)
    if show != "all":
        found = found.order_by("asked_at", "pk")
    opening = desk.opening
    rows = [Waiting(one, wait_of(one, opening, now)) for one in found[:MOST_IN_QUEUE]]
    return rows if show == "all" else sorted(rows, key=lambda row: (row.wait.left, row.request.asked_at))


def suggestions(text: str, reader: Person) -> list[OfferedAnswer]:
    """What may answer a question already, from every part that keeps answers, the best first."""
    if len("".join(text.split())) < SHORTEST_QUESTION:
        return []
    found = [one for source in OFFERED_ANSWERS for one in source(text, reader)]
    return heapq.nlargest(MOST_OFFERED, found, key=lambda one: one.fits)


_weighed: list[tuple[str, Likeness]] = []
"""The weights that were worked out last, by the digest of their texts: whoever types asks every half second."""


def _likeness(texts: list[str]) -> Likeness:
    digest = sha256("\0".join(texts).encode()).hexdigest()
    for known, likeness in _weighed:
        if known == digest:
            return likeness
    found = Likeness(texts)
    _weighed[:] = [(digest, found)]
    return found


def solved_before(among: Iterable[HelpRequest], text: str, most: int = MOST_OFFERED) -> list[tuple[float, HelpRequest]]:
    """Those of some solved requests that are like a text, the likest first; of one title the likest alone."""
    rows = list(among)
    scores = _likeness([f"{one.title} {one.title} {one.topic} {one.text}" for one in rows]).to(text)
    best: dict[str, tuple[float, HelpRequest]] = {}
    for score, one in zip(scores, rows, strict=True):
        title = one.title.casefold()
        if score >= FITS and (title not in best or score > best[title][0]):
            best[title] = (score, one)
    return heapq.nlargest(most, best.values(), key=lambda pair: pair[0])


def who_may_answer(group: Group | None) -> list[Person]:
    """Whom one may name as a helper: who takes part in the group; for everybody's desk, who leads any, and stewards."""
    if group is not None:
        return list(people_in(group))
    leading = Participation.objects.filter(ended_at=None, role__power=Power.MANAGE)
    either = models.Q(pk__in=leading.values("person")) | models.Q(is_steward=True)
    return list(Person.objects.filter(either, is_active=True).order_by("name", "pk"))


def solved_in_public(desk: HelpDesk | None = None) -> models.QuerySet[HelpRequest]:
    """Solved requests that everybody may read and that have an answer, the newest first; at most `LOOKED_THROUGH`."""
    where = {} if desk is None else {"desk": desk}
    return (
        HelpRequest.objects.filter(**where)
        .filter(is_private=False, solved_at__isnull=False, accepted__isnull=False)
        .exclude(title="")
        .select_related("accepted")
        .order_by("-solved_at", "-pk")[:LOOKED_THROUGH]
    )
