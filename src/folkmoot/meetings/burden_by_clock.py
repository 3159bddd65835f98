"""What a call costs somebody by the clock of their zone alone, for rooms that look for a time.

Hours that somebody keeps to themselves are not in it: everybody has the usual ones. What it means is told in
`meetings.domain.fair_times.burden`.
"""

from __future__ import annotations

from datetime import datetime

from folkmoot.kit import zones
from folkmoot.meetings.domain.fair_times import USUAL_HOURS, USUAL_SCALE, Level, level_of_call

EARLY_OR_LATE = USUAL_SCALE.cost(Level.UNSOCIABLE)
"""From this cost on a call is early, late or at night."""


def cost_by_the_clock(at: datetime, zone: str, minutes: int) -> int:
    """From 0 (within usual hours) to 6 (at night): a call that begins at an instant (aware) and lasts `minutes`."""
    local = at.astimezone(zones.zone(zone))
    minute_of_week = (local.weekday() * 24 + local.hour) * 60 + local.minute
    return USUAL_SCALE.cost(level_of_call(USUAL_SCALE, USUAL_HOURS, minute_of_week, minutes))
