"""Would something else have elected somebody else? Other methods, other seats, and ranking last whom a ballot leaves
out.

These are answers of their own, beside the result and never part of it: the rules were fixed before the ballots were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from folkmoot.governance.domain.counting.ballots import Ballots
from folkmoot.governance.domain.counting.methods import METHODS, Method, Rules, count
from folkmoot.governance.domain.counting.record import Patience, Result, endless
from folkmoot.kit.errors import Refused


class Change(StrEnum):
    """What is done otherwise."""

    METHOD = "method"
    SEATS = "seats"
    UNRANKED_LAST = "unranked_last"


@dataclass(frozen=True)
class Other:
    """What one change would have brought: who would have a seat, who of them is new, who would have lost theirs.

    `refused` says why it cannot be counted; `tied` are those between whom it could not decide.
    """

    change: Change
    method: Method
    seats: int
    elected: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    refused: str | None = None

    @property
    def differs(self) -> bool:
        """Whether somebody else would have been elected, apart from there being more or fewer seats."""
        if self.change is Change.SEATS:
            return bool(self.gained and self.lost)
        return bool(self.gained or self.lost)


def others(ballots: Ballots, rules: Rules, result: Result, *, patience: Patience = endless) -> list[Other]:
    """What each change alone would have brought. Terms play no part; the rule for ties is the same."""
    return [_other(ballots, changed, change, result, patience) for change, changed in _changes(ballots, rules)]


def _changes(ballots: Ballots, rules: Rules) -> Iterator[tuple[Change, Rules]]:
    plain = replace(rules, terms=())
    if rules.method is Method.YES_NO:
        return
    for method in Method:
        if method is Method.YES_NO:
            continue
        if method is not rules.method and not (METHODS[method].one_seat and rules.seats > 1):
            yield Change.METHOD, replace(plain, method=method)
    for seats in (rules.seats - 1, rules.seats + 1):
        if 1 <= seats <= len(ballots.names) and not (METHODS[rules.method].one_seat and seats > 1):
            yield Change.SEATS, replace(plain, seats=seats)
    if METHODS[rules.method].pairwise:
        yield Change.UNRANKED_LAST, replace(plain, unranked_last=not rules.unranked_last)


def _other(ballots: Ballots, rules: Rules, change: Change, result: Result, patience: Patience) -> Other:
    try:
        found = count(ballots, rules, patience=patience)
    except Refused as refused:
        return Other(change, rules.method, rules.seats, refused=refused.message)
    return Other(
        change,
        rules.method,
        rules.seats,
        elected=found.elected,
        gained=tuple(name for name in found.elected if name not in result.elected),
        lost=tuple(
            name
            for name in result.elected
            if name not in found.elected and not (found.open_tie and name in found.open_tie.candidates)
        ),
        tied=found.open_tie.candidates if found.open_tie else (),
    )
