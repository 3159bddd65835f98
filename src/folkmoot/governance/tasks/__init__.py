"""What the schedule starts; loading the modules enters it."""

from __future__ import annotations

from folkmoot.governance.tasks import (
    ballots,
    kinds,
    nominations,
    officers,
    opening,
    plan,
    results,
    rolls,
)

__all__ = [
    "ballots",
    "kinds",
    "nominations",
    "officers",
    "opening",
    "plan",
    "results",
    "rolls",
]
