"""What is set here because of a clause, and where somebody set it otherwise.

Every room whose screens rest on the charter offers a `Follower` in its `apps.ready()`. The page "By which clause?" of a
group asks all of them, and so does any screen that has to say "differs from the charter".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.models import CharterVersion, Group
from folkmoot.groups.naming import role_name
from folkmoot.kit.registry import Registry


@dataclass(frozen=True)
class Followed:
    """One thing that is set here: what it is, what the charter states, what is set, and by which clause.

    `set_here` is empty where it is simply what the charter says. `change_path` is where those who may can go back to
    the charter, or set it otherwise.
    """

    label: str
    stated: str
    clause_number: str
    clause_path: str
    set_here: str = ""
    differs: bool = False
    change_path: str = ""


class Follower(Protocol):
    """What one room sets because of a charter."""

    def followed(self, group: Group, charter: CharterVersion) -> Sequence[Followed]:
        """Everything that this room sets, in the charter's order."""


FOLLOWED: Registry[Follower] = Registry("follower of the charter")


def followed(group: Group, charter: CharterVersion) -> list[Followed]:
    """What every room sets because of this charter."""
    return [one for follower in FOLLOWED for one in follower.followed(group, charter)]


class OwnFollower:
    """Purpose, objectives, membership, roles with their seats, the year, and how the group decides."""

    def followed(self, group: Group, charter: CharterVersion) -> Sequence[Followed]:
        return [*self._purpose(charter), *self._items(charter), *self._roles(group, charter)]

    def _purpose(self, charter: CharterVersion) -> Iterator[Followed]:
        purpose = charter.reading.get("purpose")
        if purpose:
            lines = charter.reading.get("purpose_lines") or [1, 1]
            number, path = clause_at(charter, lines[0])
            yield Followed(_("Purpose"), purpose, number, path)

    def _items(self, charter: CharterVersion) -> Iterator[Followed]:
        labels = {
            "objectives": _("Objective"),
            "membership": _("Who may join"),
            "annual_activities": _("The year"),
            "decision_rules": _("How we decide"),
            "channels": _("Where we talk"),
            "policies": _("What binds us"),
            "amendments": _("Changing the charter"),
        }
        for topic, label in labels.items():
            for item in charter.reading.get(topic) or []:
                yield Followed(label, _words(item), item.get("number") or "", _path(charter, item.get("anchor") or ""))

    def _roles(self, group: Group, charter: CharterVersion) -> Iterator[Followed]:
        stated = {role_name(item.get("name") or ""): item for item in charter.reading.get("roles") or []}
        for role in group.roles.filter(retired_at=None):
            item = stated.get(role.name)
            words = _words(item) if item else _("The charter names no such role; somebody has to lead.")
            seats = ""
            if role.seats is not None:
                seats = ngettext("%(count)d seat", "%(count)d seats", role.seats) % {"count": role.seats}
            yield Followed(
                _("Role: %(name)s") % {"name": role.name},
                words,
                (item or {}).get("number") or "",
                _path(charter, (item or {}).get("anchor") or ""),
                set_here=seats,
            )


def clause_at(charter: CharterVersion, line: int) -> tuple[str, str]:
    """Number and path of the section on which a line of the charter stands."""
    for section in charter.reading.get("sections") or []:
        if section["lines"][0] <= line <= section["lines"][1]:
            return section.get("number") or "", _path(charter, section.get("anchor") or "")
    return "", _path(charter, "")


def clause_anchored(charter: CharterVersion, anchor: str) -> tuple[str, str]:
    """Number and path of the clause with this anchor."""
    sections = charter.reading.get("sections") or []
    number = next((one.get("number") or "" for one in sections if one.get("anchor") == anchor), "")
    return number, _path(charter, anchor)


def _path(charter: CharterVersion, anchor: str) -> str:
    path = reverse("charter", args=[charter.group.slug])
    return f"{path}#{anchor}" if anchor else path


def _words(item: dict[str, Any]) -> str:
    name, text = item.get("name") or "", item.get("text") or item.get("url") or ""
    return f"{name}: {text}" if name and text else name or text
