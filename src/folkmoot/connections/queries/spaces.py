"""Reads of circles and sessions that several callers share."""

from __future__ import annotations

from collections import Counter

from django.db import models

from folkmoot.connections.domain.themes import Gathered
from folkmoot.connections.models.spaces import (
    Circle,
    CircleFor,
    CircleMember,
    CirclePart,
    SummaryFor,
    ThemeSession,
)
from folkmoot.connections.queries.interests import apart_from
from folkmoot.groups.queries import groups_led_by, groups_with_power, who_holds_anything
from folkmoot.meetings.domain.attribution import Known
from folkmoot.people.models import Person
from folkmoot.people.queries import have_been_here
from folkmoot.plan.who import people_in


def circles_for(person: Person, *, sees_all: bool = False) -> models.QuerySet[Circle]:
    """The circles that somebody may see, open ones first, with their group, people and subjects; four queries."""
    found = Circle.objects.all()
    if not sees_all:
        mine = models.Q(group__in=groups_with_power(person)) | models.Q(group__in=groups_led_by(person).values("pk"))
        keys = Circle.objects.filter(models.Q(open_to=CircleFor.HERE) | mine).values("pk")
        found = found.filter(pk__in=keys)
    return listed(found)


def listed(circles: models.QuerySet[Circle]) -> models.QuerySet[Circle]:
    """Circles as a list shows them."""
    return (
        circles.annotate(is_done=models.Q(closed_at__isnull=False))
        .select_related("group")
        .prefetch_related("subjects", "members__person")
        .order_by("is_done", "name", "pk")
    )


def sessions_for(person: Person, *, sees_all: bool = False) -> models.QuerySet[ThemeSession]:
    """The sessions in which somebody may take part, and those whose summary they may read; newest first."""
    found = ThemeSession.objects.select_related("circle__group", "group")
    if sees_all:
        return found
    mine = groups_with_power(person).values("pk")
    led = groups_led_by(person).values("pk")
    free = models.Q(circle=None, group=None)
    of_group = models.Q(group__in=mine) | models.Q(group__in=led)
    in_reach = models.Q(circle__open_to=CircleFor.HERE) | models.Q(circle__group__in=mine)
    of_circle = (models.Q(circle__members__person=person) & in_reach) | models.Q(circle__group__in=led)
    read = models.Q(published_at__isnull=False, readers__in=[SummaryFor.HERE, SummaryFor.EVERYONE])
    hosted = models.Q(hosts__person=person)
    keys = ThemeSession.objects.filter(free | of_group | of_circle | read | hosted).values("pk")
    return found.filter(pk__in=keys)


def invited_to(session: ThemeSession, host: Person | None) -> list[Person]:
    """Whom to tell of a session: the people of its circle or group, never together with whom they are kept apart from.

    Nobody for a session that is for everyone who is signed in: they find it on its page.
    """
    if session.circle is not None:
        people = _in_circle(session.circle)
    elif session.group is not None:
        people = people_in(session.group)
    else:
        return []
    left_out = apart_from(host.pk) if host is not None else set()
    return list(have_been_here(people).exclude(pk__in=left_out))


def gone_from(circle: Circle) -> list[CircleMember]:
    """Who is in a circle for people of a group, and in the group no more; stewards may stay."""
    if circle.open_to != CircleFor.GROUP or circle.group is None:
        return []
    members = list(circle.members.filter(person__is_steward=False).select_related("person"))
    here = who_holds_anything([circle.group], [member.person_id for member in members])
    return [member for member in members if member.person_id not in here]


def people_of_circle(circle: Circle) -> list[Person]:
    """Everybody in a circle who can sign in, by name."""
    return list(_in_circle(circle))


def _in_circle(circle: Circle) -> models.QuerySet[Person]:
    """Without those who are in its group no more, of whom the circle has not let go yet."""
    found = Person.objects.filter(is_active=True, circle_memberships__circle=circle).order_by("name", "pk")
    gone = [member.person_id for member in gone_from(circle)]
    return found.exclude(pk__in=gone) if gone else found


def has_host(circle: Circle) -> bool:
    """Whether somebody who can sign in hosts it."""
    return circle.members.filter(part=CirclePart.HOST, person__is_active=True).exists()


def gathered(session: ThemeSession) -> tuple[list[Gathered], list[str]]:
    """The themes with their notes and counted dots, and the notes outside all themes; two queries, no names."""
    notes: dict[int | None, list[str]] = {}
    for theme_id, text in session.notes.values_list("theme_id", "text"):
        notes.setdefault(theme_id, []).append(text)
    themes = [Gathered(one.name, tuple(notes.get(one.pk, ())), one.counted or 0) for one in session.themes.all()]
    return themes, notes.get(None, [])


def dots_of(session: ThemeSession, person: Person) -> Counter[int]:
    """How many dots somebody has on each theme now."""
    return Counter(session.dots_given.filter(person=person).values_list("theme_id", flat=True))


def could_be_named(session: ThemeSession) -> list[Known]:
    """Whose names must not be in a summary unseen: who wrote, who hosts, the people of its circle and group."""
    people = models.Q(theme_notes__session=session) | models.Q(pk__in=session.hosts.values("person"))
    if session.circle is not None:
        people |= models.Q(circle_memberships__circle=session.circle)
    if session.home is not None:
        people |= models.Q(pk__in=people_in(session.home).order_by().values("pk"))
    rows = Person.objects.filter(people).distinct().values_list("pk", "name", "email").order_by("pk")
    return [Known(f"person:{pk}", (name,), addresses=(mail,) if mail else ()) for pk, name, mail in rows]
