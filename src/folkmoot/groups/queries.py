"""Reading groups."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db import models
from django.http import Http404

from folkmoot.groups.domain.hierarchy import line_above
from folkmoot.groups.models import (
    Amendment,
    CharterVersion,
    Emeritus,
    Group,
    GroupSlug,
    GroupState,
    Handover,
    HandoverState,
    Participation,
    Power,
    Term,
)
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.queries import stewards


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
    """Whether a signed-in person holds a role with one of these powers in the group now (any role if none is named).

    A role is held by taking part in it, or by holding a seat today that carries it.
    """
    return isinstance(person, Person) and groups_with_power(person, *powers).filter(pk=group.pk).exists()


def groups_with_power(person: Person, *powers: Power) -> models.QuerySet[Group]:
    """The groups in which somebody holds a role with one of these powers now (any role if none is named)."""
    mine = Participation.objects.filter(group=models.OuterRef("pk"), person=person, ended_at=None)
    seated = Term.objects.on(today_here()).filter(
        seat__group=models.OuterRef("pk"), seat__retired_on=None, person=person
    )
    if powers:
        mine = mine.filter(role__power__in=powers)
        seated = seated.filter(seat__role__power__in=powers)
    else:
        seated = seated.exclude(seat__role=None)
    return Group.objects.filter(models.Exists(mine) | models.Exists(seated))


def holds_anything(person: Person, group: Group) -> bool:
    """Whether somebody takes part in a group or holds any seat of it today, with or without power."""
    seated = Term.objects.on(today_here()).filter(seat__group=group, seat__retired_on=None, person=person)
    return has_power(person, group) or seated.exists()


def who_holds_anything(groups: Collection[Group] | Collection[int], among: Collection[int]) -> set[int]:
    """Those of the people with these keys who hold anything in one of these groups, as `holds_anything` says it."""
    taking_part = Participation.objects.filter(group__in=groups, ended_at=None, person__in=among)
    seated = Term.objects.on(today_here()).filter(seat__group__in=groups, seat__retired_on=None, person__in=among)
    return {*taking_part.values_list("person", flat=True), *seated.values_list("person", flat=True)}


def shadows_of(group: Group) -> list[Handover]:
    """The signed handovers of a group whose role or seats have not passed yet, the soonest first."""
    return list(
        group.handovers.filter(state=HandoverState.SIGNED, passed_at=None)
        .select_related("leaver", "taker")
        .order_by("shadow_until")
    )


def emeriti_of(group: Group) -> list[Emeritus]:
    """Those who served the group and agreed to be named for it."""
    return list(group.emeriti.select_related("person"))


def overseers(group: Group) -> list[Person]:
    """Who may oversee a group: those who lead a group above it, by role or by seat, and the stewards."""
    found = {person.pk: person for person in stewards()}
    for above in ancestors(group):
        found |= {person.pk: person for person in managers_of(above)}
    return list(found.values())


def managers_of(group: Group) -> list[Person]:
    """Who leads a group now: by a managing role, or by a seat that carries one."""
    seated = Term.objects.on(today_here()).filter(
        seat__group=group, seat__retired_on=None, seat__role__power=Power.MANAGE
    )
    mine = group.participations.filter(ended_at=None, role__power=Power.MANAGE)
    return list(
        Person.objects.filter(
            models.Q(pk__in=mine.values("person")) | models.Q(pk__in=seated.values("person")), is_active=True
        ).order_by("name", "pk")
    )


def groups_led_by(person: Person) -> models.QuerySet[Group]:
    """The groups that somebody leads now: by a managing role, or by a seat that carries one."""
    seated = Term.objects.on(today_here()).filter(person=person, seat__retired_on=None, seat__role__power=Power.MANAGE)
    mine = Participation.objects.filter(person=person, ended_at=None, role__power=Power.MANAGE)
    return Group.objects.filter(
        models.Q(pk__in=mine.values("group")) | models.Q(pk__in=seated.values("seat__group"))
    ).order_by("name")


def root_overseers() -> list[Person]:
    """Who may answer proposals: those who lead a root group with groups below it, and the stewards."""
    found = {person.pk: person for person in stewards()}
    for root in root_groups():
        found |= {person.pk: person for person in managers_of(root)}
    return list(found.values())


def root_groups() -> models.QuerySet[Group]:
    """The open groups that answer to no other and have others below them."""
    return Group.objects.filter(parent=None, children__isnull=False).exclude(state=GroupState.CLOSED).distinct()


def leads_a_root_group(person: Person) -> bool:
    """Whether somebody leads a group that others answer to and that answers to none."""
    return any(has_power(person, root, Power.MANAGE) for root in root_groups())


def group_with_old_slug(slug: str) -> Group | None:
    """The group that once had this address."""
    found = GroupSlug.objects.filter(slug=slug).select_related("group").first()
    return found.group if found else None


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


def with_groups_below(group: Group) -> list[int]:
    """The key of a group and of all that answer to it, over however many levels; one query."""
    parents: dict[int, int | None] = dict(Group.objects.order_by("pk").values_list("pk", "parent"))
    return [group.pk, *(key for key in parents if key != group.pk and group.pk in line_above(key, parents))]


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
