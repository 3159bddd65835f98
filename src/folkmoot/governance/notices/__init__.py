"""What people are told; loading the modules enters their topics."""

from __future__ import annotations

from folkmoot.governance.notices import (
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
