"""Finding again, in the charter of today, the objective that something was begun for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Objective:
    """What a charter says a group is for: its name, its words, its clause and the clause's permalink anchor."""

    name: str
    text: str
    number: str
    anchor: str


def plain(name: str) -> str:
    """A name as it is compared: without regard to case and white space."""
    return " ".join(name.split()).casefold()


def find(objectives: Sequence[Objective], name: str, anchor: str = "") -> Objective | None:
    """The objective of this name, or else of this anchor; None when the charter has it no more."""
    wanted = plain(name)
    for objective in objectives:
        if plain(objective.name) == wanted:
            return objective
    if not anchor:
        return None
    return next((objective for objective in objectives if objective.anchor == anchor), None)
