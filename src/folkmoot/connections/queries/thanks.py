"""Reading thanks: one's own, and those whose receiver shows them. Nobody's are counted for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from folkmoot.connections.models.thanks import Thanks, ThanksShown, ThanksState, ThanksWish
from folkmoot.groups.models import Group
from folkmoot.groups.queries import groups_of
from folkmoot.people.models import Person
from folkmoot.plan.who import people_in, people_in_any

MOST_TO_CHOOSE_FROM = 500


def received_by(person: Person, *, now: datetime) -> QuerySet[Thanks]:
    """What has reached somebody and was not removed by them, the newest first, with who said it and where."""
    return (
        Thanks.objects.filter(receiver=person, state=ThanksState.WITH_THEM, reaches_at__lte=now)
        .select_related("giver", "group")
        .order_by("-said_at", "-pk")
    )


def given_by(person: Person) -> QuerySet[Thanks]:
    """What somebody said, whatever became of it, the newest first, with whom it was said to."""
    return Thanks.objects.filter(giver=person).select_related("receiver", "group").order_by("-said_at", "-pk")


def shown_on_profile(person: Person, *, now: datetime) -> QuerySet[Thanks]:
    """What somebody shows to everyone who is signed in."""
    return received_by(person, now=now).filter(shown=ThanksShown.SIGNED_IN)


def shown_in(group: Group, *, inside: bool, now: datetime) -> QuerySet[Thanks]:
    """What may be read of a group's thanks by people of it (`inside`), or by others who are signed in."""
    shown = Q(shown=ThanksShown.SIGNED_IN)
    if inside:
        shown |= Q(shown=ThanksShown.GROUP)
    return (
        Thanks.objects.filter(shown, group=group, state=ThanksState.WITH_THEM, reaches_at__lte=now)
        .select_related("giver", "receiver")
        .order_by("-said_at", "-pk")
    )


def wish_of(person: Person) -> ThanksShown:
    """Who reads somebody's new thanks."""
    wish = ThanksWish.objects.filter(person=person).first()
    return ThanksShown(wish.shown) if wish is not None else ThanksShown.ME


def whom_to_thank(person: Person, group: Group | None = None) -> list[Person]:
    """Whom a page offers: the people of a group, or of all of one's groups, by name, without oneself; one query."""
    people = people_in(group) if group is not None else people_in_any(groups_of(person))
    return list(people.exclude(pk=person.pk).distinct()[:MOST_TO_CHOOSE_FROM])


@dataclass(frozen=True)
class Month:
    """A month of a yearly card, by its first day, with its thanks from the first to the last."""

    first_day: date
    thanks: Sequence[Thanks]


def year_in_thanks(person: Person, year: int, *, now: datetime) -> list[Month]:
    """What reached somebody in a year of the zone that is active, by month; one query."""
    months: dict[date, list[Thanks]] = {}
    for one in received_by(person, now=now).filter(said_at__year=year).order_by("said_at", "pk"):
        months.setdefault(timezone.localtime(one.said_at).date().replace(day=1), []).append(one)
    return [Month(first_day, thanks) for first_day, thanks in months.items()]


def years_of(person: Person, *, now: datetime) -> list[int]:
    """The years in which somebody was thanked, the latest first; one query."""
    days = received_by(person, now=now).order_by().datetimes("said_at", "year", order="DESC")
    return [day.year for day in days]


def thanked_in(year: int, *, now: datetime) -> QuerySet[Person]:
    """Everybody here whom a thanks reached in a year of the zone that is active."""
    said = Thanks.objects.filter(state=ThanksState.WITH_THEM, reaches_at__lte=now, said_at__year=year)
    return Person.objects.filter(is_active=True, pk__in=said.values("receiver")).order_by("pk")
