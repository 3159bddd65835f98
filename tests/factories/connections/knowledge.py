"""One of everything that this part of connections has an address for."""

from __future__ import annotations

from typing import Any

from folkmoot.groups.models import Group
from folkmoot.people.models import Person


def in_world(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """By name, for `world.made`; the people by role, as in `tests.architecture.world`."""
    return {}
