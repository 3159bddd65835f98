"""Letting the roles of a group be what the charter in force says, and their holders with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from folkmoot.groups.actions.participation import MOST_MANAGERS, hold_group, is_full, write_end
from folkmoot.groups.actions.unowned import leave_all
from folkmoot.groups.domain.roles_following import RolesFollow, RoleStated, roles_follow
from folkmoot.groups.facts import RolesFollowedCharter, RoleTaken
from folkmoot.groups.models import CharterVersion, Group, ManagerAppointment, Participation, Power, Role
from folkmoot.groups.role_words import power_of_role
from folkmoot.groups.rules import may_oversee
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor


def planned_roles(
    old: CharterVersion | Mapping[str, object], new: CharterVersion | Mapping[str, object]
) -> RolesFollow:
    """What becomes of the roles between two versions or readings."""
    readings = [one.reading if isinstance(one, CharterVersion) else one for one in (old, new)]
    return roles_follow(readings[0], readings[1], would_lead=lambda name: power_of_role(name) == Power.MANAGE)


def default_for(gone: Role, plan: RolesFollow, group: Group) -> str:
    """Which role the holders of one that goes are to have unless somebody says otherwise: one of the same power."""
    current = {role.name: role.power for role in group.roles.filter(retired_at=None)}
    after = [(other.name, current.get(one.name, power_of_role(other.name))) for one, other in plan.kept]
    after += [(one.name, power_of_role(one.name)) for one in plan.added]
    for wanted in (gone.power, Power.TAKE_PART, Power.OBSERVE):
        found = next((name for name, power in after if power == wanted), None)
        if found is not None:
            return found
    return ""


def follow_roles(
    group: Group,
    old: CharterVersion,
    new: CharterVersion,
    become: Mapping[str, str],
    *,
    by: Actor,
    decided_by: Actor,
    at: datetime,
) -> None:
    """Bring the group's roles from one version to the next, in the caller's transaction.

    `become` names for roles that go which one their holders get (empty: they leave); what it does not name goes by
    `default_for`. The last role that leads stays, whatever the charter says. Refused `no_free_seat` where holders
    find no seat, and `forbidden` where people would come to lead by the decision of somebody who may not appoint.
    """
    hold_group(group)
    plan = planned_roles(old.reading, new.reading)
    roles = {role.name: role for role in group.roles.all()}
    goes_to = {
        one.name: become.get(one.name, default_for(roles[one.name], plan, group))
        for one in plan.gone
        if one.name in roles
    }
    changed = False
    moving: list[tuple[Role, str]] = []
    for name, target in goes_to.items():
        role = roles[name]
        others_lead = [
            one
            for one in group.roles.filter(power=Power.MANAGE, retired_at=None).exclude(pk=role.pk)
            if one.name not in goes_to
        ] or any(power_of_role(one.name) == Power.MANAGE for one in plan.added)
        if role.retired_at is not None or (role.power == Power.MANAGE and not others_lead):
            continue
        role.retired_at = at
        role.save(update_fields=["retired_at"])
        moving.append((role, target))
        changed = True
    by_name: dict[str, Role] = {}
    for before, after in plan.kept:
        if before.name in roles:
            by_name[after.name] = roles[before.name]
            changed |= _restate(group, roles[before.name], after)
    for one in plan.added:
        by_name[one.name] = _come(group, one)
        changed = True
    for role, target in moving:
        _move_holders(role, by_name.get(target), by=by, decided_by=decided_by, at=at)
    if changed:
        record(
            RolesFollowedCharter(charter_id=new.pk, number=new.number), by=by, on=new, within=group, at=at,
            changes={"roles": [[one.name for one in plan.gone], [one.name for one in plan.added]]},
        )  # fmt: skip


def _restate(group: Group, role: Role, stated: RoleStated) -> bool:
    """Take over name, words and place; true when the role goes by another name now."""
    renamed = role.name != stated.name
    if renamed:
        _make_way(group, stated.name, role)
    if (role.name, role.text, role.position) != (stated.name, stated.text, stated.position):
        role.name, role.text, role.position = stated.name, stated.text, stated.position
        role.save(update_fields=["name", "text", "position"])
    return renamed


def _come(group: Group, stated: RoleStated) -> Role:
    role = group.roles.filter(name__iexact=stated.name).first()
    if role is not None:  # it was there before, or was made because somebody had to lead
        role.name, role.text, role.position, role.retired_at = stated.name, stated.text, stated.position, None
        role.save(update_fields=["name", "text", "position", "retired_at"])
        return role
    power = power_of_role(stated.name)
    return Role.objects.create(
        group=group,
        position=stated.position,
        name=stated.name,
        text=stated.text,
        power=power,
        seats=MOST_MANAGERS if power == Power.MANAGE else None,
    )


def _make_way(group: Group, name: str, wanted_by: Role) -> None:
    """A role that went under this name keeps its history under another."""
    earlier = group.roles.filter(name__iexact=name).exclude(pk=wanted_by.pk).first()
    if earlier is not None:
        earlier.name = f"{earlier.name[:90]} ({_('earlier')} {earlier.pk})"
        earlier.save(update_fields=["name"])


def _move_holders(role: Role, target: Role | None, *, by: Actor, decided_by: Actor, at: datetime) -> None:
    holders = list(role.participations.filter(ended_at=None).select_related("person"))
    if holders and target is not None and target.power == Power.MANAGE and role.power != Power.MANAGE:
        require(may_oversee(decided_by, role.group))
    for participation in holders:
        term = None
        if target is None or target.power == Power.OBSERVE:
            leave_all(participation, by=by)
        elif target.power == Power.MANAGE:
            term = ManagerAppointment.objects.filter(participation=participation).first()
            if term is not None:  # it goes on in the role that takes this one's place
                ManagerAppointment.objects.filter(pk=term.pk).update(participation=None)
        write_end(participation, by=by, at=at, leaving=False)
        if target is None:
            continue
        if is_full(target):
            raise Refused(
                _("%(role)s has not seats enough for all who would come to it.") % {"role": target.name},
                code="no_free_seat",
            )
        new = Participation.objects.create(
            person=participation.person,
            group=role.group,
            role=target,
            began_at=at,
            affiliation=participation.affiliation,
        )
        if term is not None:
            ManagerAppointment.objects.filter(pk=term.pk).update(participation=new, role=target)
        record(
            RoleTaken(participation_id=new.pk, role=target.name, person=participation.person.name),
            by=by, about=participation.person, on=new, within=role.group, at=at,
        )  # fmt: skip
