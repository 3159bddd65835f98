"""Who holds which role in a group."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.facts import RoleLeft, RoleTaken
from folkmoot.groups.models import Group, Participation, Power, Role
from folkmoot.groups.rules import may_manage
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person

MOST_MANAGERS = 3


@transaction.atomic
def give_role(person: Person, group: Group, role: Role, *, by: Actor, at: Any = None) -> Participation:
    """Let a person hold a role in a group from now on (or since `at`); a role held before ends at that instant.

    Done twice, it is written once. Refused `no_free_seat` when a managing role has no seat left.
    """
    require(may_manage(by, group))
    if role.group_id != group.pk:
        raise Refused(_("%(role)s is a role of another group.") % {"role": role.name}, code="invalid")
    if role.retired_at is not None:
        raise Refused(_("The charter has no role %(role)s any more.") % {"role": role.name}, code="invalid")
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
    role = group.roles.filter(power=Power.MANAGE, retired_at=None).first()
    if role is None:
        role = Role.objects.create(
            group=group,
            position=group.roles.count(),
            name=_("Managers"),
            power=Power.MANAGE,
            seats=MOST_MANAGERS,
        )
    return role
