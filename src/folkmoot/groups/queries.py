"""Reading groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import models
from django.http import Http404

from folkmoot.groups.models import Amendment, CharterVersion, Group, Participation, Power
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person


def all_groups() -> models.QuerySet[Group]:
    """All groups; every group is public in what its charter says."""
    return Group.objects.all()


def charter_in_force(group: Group, *, on: date | None = None) -> CharterVersion | None:
    """The version in force on a day (today, in the organisation's zone, by default)."""
    day = on or today_here()
    return group.charters.filter(in_force_from__lte=day).order_by("-in_force_from", "-number").first()


def charter_version(slug: str) -> CharterVersion:
    """The charter in force today of the group of this slug, with the group; 404 when there is none."""
    version = (
        CharterVersion.objects.filter(group__slug=slug, in_force_from__lte=today_here())
        .select_related("group")
        .order_by("-in_force_from", "-number")
        .first()
    )
    if version is None:
        raise Http404
    return version


def charters_of_groups(groups: Sequence[Group], *, on: date | None = None) -> dict[int, CharterVersion]:
    """The charter in force of each group, by the group's key, in one query; without the texts."""
    versions = (
        CharterVersion.objects.filter(group__in=groups, in_force_from__lte=on or today_here())
        .defer("text", "answers")
        .order_by("in_force_from", "number")
    )
    return {version.group_id: version for version in versions}


def participations_now(group: Group) -> models.QuerySet[Participation]:
    """Who takes part now, with person and role, in the order in which they came."""
    return group.participations.filter(ended_at=None).select_related("person", "role")


def has_power(person: object, group: Group, *powers: Power) -> bool:
    """Whether a signed-in person holds a role with one of these powers in the group now (any role if none is named)."""
    if not isinstance(person, Person):
        return False
    mine = group.participations.filter(person=person, ended_at=None)
    if powers:
        mine = mine.filter(role__power__in=powers)
    return mine.exists()


def groups_of(person: Person) -> models.QuerySet[Group]:
    """The groups in which a person takes part now."""
    return Group.objects.filter(participations__person=person, participations__ended_at=None)


def ancestors(group: Group) -> list[Group]:
    """The groups that a group answers to, nearest first; ends also where somebody has closed a circle."""
    found: list[Group] = []
    above = group.parent
    while above is not None and above not in found and above != group:
        found.append(above)
        above = above.parent
    return found


def latest_version(group: Group) -> CharterVersion:
    """The version adopted last, whether in force yet or not; 404 when there is none."""
    version = group.charters.order_by("-number").first()
    if version is None:
        raise Http404
    return version


def version_numbered(slug: str, number: int) -> CharterVersion:
    """A version of the charter of the group of this slug; 404 when there is none of this number."""
    version = CharterVersion.objects.filter(group__slug=slug, number=number).select_related("group").first()
    if version is None:
        raise Http404
    return version


def amendment_numbered(slug: str, number: int) -> Amendment:
    """An amendment with its group, base and author; 404 when there is none of this number."""
    found = (
        Amendment.objects.filter(group__slug=slug, number=number)
        .select_related("group", "base", "by", "version", "settled_by")
        .first()
    )
    if found is None:
        raise Http404
    return found
