"""What elections keep, one of each, for the world of the tests."""

from __future__ import annotations

from typing import Any

from folkmoot.governance.models.elections import ElectionState
from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from tests.factories.governance import (
    ballots,
    kinds,
    nominations,
    officers,
    opening,
    plan,
    results,
    rolls,
)
from tests.factories.governance.elections import made_election


def everything(group: Group, people: dict[str, Person]) -> dict[str, Any]:
    """Elections that stand at different points, by name (`draft`, `announced`, `open`, `closed`, `released`), and all
    else that has an address. The manager is an officer in each, the participant a voter and a candidate."""
    made: dict[str, Any] = {
        state.value: made_election(
            group, state, officers=[people["manager"]], voters=[people["participant"], people["observer"]], of=people
        )
        for state in (
            ElectionState.DRAFT,
            ElectionState.ANNOUNCED,
            ElectionState.OPEN,
            ElectionState.CLOSED,
            ElectionState.RELEASED,
        )
    }
    for part in (plan, officers, nominations, rolls, ballots, opening, results, kinds):
        made |= part.in_world(group, people, made)
    return made
