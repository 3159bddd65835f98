"""What a call costs somebody, by the clock on their wall and the hours that they find comfortable. Pure.

A call costs what the worst half hour that it touches costs. Within somebody's own hours it costs nothing, at whatever
time of night they chose them. Outside of them the clock counts, and it counts alike for everybody: by day a little,
early and late more, at night the most. So narrow hours never buy anybody more than a little, and nobody has to give
a reason for being asleep.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import IntEnum
from typing import Final

from folkmoot.kit.errors import Refused

HALF_HOUR: Final = 30
DAY: Final = 24 * 60
WEEK: Final = 7 * DAY


class Level(IntEnum):
    """What a half hour is to somebody, from the best to the worst."""

    COMFORTABLE = 0
    EDGE = 1
    """By day, outside of their own hours."""
    DAY_OFF = 2
    """By day, on a day without calls."""
    UNSOCIABLE = 3
    """Early or late by the clock."""
    NIGHT = 4


@dataclass(frozen=True)
class Span:
    """From one minute of the day up to another one that is no longer in it; over midnight where it ends earlier."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and 0 <= self.end <= DAY) or self.start == self.end:
            raise Refused("Hours begin and end at different times of the day.", code="invalid")

    @property
    def is_over_midnight(self) -> bool:
        return self.end < self.start

    def has(self, minute: int) -> bool:
        if self.is_over_midnight:
            return minute >= self.start or minute < self.end
        return self.start <= minute < self.end


def span(start: time, end: time) -> Span:
    """The span between two times of day; midnight as its end is the end of the day."""
    last = end.hour * 60 + end.minute
    return Span(start.hour * 60 + start.minute, last or DAY)


@dataclass(frozen=True)
class Hours:
    """The hours in which calls suit somebody, on working days and on days off; None where no hour does."""

    working: Span | None = Span(8 * 60, 20 * 60)
    off: Span | None = None
    days_off: tuple[int, ...] = (5, 6)
    """Weekdays, 0 = Monday."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "days_off", tuple(sorted(set(self.days_off))))
        if not all(0 <= day <= 6 for day in self.days_off):
            raise Refused("Days off are weekdays.", code="invalid")

    def of(self, weekday: int) -> Span | None:
        return self.off if weekday in self.days_off else self.working

    def has(self, weekday: int, minute: int) -> bool:
        """Whether a minute of a weekday suits; what reaches over midnight belongs to the day on which it began."""
        today, before = self.of(weekday), self.of((weekday - 1) % 7)
        if today is not None and (minute >= today.start if today.is_over_midnight else today.has(minute)):
            return True
        return before is not None and before.is_over_midnight and minute < before.end


@dataclass(frozen=True)
class Scale:
    """What half hours cost, and where the clock draws its lines."""

    edge: int = 1
    day_off: int = 2
    unsociable: int = 3
    night: int = 6
    waking: Span = Span(7 * 60, 22 * 60)
    """Outside of it a call is early or late."""
    sleeping: Span = Span(23 * 60, 6 * 60)
    """Within it a call is at night."""

    def __post_init__(self) -> None:
        if not 0 <= self.edge <= self.day_off <= self.unsociable <= self.night:
            raise Refused("A worse half hour cannot cost less than a better one.", code="invalid")

    def cost(self, level: Level) -> int:
        return (0, self.edge, self.day_off, self.unsociable, self.night)[level]

    def level(self, hours: Hours, weekday: int, minute: int) -> Level:
        """What a minute of a weekday is to somebody with these hours."""
        if hours.has(weekday, minute):
            return Level.COMFORTABLE
        if self.sleeping.has(minute):
            return Level.NIGHT
        if not self.waking.has(minute):
            return Level.UNSOCIABLE
        return Level.DAY_OFF if weekday in hours.days_off else Level.EDGE


USUAL_HOURS: Final = Hours()
USUAL_SCALE: Final = Scale()


def level_of_call(scale: Scale, hours: Hours, minute_of_week: int, minutes: int) -> Level:
    """The worst half hour that a call touches which begins at a minute of somebody's week and lasts `minutes`."""
    first = minute_of_week - minute_of_week % HALF_HOUR
    last = minute_of_week + max(minutes, 1)
    touched = range(first, last, HALF_HOUR)
    return max(scale.level(hours, (minute % WEEK) // DAY, minute % DAY) for minute in touched)
