"""Reading who is away. What is asked here for the sake of fairness and of reminders is shown to nobody; what those who
lead may see is `shown_until`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import QuerySet

from folkmoot.people.domain.absences import Span, away_until
from folkmoot.people.models import Absence, Person

REMEMBERED = timedelta(days=30)
"""How long what is over is kept, so that what was missed can be made up for."""


def coming_absences(person: Person, *, today: date) -> QuerySet[Absence]:
    """What a person has said that is not over."""
    return Absence.objects.filter(person=person, last_day__gte=today)


def spans_of(people: Collection[int], *, since: date) -> dict[int, list[Span]]:
    """When each of these people, by their keys, is away, but what was over before a day; one query."""
    found: dict[int, list[Span]] = {}
    for one in Absence.objects.filter(person__in=people, last_day__gte=since):
        found.setdefault(one.person_id, []).append(one.span)
    return found


def shown_until(people: Collection[int], *, on: date) -> dict[int, date]:
    """Until when each of these people is away on a day, of those who let leaders of their groups see it; one query."""
    spans: dict[int, list[Span]] = {}
    for one in Absence.objects.filter(person__in=people, last_day__gte=on, shown=True):
        spans.setdefault(one.person_id, []).append(one.span)
    found = {key: away_until(of_person, on) for key, of_person in spans.items()}
    return {key: until for key, until in found.items() if until is not None}
