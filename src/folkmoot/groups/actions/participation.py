"""Who holds which role in a group."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.groups.actions.unowned import settle_holdings
from folkmoot.groups.facts import RoleLeft, RoleTaken
from folkmoot.groups.models import AppointmentState, Group, ManagerAppointment, Participation, Power, Role
from folkmoot.groups.rules import is_open_for_work, may_manage, may_oversee
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.models import Person

MOST_MANAGERS = 3


@transaction.atomic
def give_role(person: Person, group: Group, role: Role, *, by: Actor, at: Any = None) -> Participation:
    """Let a person hold a role in a group from now on (or since `at`); a role held before ends at that instant.

    Done twice, it is written once. Refused `no_free_seat` when a managing role has no seat left. Who leads a group
    gives the roles below their own; a role that leads is given by those above.
    """
    require(may_oversee(by, group) if role.power == Power.MANAGE else may_manage(by, group))
    return take_role(person, group, role, by=by, at=at)


def take_role(
    person: Person, group: Group, role: Role, *, by: Actor, at: Any = None, affiliation: str = ""
) -> Participation:
    """As `give_role`, in the caller's transaction, for actions that have asked a rule of their own."""
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
        # Whoever only follows from now on holds nothing any more, as whoever leaves.
        steps_back = role.power == Power.OBSERVE and present.role.power != Power.OBSERVE
        write_end(present, by=by, at=now, leaving=steps_back)
    try:
        with transaction.atomic():
            participation = Participation.objects.create(
                person=person,
                group=group,
                role=role,
                began_at=now,
                affiliation=affiliation or (present.affiliation if present else ""),
            )
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
    """Let nobody else change who holds which role until this transaction ends; refused once the group is closed.

    On PostgreSQL by a lock on the group's row; on SQLite the writing transaction itself keeps others out.
    """
    require(is_open_for_work(Group.objects.select_for_update().get(pk=group.pk)))


@transaction.atomic
def end_participation(
    participation: Participation, *, by: Actor, at: Any = None, leaving: bool = True, force: bool = False
) -> None:
    """End a participation; done twice, it is written once.

    Refused `still_holds` while whoever leaves holds something in the group, unless whoever oversees the group says
    `force`: then it waits for a new owner. Without `leaving` nothing is asked, since they stay in another role or hand
    things over.
    """
    if participation.person != by:
        leads = participation.role.power == Power.MANAGE
        require(may_oversee(by, participation.group) if leads else may_manage(by, participation.group))
    write_end(participation, by=by, at=at, leaving=leaving, force=force)


def write_end(
    participation: Participation, *, by: Actor, at: Any = None, leaving: bool = True, force: bool = False
) -> None:
    """As `end_participation`, in the caller's transaction, for actions that have asked a rule of their own."""
    if participation.ended_at is not None:
        return
    if leaving:
        settle_holdings(participation, by=by, force=force)
    participation.ended_at = at or timezone.now()
    participation.save(update_fields=["ended_at"])
    if participation.role.power == Power.MANAGE:
        ManagerAppointment.objects.filter(participation=participation, state=AppointmentState.ACCEPTED).update(
            state=AppointmentState.ENDED, ended_at=participation.ended_at
        )
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
