"""Which slots of office hours a booking stands for, after whatever became of the pattern since. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from folkmoot.connections.domain.office_hours import Hours, Slot, slots
from folkmoot.kit import zones
from folkmoot.kit.recurrence import Rule

_MARGIN: Final = timedelta(days=2)
_NEAR: Final = timedelta(days=30)
EXTRA: Final = "extra-"


def slots_by_key(hours: Hours, keys: Collection[str]) -> dict[str, Slot]:
    """The slots that these keys name, as the pattern has them now; what it has no more is left out.

    What is no key at all names nothing. Days that lie near each other are looked at together.
    """
    found: dict[str, Slot] = {}
    spans: list[tuple[datetime, datetime]] = []
    for around in sorted(_beginnings(hours, keys)):
        start, end = around - _MARGIN, around + _MARGIN
        if spans and start - spans[-1][1] < _NEAR:
            start, _end = spans.pop()
        spans.append((start, end))
    for start, end in spans:
        found.update((slot.key, slot) for slot in slots(hours, start, end))
    return {key: found[key] for key in keys if key in found}


def ended(hours: Hours, last: date) -> Hours:
    """The same hours with nothing after a day, further sittings included."""
    beyond = {day for day, wall in hours.moved.items() if max(day, wall.date()) > last}
    if last < hours.first:
        beyond.add(hours.first)
    return replace(
        hours,
        rule=replace(hours.rule, until=max(last, hours.first), count=None),
        left_out=hours.left_out | beyond,
        extra=tuple(wall for wall in hours.extra if wall.date() <= last),
    )


def weekly(every: int, weekdays: Iterable[int]) -> Rule:
    """Every so many weeks on these weekdays, 0 = Monday."""
    return Rule("WEEKLY", interval=every, weekdays=tuple(weekdays))


def monthly(first: date) -> Rule:
    """Once a month on the weekday of a day: the first to fourth of the month as that day is, or the last."""
    number = (first.day - 1) // 7 + 1
    return Rule("MONTHLY", weekdays=(first.weekday(),), nth=(number if number < 5 else -1,))


def clash(slot: tuple[datetime, datetime], others: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether any of the others takes place at the same time, if only for a part of it."""
    return any(start < slot[1] and slot[0] < end for start, end in others)


def _beginnings(hours: Hours, keys: Iterable[str]) -> set[datetime]:
    """About when the sittings are to which these keys belong."""
    found = set()
    for key in keys:
        sitting, dot, _number = key.rpartition(".")
        try:
            if sitting.startswith(EXTRA):
                wall = datetime.fromisoformat(sitting.removeprefix(EXTRA))
            else:
                day = date.fromisoformat(sitting)
                wall = hours.moved.get(day, datetime.combine(day, hours.start))
        except ValueError:
            continue
        if dot and wall.tzinfo is None and 1 < wall.year < 9998:
            found.add(zones.local_to_utc(wall, hours.zone).utc)
    return found
