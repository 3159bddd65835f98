"""What would follow from other days and times, shown before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from folkmoot.kit import zones
from folkmoot.meetings.domain.left_out import LeavesOut
from folkmoot.meetings.domain.plan import Plan
from folkmoot.meetings.wording import plans_words

SHOWN = 6
LOOKED_AHEAD = timedelta(days=366 * 3)


@dataclass(frozen=True)
class Follows:
    """The rule in words, and its next calls: instants, each with the reason why it is left out, or nothing."""

    words: str
    zone: str
    calls: tuple[tuple[datetime, str], ...]


def what_follows(plans: Sequence[Plan], pauses: LeavesOut, *, from_day: date, now: datetime, clock: str) -> Follows:
    """The next calls of plans from a day on, or from now where that is later."""
    zone = plans[0].zone
    start = max(now, zones.local_to_utc(datetime.combine(from_day, time()), zone).utc)
    found = sorted(
        (one.utc, pauses.why(one.local.date()))
        for plan in plans
        for one in plan.occurrences(start, start + LOOKED_AHEAD, limit=SHOWN)
    )
    return Follows(plans_words(plans, clock), zone, tuple(found[:SHOWN]))
