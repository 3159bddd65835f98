"""Which call roles a group has, and who can take a turn in them."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from folkmoot.calendar.texts import one_line
from folkmoot.groups.actions import hold_group
from folkmoot.groups.models import Group
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import shows_nothing
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.meetings.call_role_rules import may_set_call_roles, may_take_turns
from folkmoot.meetings.call_roles_reading import CUSTOM, all_roles_of, first_role, roles_of, stated_in
from folkmoot.meetings.facts import CallRoleChanged, WillingnessChanged
from folkmoot.meetings.models import CallRole, RoleOrigin, Willing
from folkmoot.people.models import Person
from folkmoot.plan.parts import PARTS

MOST_ROLES = 12
LONGEST_NAME = 60
LONGEST_DUTIES = 300
LONGEST_KEY = 20


def write_roles(group: Group) -> list[CallRole]:
    """The group's call roles as rows, all of them, written where they were not set yet; the group must be held."""
    roles = all_roles_of(group)
    if roles and roles[0].pk is None:
        CallRole.objects.bulk_create(roles)
        roles = list(group.call_roles.all())
    return roles


def role_keyed(group: Group, key: str) -> CallRole:
    """A call role that the group has, written if it was not; Refused `not_found` where there is none of this key."""
    for role in write_roles(group):
        if role.key == key and role.is_on:
            return role
    raise Refused(_("There is no such call role in this group."), code="not_found")


@transaction.atomic
def bring_roles_in_order(group: Group) -> None:
    """Let the call roles be as the charter in force names them; what the group set itself stays. Twice is once.

    A charter that names none, in a group that does nothing with call roles, writes nothing.
    """
    hold_group(group)
    stated = {one.key: one for one in stated_in(charter_in_force(group))}
    present = {role.key: role for role in group.call_roles.all()}
    if not stated and not present:
        return
    names_some = bool(stated)
    for position, key in enumerate([*stated, *(key for key in CUSTOM if key not in stated)]):
        wanted = first_role(group, key, stated.get(key), position, names_some)
        role = present.pop(key, None)
        if role is None:
            wanted.save()
        elif role.source == RoleOrigin.HERE:
            # Its name stays; where the charter speaks of it may be another clause now.
            if role.clause_anchor != wanted.clause_anchor:
                role.clause_anchor = wanted.clause_anchor
                role.save(update_fields=["clause_anchor"])
        else:
            changed = [
                name
                for name in ("name", "duties", "source", "clause_anchor", "is_on")
                if getattr(role, name) != getattr(wanted, name)
            ]
            for name in changed:
                setattr(role, name, getattr(wanted, name))
            if changed:
                role.save(update_fields=changed)
    for role in present.values():
        if role.source == RoleOrigin.CHARTER:
            role.source, role.clause_anchor, role.is_on = RoleOrigin.CUSTOM, "", False
            role.save(update_fields=["source", "clause_anchor", "is_on"])


@transaction.atomic
def change_call_role(
    group: Group, key: str, *, name: str, duties: str, is_needed: bool, is_on: bool, by: Actor
) -> CallRole:
    """Call a role otherwise, say what it does, whether each call needs it, or do without it.

    Refused `invalid` for an empty or over-long name, `not_found` for a role that is not there.
    """
    require(may_set_call_roles(by, group))
    hold_group(group)
    role = next((one for one in write_roles(group) if one.key == key), None)
    if role is None:
        raise Refused(_("There is no such call role in this group."), code="not_found")
    values = {**_words(name, duties), "is_needed": is_needed, "is_on": is_on}
    changes = {key: [getattr(role, key), value] for key, value in values.items() if getattr(role, key) != value}
    if not changes:
        return role
    for field, value in values.items():
        setattr(role, field, value)
    role.source = RoleOrigin.HERE
    role.save(update_fields=[*values, "source"])
    record(CallRoleChanged(role.pk, role.key, role.name), by=by, on=role, within=group, changes=changes)
    return role


@transaction.atomic
def add_call_role(group: Group, *, name: str, duties: str, is_needed: bool, by: Actor) -> CallRole:
    """A further role at the group's calls; Refused `invalid`, or `taken` where there is one of that name."""
    require(may_set_call_roles(by, group))
    hold_group(group)
    roles = write_roles(group)
    words = _words(name, duties)
    key = slugify(words["name"])[:LONGEST_KEY].strip("-") or f"role-{len(roles) + 1}"
    if key in PARTS:
        raise Refused(_("This word means something else in checklists; please choose another."), code="invalid")
    if any(role.key == key or role.name.casefold() == words["name"].casefold() for role in roles):
        raise Refused(_("There is a call role of this name already."), code="taken")
    if len(roles) >= MOST_ROLES:
        raise Refused(_("A group has at most %(count)s call roles.") % {"count": MOST_ROLES}, code="invalid")
    role = CallRole.objects.create(
        group=group,
        key=key,
        position=max(one.position for one in roles) + 1 if roles else 0,
        is_needed=is_needed,
        source=RoleOrigin.HERE,
        **words,
    )
    record(CallRoleChanged(role.pk, role.key, role.name), by=by, on=role, within=group)
    return role


@transaction.atomic
def set_willing(group: Group, *, keys: Collection[str], by: Person) -> None:
    """Say for which call roles one can take a turn, of those that the group has; nothing takes it all back."""
    require(may_take_turns(by, group))
    hold_group(group)
    if not keys and not group.call_roles.exists():
        return
    write_roles(group)
    roles = roles_of(group)
    known = {role.key for role in roles}
    if not set(keys) <= known:
        raise Refused(_("There is no such call role in this group."), code="invalid")
    before = set(Willing.objects.filter(role__in=roles, person=by).values_list("role__key", flat=True))
    wanted = set(keys)
    if before == wanted:
        return
    Willing.objects.filter(role__in=roles, role__key__in=before - wanted, person=by).delete()
    Willing.objects.bulk_create(Willing(role=role, person=by) for role in roles if role.key in wanted - before)
    record(
        WillingnessChanged(sorted(wanted)),
        by=by,
        about=by,
        on=group,
        within=group,
        changes={"keys": [sorted(before), sorted(wanted)]},
    )


def forget_willingness(person: Person, group: Group) -> None:
    """Propose somebody no more who has left the group."""
    Willing.objects.filter(role__group=group, person=person).delete()


def _words(name: str, duties: str) -> dict[str, str]:
    kept, told = one_line(name, most=LONGEST_NAME * 2), one_line(duties, most=LONGEST_DUTIES * 2)
    if shows_nothing(kept):
        raise Refused(_("Please say what the role is called."), code="invalid", field="name")
    for field, value, longest in (("name", kept, LONGEST_NAME), ("duties", told, LONGEST_DUTIES)):
        if len(value) > longest:
            words = _("Please stay below %(count)s characters.") % {"count": longest}
            raise Refused(words, code="invalid", field=field)
    return {"name": kept, "duties": told}
