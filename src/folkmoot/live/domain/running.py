"""How the time of a call runs: what an item has left, when those after it begin, and what no longer fits. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

NOTHING = timedelta()


@dataclass(frozen=True)
class Planned:
    """Something on the agenda: what was set aside for it (with what was added on the call) and what it has taken."""

    key: int
    length: timedelta
    spent: timedelta = NOTHING
    is_done: bool = False

    @property
    def left(self) -> timedelta:
        """What is left of it; below nothing once it has run over."""
        return self.length - self.spent

    @property
    def ahead(self) -> timedelta:
        """What it still takes, as far as one can tell."""
        return NOTHING if self.is_done else max(NOTHING, self.left)


@dataclass(frozen=True)
class Expected:
    """When an item begins and ends if everything takes as long as planned. `late` is how long after the end of the call
    it would end.
    """

    key: int
    begins: datetime
    ends: datetime
    late: timedelta

    @property
    def fits(self) -> bool:
        return not self.late


@dataclass(frozen=True)
class Outlook:
    """What is still to come of a call, in its order, the present item first; `left` is the time until its end."""

    coming: tuple[Expected, ...]
    left: timedelta

    @property
    def unfit(self) -> tuple[Expected, ...]:
        """What would end after the call does."""
        return tuple(one for one in self.coming if not one.fits)

    @property
    def late(self) -> timedelta:
        """How much later than planned the call would end."""
        return max((one.late for one in self.coming), default=NOTHING)


def outlook(items: Iterable[Planned], current: int | None, *, now: datetime, ends_at: datetime) -> Outlook:
    """What is to come: the current item first, then all others that are not done, in their order.

    Items that were passed over and are not done count as still to come. An item without a length takes no time.
    """
    waiting = [one for one in items if not one.is_done or one.key == current]
    waiting.sort(key=lambda one: one.key != current)
    begins, found = now, []
    for one in waiting:
        length = max(NOTHING, one.left) if one.key == current else one.ahead
        ends = begins + length
        late = max(NOTHING, ends - ends_at) if length else NOTHING
        found.append(Expected(one.key, begins, ends, late))
        begins = ends
    return Outlook(tuple(found), ends_at - now)


def elapsed(spent: timedelta, began_at: datetime | None, now: datetime) -> timedelta:
    """What an item has taken: before, and since its clock was set going (None while it stands)."""
    return spent if began_at is None else spent + max(NOTHING, now - began_at)


def whole_minutes(length: timedelta) -> int:
    """A length of time in minutes for people: rounded up, so that what is over is never said to be nothing."""
    return int(-(-abs(length).total_seconds() // 60))
