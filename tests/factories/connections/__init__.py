"""What the parts of connections keep, one of each, for the world of the tests."""

from __future__ import annotations

from typing import Any

from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from tests.factories.connections import (
    chats,
    directory,
    helping,
    knowledge,
    mentoring,
    newcomers,
    office_hours,
    spaces,
    thanks,
)


def everything(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """All that has an address, by name."""
    made: dict[str, Any] = {}
    for part in (chats, directory, helping, knowledge, mentoring, newcomers, office_hours, spaces, thanks):
        made |= part.in_world(group, people)
    return made
