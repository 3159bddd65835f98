from __future__ import annotations

from typing import Any

from folkmoot.decisions.actions import record_decision
from folkmoot.decisions.models import Decision
from folkmoot.decisions.wording import Wording
from folkmoot.groups.models import Group
from folkmoot.ledger.actors import system


def wording(**given: Any) -> Wording:
    """What a decision says, unless the test says otherwise."""
    return Wording(**{"title": "Lights stay on", "text": "The lights stay on until *everyone* is home.", **given})


def recorded(group: Group, *, status: Any = None, on_day: Any = None, reason: str = "", **given: Any) -> Decision:
    """A decision that was reached on a call."""
    outcome = {"status": status, "reason": reason or "Not now."} if status else {}
    return record_decision(group, wording(**given), on_day=on_day, by=system(), **outcome)
