"""Reads of mentoring that several callers share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from folkmoot.connections.models.mentoring import (
    LIVE,
    ClosingReflection,
    EndedBy,
    MentorPair,
    PairCheckIn,
    PairMeeting,
    PairState,
    SharedWith,
)
from folkmoot.connections.models.mentoring_programmes import MentoringApplication, MentoringProgramme, Side
from folkmoot.groups.models import Group
from folkmoot.groups.queries import managers_of
from folkmoot.people.models import Person
from folkmoot.people.queries import stewards

SHOWN_FROM = 5
"""Numbers of a programme are shown from so many pairs on."""


def programmes(group: Group | None = None) -> models.QuerySet[MentoringProgramme]:
    """All programmes, or those of one group, the latest first."""
    found = MentoringProgramme.objects.select_related("group")
    return found.filter(group=group) if group is not None else found


def who_runs(programme: MentoringProgramme) -> list[Person]:
    """Whom to tell what needs somebody who runs it."""
    return managers_of(programme.group) if programme.group is not None else stewards()


def pairs_of(person: Person) -> models.QuerySet[MentorPair]:
    """Pairs in which somebody is one of the two and that came about or may still, the latest first."""
    return (
        whole_pairs()
        .filter(Q(mentor__person=person) | Q(mentee__person=person))
        .exclude(state=PairState.UNMADE)
        .order_by("-asked_at", "-pk")
    )


def whole_pairs() -> models.QuerySet[MentorPair]:
    """Pairs with their people and their programme."""
    return MentorPair.objects.select_related("programme__group", "mentor__person", "mentee__person")


def pairs_waiting_for(person: Person) -> models.QuerySet[MentorPair]:
    """Pairs that wait for somebody: a question whether they would like to, or one how it goes; one query.

    Only the last question how it goes can be answered, so an earlier one waits for nobody.
    """
    last = PairCheckIn.objects.filter(pair=models.OuterRef("pk"), person=person).order_by("-asked_at", "-pk")
    asked = Q(mentor__person=person, mentor_agreed_at=None) | Q(mentee__person=person, mentee_agreed_at=None)
    return (
        whole_pairs()
        .filter(
            Q(asked, state=PairState.ASKED)
            | Q(state=PairState.RUNNING, check_ins=models.Subquery(last.values("pk")[:1]), check_ins__answered_at=None)
        )
        .distinct()
        .order_by("asked_at", "pk")
    )


def applications_of(person: Person, programme: MentoringProgramme) -> dict[Side, MentoringApplication]:
    """What somebody applied for in a programme, by side."""
    return {Side(one.side): one for one in programme.applications.filter(person=person)}


def mentors_who_show_themselves(programme: MentoringProgramme, *, to: Person) -> list[MentoringApplication]:
    """Mentors whom those who apply as mentees may name, by name.

    It is the same list for everybody but for those whom the reader themselves asked not to be brought together with:
    it must not tell anybody who else asked.
    """
    return list(
        programme.applications.filter(side=Side.MENTOR, shows=True, person__is_active=True)
        .exclude(person=to)
        .exclude(person__in=to.apart_from.values("other"))
        .select_related("person")
        .order_by("person__name", "pk")
    )


@dataclass(frozen=True)
class Taken:
    """How much of a programme's people is in pairs: places of each mentor by application, and mentees in a pair."""

    places: dict[int, set[int]]
    mentees: set[int]


def taken(programme: MentoringProgramme) -> Taken:
    """The pairs that are asked or run, as places; one query."""
    places: dict[int, set[int]] = {}
    mentees: set[int] = set()
    for mentor, mentee, place in programme.pairs.filter(state__in=LIVE).values_list("mentor", "mentee", "place"):
        places.setdefault(mentor, set()).add(place)
        mentees.add(mentee)
    return Taken(places, mentees)


@dataclass(frozen=True)
class Numbers:
    """Of one programme, for whoever runs it."""

    mentors: int
    mentees: int
    pairs: int
    meetings: int
    ended_early: int


def numbers_of(programme: MentoringProgramme) -> Numbers | None:
    """None below `SHOWN_FROM` pairs, where numbers would be about persons; three queries."""
    pairs = programme.pairs.filter(state__in=(PairState.RUNNING, PairState.ENDED)).aggregate(
        pairs=models.Count("pk"), early=models.Count("pk", filter=Q(ended_by=EndedBy.EARLY))
    )
    if pairs["pairs"] < SHOWN_FROM:
        return None
    sides = programme.applications.aggregate(
        mentors=models.Count("pk", filter=Q(side=Side.MENTOR)), mentees=models.Count("pk", filter=Q(side=Side.MENTEE))
    )
    return Numbers(
        mentors=sides["mentors"],
        mentees=sides["mentees"],
        pairs=pairs["pairs"],
        meetings=PairMeeting.objects.filter(pair__programme=programme).count(),
        ended_early=pairs["early"],
    )


def quotes_of(programme: MentoringProgramme) -> list[str]:
    """What may be quoted, without names, in an order that tells nothing of when or by whom it was written."""
    found = ClosingReflection.objects.filter(pair__programme=programme, shared=SharedWith.QUOTE)
    return sorted(found.values_list("words", flat=True))


def reflections_for_those_who_run(programme: MentoringProgramme) -> Iterable[ClosingReflection]:
    """Reflections shared with those who run the programme, with their people."""
    return (
        ClosingReflection.objects.filter(pair__programme=programme, shared=SharedWith.RUNS)
        .select_related("person")
        .order_by("written_at", "pk")
    )
