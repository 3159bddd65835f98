from __future__ import annotations

from datetime import datetime
from typing import Any

from folkmoot.decisions.actions import Terms, propose_by_silence, record_decision
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


def proposed(group: Group, *, by: Any = None, terms: Terms | None = None, **given: Any) -> Decision:
    """A decision that lies before the group, by the terms of its charter."""
    return propose_by_silence(group, wording(**given), by=by or system(), terms=terms)


def is_over(decision: Decision) -> datetime:
    """The instant at which the silence that runs is over."""
    ends_at: datetime = decision.silences.get(outcome="running").ends_at
    return ends_at
