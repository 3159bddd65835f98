"""What an election asks of those who stand, and what was found of one of them; judged by the part of rolls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from folkmoot.governance.models.nominations import Nomination
from folkmoot.governance.queries import rolls


def criteria_found(nomination: Nomination, now: datetime) -> Sequence[Any]:
    """Each criterion with what is asked and what was found (`roll_criteria.Finding`); empty for a name alone."""
    if nomination.person is None:
        return ()
    judged = rolls.judge_candidate(nomination.contest, nomination.person, now)  # type: ignore[attr-defined, unused-ignore]
    findings: Sequence[Any] = judged.findings
    return findings


def unfulfilled(nomination: Nomination, now: datetime) -> list[str]:
    """What does not hold of a candidate, in whole sentences."""
    return [f"{one.asked} {one.found}".strip() for one in criteria_found(nomination, now) if not one.holds]
