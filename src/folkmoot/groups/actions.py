"""Founding a group from its charter, and who holds which role in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from folkmoot.groups.facts import CharterAdopted, GroupFounded, RoleLeft, RoleTaken
from folkmoot.groups.models import CharterVersion, Clause, Group, Participation, Power, Role
from folkmoot.groups.rendering import rendered_clauses
from folkmoot.groups.role_words import power_of_role
from folkmoot.groups.rules import may_found_group, may_manage
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person

MOST_MANAGERS = 3
RESERVED_SLUGS = frozenset({"new", "drafts"})


@transaction.atomic
def found_group(
    *,
    name: str,
    text: str,
    reading: Mapping[str, Any],
    answers: Mapping[str, Any] | None = None,
    in_force_from: date | None = None,
    at: Any = None,
    by: Actor,
) -> Group:
    """Found a group and adopt the first version of its charter, with the roles that it names.

    `reading` has the shape of `charter check --json` with corrections and answers already in it; `answers` keeps
    what was corrected or answered. `in_force_from` is today by default. Everything is written, or nothing.
    """
    require(may_found_group(by))
    name = group_name(name)
    if shows_nothing(name):
        raise Refused(_("The group needs a name."), code="invalid")
    try:
        with transaction.atomic():
            group = Group.objects.create(name=name, slug=_free_slug(name))
    except IntegrityError:
        raise Refused(_("There is a group called %(name)s already.") % {"name": name}, code="name_taken") from None
    record(GroupFounded(name=name), by=by, on=group, within=group, at=at)
    _name_roles(group, reading)
    adopt_charter(group, text=text, reading=reading, answers=answers or {}, in_force_from=in_force_from, at=at, by=by)
    return group


@transaction.atomic
def adopt_charter(
    group: Group,
    *,
    text: str,
    reading: Mapping[str, Any],
    answers: Mapping[str, Any],
    in_force_from: date | None = None,
    at: Any = None,
    by: Actor,
) -> CharterVersion:
    """Bring the next version of a group's charter into force, clause by clause."""
    require(may_found_group(by))
    last = group.charters.order_by("-number").first()
    charter = CharterVersion.objects.create(
        group=group,
        number=last.number + 1 if last else 1,
        text=text,
        digest=digest_of(text),
        reading=dict(reading),
        answers=dict(answers),
        in_force_from=in_force_from or today_here(),
    )
    Clause.objects.bulk_create(
        Clause(
            charter=charter,
            position=position,
            number=clause.number,
            anchor=clause.anchor,
            heading=clause.heading[:300],
            level=clause.level,
            kind=clause.kind,
            first_line=clause.first_line,
            last_line=clause.last_line,
            html=clause.html,
        )
        for position, clause in enumerate(rendered_clauses(text, reading))
    )
    record(
        CharterAdopted(charter_id=charter.pk, number=charter.number, in_force_from=charter.in_force_from.isoformat()),
        by=by,
        on=charter,
        within=group,
        at=at,
    )
    return charter


@transaction.atomic
def give_role(person: Person, group: Group, role: Role, *, by: Actor, at: Any = None) -> Participation:
    """Let a person hold a role in a group from now on (or since `at`); a role held before ends at that instant.

    Done twice, it is written once. Refused `no_free_seat` when a managing role has no seat left.
    """
    require(may_manage(by, group))
    if role.group_id != group.pk:
        raise Refused(_("%(role)s is a role of another group.") % {"role": role.name}, code="invalid")
    hold_group(group)
    now = at or timezone.now()
    present = Participation.objects.filter(person=person, group=group, ended_at=None).select_related("role").first()
    if present and present.role_id == role.pk:
        return present
    if is_full(role):
        raise Refused(
            _("All %(count)s seats of %(role)s are taken.") % {"count": role.seats, "role": role.name},
            code="no_free_seat",
        )
    if present:
        end_participation(present, by=by, at=now)
    try:
        with transaction.atomic():
            participation = Participation.objects.create(person=person, group=group, role=role, began_at=now)
    except IntegrityError:
        raise Refused(_("%(person)s was just given a role.") % {"person": person.name}, code="conflict") from None
    record(
        RoleTaken(participation_id=participation.pk, role=role.name, person=person.name),
        by=by,
        about=person,
        on=participation,
        within=group,
        at=now,
    )
    return participation


def is_full(role: Role) -> bool:
    """Whether all seats of a role are taken; a role without a limit never is."""
    return role.seats is not None and role.participations.filter(ended_at=None).count() >= role.seats


def hold_group(group: Group) -> None:
    """Let nobody else change who holds which role until this transaction ends.

    On PostgreSQL by a lock on the group's row; on SQLite the writing transaction itself keeps others out.
    """
    Group.objects.select_for_update().get(pk=group.pk)


@transaction.atomic
def end_participation(participation: Participation, *, by: Actor, at: Any = None) -> None:
    """End a participation; done twice, it is written once."""
    if participation.person != by:
        require(may_manage(by, participation.group))
    if participation.ended_at is not None:
        return
    participation.ended_at = at or timezone.now()
    participation.save(update_fields=["ended_at"])
    record(
        RoleLeft(participation_id=participation.pk, role=participation.role.name, person=participation.person.name),
        by=by,
        about=participation.person,
        on=participation,
        within=participation.group,
        at=participation.ended_at,
    )


def managing_role(group: Group) -> Role:
    """The role that leads the group; made if the charter names none, since somebody must be able to lead."""
    role = group.roles.filter(power=Power.MANAGE).first()
    if role is None:
        role = Role.objects.create(
            group=group,
            position=group.roles.count(),
            name=_("Managers"),
            power=Power.MANAGE,
            seats=MOST_MANAGERS,
        )
    return role


def group_name(text: str) -> str:
    """A charter's title as the name of a group: on one line, of at most 200 characters."""
    return plain_name(text, 200)


def role_name(text: str) -> str:
    """What a charter calls a role, as its name here: on one line, of at most 120 characters."""
    return plain_name(text, 120)


def digest_of(text: str) -> str:
    """SHA-256 in hexadecimal of a charter's text, by which a changed file is told from the same one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _name_roles(group: Group, reading: Mapping[str, Any]) -> None:
    taken: set[str] = set()
    for position, said in enumerate(reading.get("roles") or []):
        name = role_name(str(said.get("name") or ""))
        if not name or name.casefold() in taken:
            continue
        taken.add(name.casefold())
        power = power_of_role(name)
        Role.objects.create(
            group=group,
            position=position,
            name=name,
            text=said.get("text") or "",
            power=power,
            seats=MOST_MANAGERS if power == Power.MANAGE else None,
        )


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70].strip("-") or "group"
    slug, number = stem, 1
    while slug in RESERVED_SLUGS or Group.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
