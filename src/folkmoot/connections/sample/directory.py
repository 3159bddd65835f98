"""Who chose to be found, and introductions that were asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time, timedelta

from django.utils import timezone

from folkmoot.connections.actions.directory_introductions import OPEN_FOR, Reach, ask_introduction
from folkmoot.connections.domain.matching import topic
from folkmoot.connections.models.directory import Findable, Introduction, IntroductionState
from folkmoot.connections.models.interests import Interest, InterestSort
from folkmoot.connections.sample.directory_people import SAID, WISHES, Said
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import ComfortableHours, Person

FRESH = ("keoni", "tomas")
"""Who asks whom by the ordinary way, so that somebody is told and has something to answer."""


def live_in(groups: Sequence[Group], *, by: Actor) -> None:
    """Interests of everybody, hours of many, most of them in the directory, and some introductions."""
    people = {
        (person.email or "").partition("@")[0]: person
        for person in Person.objects.filter(email__endswith="@example.org", is_active=True)
    }
    said = {people[short]: one for short, one in SAID.items() if short in people}
    Interest.objects.bulk_create(
        Interest(person=person, sort=sort, words=words, subject=topic(words))
        for person, one in said.items()
        for sort in InterestSort
        for words in _words(one, sort)
    )
    Findable.objects.bulk_create(
        Findable(person=person, seen=dict(one.seen)) for person, one in said.items() if one.seen
    )
    have = set(ComfortableHours.objects.values_list("person", flat=True))
    ComfortableHours.objects.bulk_create(
        ComfortableHours(person=person, working_from=time(one.hours[0]), working_until=time(one.hours[1]))
        for person, one in said.items()
        if one.hours and person.pk not in have
    )
    _introduce(people)


def _words(one: Said, sort: InterestSort) -> list[str]:
    return [words.strip() for words in getattr(one, sort.value).split(",") if words.strip()]


def _introduce(people: Mapping[str, Person]) -> None:
    now = timezone.now()
    for asker, asked, days, state, why in WISHES:
        if asker not in people or asked not in people:
            continue
        if (asker, asked) == FRESH:
            ask_introduction(people[asked], why=why, reach=Reach(mail=True), by=people[asker])
            continue
        at = now - timedelta(days=days)
        came_about = state == IntroductionState.INTRODUCED
        settled = at + timedelta(days=2) if state != IntroductionState.OPEN else None
        kept = state in (IntroductionState.INTRODUCED, IntroductionState.OPEN)
        Introduction.objects.create(
            asker=people[asker],
            asked=people[asked],
            why=why if kept else "",
            asker_said_at=at,
            asker_mail=kept,
            asked_said_at=settled if came_about else None,
            asked_mail=came_about,
            state=state,
            made_at=at,
            open_until=at + OPEN_FOR,
            settled_at=settled,
        )
