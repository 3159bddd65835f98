"""Programmes of mentoring with people who applied, and pairs, as a test needs them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from folkmoot.connections.actions.interests import say_interests
from folkmoot.connections.models.interests import InterestSort
from folkmoot.connections.models.mentoring import MentorPair, PairCheckIn, PairMeeting, PairState
from folkmoot.connections.models.mentoring_programmes import MentoringApplication, MentoringProgramme, Side
from folkmoot.groups.models import Group
from folkmoot.notices.models import Telling
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from tests.factories.people import PersonFactory

DAYS = {"planned": 5, "open": -5, "matching": -20, "running": -50, "ended": -260}
"""On which day, counted from today, applications open; they close 14 days later, and 10 after that it runs for 200."""


def programme(phase: str = "open", group: Group | None = None, **fields: Any) -> MentoringProgramme:
    """A programme that is in a phase today."""
    opens = today_here() + timedelta(days=DAYS[phase])
    days = {
        "opens_on": opens,
        "closes_on": opens + timedelta(days=14),
        "starts_on": opens + timedelta(days=24),
        "ends_on": opens + timedelta(days=224),
    }
    return MentoringProgramme.objects.create(
        **{
            "group": group,
            "name": "Lanterns",
            "purpose": "To find the way.",
            "most_each": 2,
            "seed": "s",
            **days,
            **fields,
        }
    )


def mentor(of: MentoringProgramme, person: Person | None = None, *subjects: str, **fields: Any) -> MentoringApplication:
    """Somebody who offers to be a mentor."""
    who = person or PersonFactory()
    say_interests(who, InterestSort.HELPS, subjects or ("Maps",))
    return MentoringApplication.objects.create(programme=of, person=who, side=Side.MENTOR, **{"room": 1, **fields})


def mentee(of: MentoringProgramme, person: Person | None = None, *subjects: str, **fields: Any) -> MentoringApplication:
    """Somebody who would like to have one."""
    who = person or PersonFactory()
    say_interests(who, InterestSort.LEARNS, subjects or ("maps",))
    return MentoringApplication.objects.create(programme=of, person=who, side=Side.MENTEE, **fields)


def pair(one: MentoringApplication, other: MentoringApplication, state: str = "running", **fields: Any) -> MentorPair:
    """A mentor and a mentee who were asked; both have said yes, where it runs."""
    now, of = timezone.now(), one.programme
    given: dict[str, Any] = {"place": 1, "asked_at": now, "answer_by": today_here() + timedelta(days=10), "weeks": 2}
    if state != PairState.ASKED:
        given |= {"mentor_agreed_at": now, "mentee_agreed_at": now, "began_on": of.starts_on}
    if state == PairState.ENDED:
        given |= {"ended_on": of.ends_on, "ended_by": "term"}
    return MentorPair.objects.create(programme=of, mentor=one, mentee=other, state=state, **{**given, **fields})


def told(person: Person) -> list[str]:
    """The notices that somebody got, by the names of their kinds, in order."""
    kinds = Telling.objects.filter(person=person).order_by("pk").values_list("kind", flat=True)
    return [kind.partition(".")[2] for kind in kinds]


def in_world(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """By name, for `world.made`; the people by role, as in `tests.architecture.world`.

    One programme is open and one runs, in which the participant has a mentor; they have met and are asked how it goes.
    """
    takes, runs = programme("open", group, for_whom="group"), programme("running", group)
    helper = PersonFactory(name="Mentor Of The World")
    together = pair(mentor(runs, helper), mentee(runs, people["participant"]))
    PairCheckIn.objects.create(pair=together, person=people["participant"], moment="month", asked_at=timezone.now())
    together.next_day, together.next_time, together.next_zone = (
        today_here() + timedelta(days=3),
        timezone.now().time(),
        "UTC",
    )
    together.next_set_at = timezone.now()
    together.save()
    return {
        "mentoring_open": takes.pk,
        "mentoring": runs.pk,
        "mentor_pair": together.pk,
        "pair_meeting": PairMeeting.objects.create(pair=together, held_on=today_here()).pk,
    }
