"""What this room keeps about people, answered for by each of its parts."""

from __future__ import annotations

from folkmoot.governance.person_data import (
    ballots,
    kinds,
    nominations,
    officers,
    opening,
    plan,
    results,
    rolls,
)


def fill() -> None:
    """Answer for every model of this room that points at a person."""
    for part in (plan, officers, nominations, rolls, ballots, opening, results, kinds):
        part.fill()
