"""The objectives of the charter in force, and finding again what something was begun for."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.groups.models import CharterVersion, Group
from folkmoot.groups.queries import charter_in_force
from folkmoot.kit.errors import Refused
from folkmoot.plan.domain.objectives import Objective, find
from folkmoot.plan.models.serving import Serving

LONGEST_NAME = 300


@dataclass(frozen=True)
class Served:
    """What something serves: its name, clause and permalink, or that the charter has it no more."""

    name: str
    number: str = ""
    href: str = ""
    is_gone: bool = False


class Objectives:
    """The objectives of a group's charter in force today, asked for once."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.charter: CharterVersion | None = charter_in_force(group)
        self.all = objectives_of(self.charter)

    def served(self, thing: Serving) -> Served | None:
        """What something serves; None when it serves nothing in particular."""
        if not thing.objective:
            return None
        found = find(self.all, thing.objective, thing.objective_anchor)
        return Served(thing.objective, is_gone=True) if found is None else self.shown(found)

    def shown(self, objective: Objective) -> Served:
        """An objective with its clause and permalink."""
        charter = reverse("charter", args=[self.group.slug])
        return Served(
            objective.name, objective.number, f"{charter}#{objective.anchor}" if objective.anchor else charter
        )

    def of(self, thing: Serving) -> Objective | None:
        """The objective itself, when the charter still has it."""
        return find(self.all, thing.objective, thing.objective_anchor) if thing.objective else None

    def named(self, name: str) -> tuple[str, str]:
        """The name and anchor to keep for an objective. Refused `no_such_objective` when the charter has none so."""
        if not name.strip():
            return "", ""
        found = find(self.all, name)
        if found is None:
            raise Refused(
                _("The charter has no objective called “%(name)s”.") % {"name": name[:80]}, code="no_such_objective"
            )
        return found.name[:LONGEST_NAME], found.anchor[:120]


def objectives_of(charter: CharterVersion | None) -> list[Objective]:
    """The objectives that a charter names, in its order."""
    if charter is None:
        return []
    return [
        Objective(
            name=(item.get("name") or item.get("text") or "")[:LONGEST_NAME],
            text=item.get("text") or "" if item.get("name") else "",
            number=item.get("number") or "",
            anchor=item.get("anchor") or "",
        )
        for item in charter.reading.get("objectives") or []
        if item.get("name") or item.get("text")
    ]
