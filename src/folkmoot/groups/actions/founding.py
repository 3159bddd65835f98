"""Founding a group from its charter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from folkmoot.groups.actions.charters import adopt_charter
from folkmoot.groups.actions.participation import MOST_MANAGERS
from folkmoot.groups.facts import GroupFounded
from folkmoot.groups.models import Group, GroupSlug, Power, Role
from folkmoot.groups.naming import group_name, role_name
from folkmoot.groups.role_words import power_of_role
from folkmoot.groups.rules import may_found_group
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import shows_nothing
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor

RESERVED_SLUGS = frozenset({"new", "drafts", "propose", "proposals", "administration"})


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
            group = Group.objects.create(name=name, slug=free_slug(name))
    except IntegrityError:
        raise Refused(_("There is a group called %(name)s already.") % {"name": name}, code="name_taken") from None
    record(GroupFounded(name=name), by=by, on=group, within=group, at=at)
    name_roles(group, reading)
    adopt_charter(group, text=text, reading=reading, answers=answers or {}, in_force_from=in_force_from, at=at, by=by)
    return group


def name_roles(group: Group, reading: Mapping[str, Any]) -> None:
    """Make the roles that a charter names, each with its power."""
    taken = {known.casefold() for known in group.roles.values_list("name", flat=True)}
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


def free_slug(name: str, *, own: Group | None = None) -> str:
    """An address for a group of this name that no group has or ever had; `own` may have its own old one again."""
    stem = slugify(name)[:70].strip("-") or "group"
    slug, number = stem, 1
    others, old = Group.objects.all(), GroupSlug.objects.all()
    if own is not None:
        others, old = others.exclude(pk=own.pk), old.exclude(group=own)
    while slug in RESERVED_SLUGS or others.filter(slug=slug).exists() or old.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
