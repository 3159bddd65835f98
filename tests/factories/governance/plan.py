"""One of everything that this part of elections has an address for."""

from __future__ import annotations

from typing import Any

from folkmoot.governance.actions.plan_messages import write_messages
from folkmoot.groups.models import Group
from folkmoot.people.models import Person


def in_world(group: Group, people: dict[str, Person], made: dict[str, Any]) -> dict[str, Any]:
    """By name, for `world.made`, which already has what `governance.everything` makes; people by role."""
    write_messages(made["announced"].election)
    return {"election_page": made["announced"].election.get_absolute_url()}
