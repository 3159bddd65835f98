"""Everything that is kept about elections, one module per part."""

from __future__ import annotations

from folkmoot.governance.models import (
    ballots,
    elections,
    kinds,
    messages,
    nominations,
    officers,
    openings,
    questions,
    results,
    results_complaints,
    rolls,
    rolls_exceptions,
)

__all__ = [
    "ballots",
    "elections",
    "kinds",
    "messages",
    "nominations",
    "officers",
    "openings",
    "questions",
    "results",
    "results_complaints",
    "rolls",
    "rolls_exceptions",
]
