"""A result as JSON for programs. The keys stay; more may come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Final

from folkmoot.governance.domain.counting.ballots import Direction
from folkmoot.governance.domain.counting.others import Other
from folkmoot.governance.domain.counting.record import (
    Displaced,
    Elected,
    Event,
    Excluded,
    Guarded,
    Pair,
    Result,
    Stage,
    Transferred,
)
from folkmoot.governance.domain.counting.story import exact, reason
from folkmoot.governance.domain.counting.ties import Tie

DIRECTIONS: Final = {
    Direction.ORDER: "listed-in-order",
    Direction.LOWER: "lower-is-preferred",
    Direction.HIGHER: "higher-is-better",
}

EVENTS: Final[Mapping[type[Event], str]] = {
    Elected: "elected",
    Transferred: "transferred",
    Excluded: "excluded",
    Displaced: "displaced",
    Guarded: "guarded",
    Pair: "pair",
}
KEYS: Final = {"source": "from"}
"""Fields of events that are called otherwise in JSON."""


def to_json(result: Result) -> dict[str, Any]:
    """The result as plain data. Votes are texts with all their decimals, the quota is a number."""
    return {
        "method": result.method,
        "seats": result.seats,
        "candidates": list(result.candidates),
        "withdrawn": list(result.withdrawn),
        "holders": list(result.holders),
        "ballots": result.ballots,
        "invalid": result.invalid,
        "quota": None if result.quota is None else _plain(result.quota, result.decimals),
        "decimals": result.decimals,
        "direction": DIRECTIONS[result.direction],
        "elected": list(result.elected),
        "order": [list(group) for group in result.order],
        "ties": [_tie(tie) for tie in result.ties],
        "stages": [_stage(result, stage) for stage in result.stages],
        "displaced": [
            {"name": event.name, "reason": _capital(reason(event)), "affiliation": event.affiliation}
            for event in result.displaced
        ],
        "terms": dict(result.terms),
        "pairs": None if result.pairs is None else {name: dict(row) for name, row in result.pairs.items()},
        "verdict": None if result.verdict is None else asdict(result.verdict),
    }


def _plain(votes: int, decimals: int) -> int | float:
    whole, part = divmod(votes, 10**decimals)
    return float(Decimal(votes).scaleb(-decimals)) if part else whole


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "candidates": list(tie.candidates),
        "resolved_by": tie.resolved_by,
        "about": tie.about,
        "chosen": tie.chosen,
        "stage": tie.stage,
    }


def _stage(result: Result, stage: Stage) -> dict[str, Any]:
    def votes(units: int) -> str:
        return exact(units, result.decimals)

    return {
        "number": stage.number,
        "action": stage.action,
        "subject": stage.subject,
        "totals": {name: votes(total) for name, total in stage.totals.items()},
        "elected": list(stage.elected),
        "excluded": list(stage.excluded),
        "exhausted": votes(stage.exhausted),
        "lost": votes(stage.lost),
        "quota": None if stage.quota is None else votes(stage.quota),
        "transfers": [
            {"from": event.source, "to": event.to, "ballots": event.ballots, "votes": votes(event.votes)}
            for event in stage.events
            if isinstance(event, Transferred)
        ],
        "events": [_event(result, event) for event in stage.events],
    }


def _event(result: Result, event: Event) -> dict[str, Any]:
    """What happened, with `event` for its kind. Votes of pairs are whole numbers of voters."""
    found: dict[str, Any] = {"event": EVENTS[type(event)]}
    for name, value in vars(event).items():
        found[KEYS.get(name, name)] = (
            exact(value, result.decimals) if name == "votes" and not isinstance(event, Pair) else value
        )
    return found


def others_to_json(others: Sequence[Other]) -> list[dict[str, Any]]:
    """What something else would have brought, as plain data."""
    return [
        {
            "change": other.change,
            "method": other.method,
            "seats": other.seats,
            "differs": None if other.refused or other.tied else other.differs,
            "elected": list(other.elected),
            "gained": list(other.gained),
            "lost": list(other.lost),
            "tied": list(other.tied),
            "refused": other.refused,
        }
        for other in others
    ]
