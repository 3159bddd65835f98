"""When calls would be, slot by slot, and what that is to people in their zones. Pure.

A slot is a wall time in the zone of the series, on the planned days or on another weekday of the same weeks. Each call
is worked out by itself, so that clocks which change within the horizon count from the call on at which they do; a
time that does not exist or comes twice on a day is the one that the house takes everywhere (`kit.zones`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from folkmoot.kit import zones
from folkmoot.meetings.domain.fair_times.burden import DAY, HALF_HOUR, WEEK

ALL_WEEK: Final = tuple(range(7))
_MINUTE: Final = timedelta(minutes=1)
_EPOCH: Final = datetime(1970, 1, 5, tzinfo=UTC)
"""A Monday, from which minutes are counted."""


@dataclass(frozen=True)
class Slot:
    """A time of day, and a weekday (0 = Monday) where it is not that of the planned days."""

    at: time
    weekday: int | None = None

    def day(self, planned: date) -> date:
        """The day of its call in the week of a planned one."""
        return planned if self.weekday is None else planned + timedelta(days=self.weekday - planned.weekday())

    @property
    def order(self) -> tuple[int, int]:
        return (-1 if self.weekday is None else self.weekday, self.at.hour * 60 + self.at.minute)


def all_slots(weekdays: Iterable[int | None] = ALL_WEEK, *, step: int = HALF_HOUR) -> list[Slot]:
    """The slots of these weekdays, every `step` minutes, the earliest first."""
    return [Slot(time(*divmod(minute, 60)), day) for day in weekdays for minute in range(0, DAY, step)]


def without_repeats(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The same turns said as short as they can be: what goes round twice is said once."""
    count = len(slots)
    for length in range(1, count):
        if count % length == 0 and list(slots) == list(slots[:length]) * (count // length):
            return tuple(slots[:length])
    return tuple(slots)


def apart(one: Slot, other: Slot) -> int:
    """Minutes between two slots, the shorter way round the week; of the day where a weekday is left open."""
    minutes = (one.at.hour - other.at.hour) * 60 + one.at.minute - other.at.minute
    if one.weekday is None or other.weekday is None:
        return min(minutes % DAY, -minutes % DAY)
    minutes += (one.weekday - other.weekday) * DAY
    return min(minutes % WEEK, -minutes % WEEK)


def instant(slot: Slot, planned: date, zone: str) -> datetime:
    """When a slot's call of the week of a planned day begins, in UTC."""
    return zones.local_to_utc(datetime.combine(slot.day(planned), slot.at), zone).utc


class Clocks:
    """Minutes of the week in zones, of many instants; a zone's changes are looked up once."""

    def __init__(self, first: datetime, last: datetime) -> None:
        self.first, self.last = first - timedelta(days=1), last + timedelta(days=1)
        self._shifts: dict[str, list[tuple[int, int]]] = {}

    def minutes_of_week(self, moments: Sequence[int], zone: str) -> list[int]:
        """The minutes of the week (from Monday 00:00) in a zone, of instants in minutes from the epoch."""
        shifts = self._of(zone)
        if len(shifts) == 1:
            shift = shifts[0][1]
            return [(moment + shift) % WEEK for moment in moments]
        since = [at for at, _shift in shifts[1:]]
        return [(moment + shifts[bisect_right(since, moment)][1]) % WEEK for moment in moments]

    def _of(self, zone: str) -> list[tuple[int, int]]:
        found = self._shifts.get(zone)
        if found is None:
            start = self.first.astimezone(zones.zone(zone)).utcoffset() or timedelta()
            found = [(since_epoch(self.first), start // _MINUTE)]
            for change in zones.transitions(zone, self.first, self.last):
                found.append((since_epoch(change.at), change.after // _MINUTE))
            self._shifts[zone] = found
        return found


def since_epoch(moment: datetime) -> int:
    return (moment - _EPOCH) // _MINUTE
