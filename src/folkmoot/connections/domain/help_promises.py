"""What a help desk promises by urgency, and whom it tells when the time for an answer runs out. Pure.

Kept as plain values (JSON) with a desk; a request keeps a copy of what held when it was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from folkmoot.connections.domain.clocks import USUAL_TIERS, Counts, Step, Tier
from folkmoot.connections.domain.opening import Opening
from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.fair_times import Span

LONGEST: Final = timedelta(days=90)
MOST_STEPS: Final = 8
MOST_CLOSED: Final = 60
"""Days on which a desk is closed besides holidays."""
_SOLVED: Final = {"critical": 8 * 60, "high": 3 * 24 * 60, "medium": 7 * 24 * 60, "low": 21 * 24 * 60}


@dataclass(frozen=True)
class Promise:
    """What is promised for one urgency: a first answer hoped for, at the latest, and solved by. Whole minutes."""

    key: str
    aim: int
    limit: int
    solved: int
    counts: Counts = Counts.ALL

    def __post_init__(self) -> None:
        if not 0 < self.aim <= self.limit:
            raise Refused(
                "A first answer is hoped for before it is due, and not at once.", code="invalid", field=self.key
            )
        if self.solved < self.limit:
            raise Refused(
                "Something is solved no earlier than its first answer is due.", code="invalid", field=self.key
            )
        if timedelta(minutes=self.solved) > LONGEST:
            raise Refused(f"Promise to solve it within {LONGEST.days} days.", code="invalid", field=self.key)

    @property
    def tier(self) -> Tier:
        """As the clocks know it."""
        return Tier(self.key, timedelta(minutes=self.aim), timedelta(minutes=self.limit), self.counts)

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "key": self.key,
            "aim": self.aim,
            "limit": self.limit,
            "solved": self.solved,
            "counts": self.counts.value,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Promise:
        """From what was kept; what is whole never fails."""
        return cls(kept["key"], kept["aim"], kept["limit"], kept["solved"], Counts(kept["counts"]))


USUAL: Final = tuple(
    Promise(
        tier.key,
        int(tier.aim.total_seconds() // 60),
        int(tier.limit.total_seconds() // 60),
        _SOLVED[tier.key],
    )
    for tier in USUAL_TIERS
)
KEYS: Final = tuple(promise.key for promise in USUAL)
"""The urgencies, the most urgent first."""


class Clocked(StrEnum):
    """Of which promise a step is a share."""

    ANSWER = "answer"
    SOLVED = "solved"


class Told(StrEnum):
    """Whom a step tells."""

    OWNER = "owner"
    """Whoever looks after the request; the helpers where nobody does."""
    HELPERS = "helpers"
    LEADS = "leads"


@dataclass(frozen=True)
class Escalation:
    """Somebody is told once when a share of the promised time has passed."""

    clock: Clocked
    percent: int
    told: Told

    def __post_init__(self) -> None:
        if not 1 <= self.percent <= 1000:
            raise Refused("A step comes after 1 to 1000 per cent of the time.", code="invalid", field="steps")

    @property
    def key(self) -> str:
        return f"{self.clock}-{self.percent}-{self.told}"

    @property
    def step(self) -> Step:
        """As the clocks know it."""
        return Step(self.key, self.percent)

    @classmethod
    def of(cls, key: str) -> Escalation:
        """From its key; Refused `invalid` for what is none."""
        parts = key.split("-")
        if len(parts) != 3 or not (parts[1].isascii() and parts[1].isdecimal() and len(parts[1]) <= 4):
            raise Refused("A step names a clock, a share and whom it tells.", code="invalid", field="steps")
        if parts[0] not in tuple(Clocked) or parts[2] not in tuple(Told):
            raise Refused("A step names a clock, a share and whom it tells.", code="invalid", field="steps")
        return cls(Clocked(parts[0]), int(parts[1]), Told(parts[2]))


USUAL_STEPS: Final = (
    Escalation(Clocked.ANSWER, 50, Told.OWNER),
    Escalation(Clocked.ANSWER, 80, Told.HELPERS),
    Escalation(Clocked.ANSWER, 100, Told.LEADS),
    Escalation(Clocked.SOLVED, 100, Told.OWNER),
)


def checked_steps(steps: Iterable[Escalation]) -> tuple[Escalation, ...]:
    """Each once, in the order in which they come. Refused `too_many`."""
    found = {one.key: one for one in steps}
    if len(found) > MOST_STEPS:
        raise Refused(f"At most {MOST_STEPS} steps, please.", code="too_many", field="steps")
    return tuple(sorted(found.values(), key=lambda one: (one.clock, one.percent, one.told)))


def last_of_each(due: Sequence[Escalation]) -> dict[Told, Escalation]:
    """Of several steps that are due at once, for each of those told the last alone: one notice says it."""
    found: dict[Told, Escalation] = {}
    for one in due:
        before = found.get(one.told)
        if before is None or (one.clock, one.percent) >= (before.clock, before.percent):
            found[one.told] = one
    return found


def opening(
    zone: str,
    week: Sequence[Sequence[Sequence[int]]],
    holidays: Sequence[Sequence[str]],
    closed: Sequence[str],
) -> Opening:
    """Open hours from what is kept of them: minutes of the day from and until, a list for each weekday."""
    return Opening(
        zone,
        tuple(tuple(Span(start, end) for start, end in day) for day in week),
        tuple((country, part) for country, part in holidays),
        frozenset(date.fromisoformat(day) for day in closed),
    )
