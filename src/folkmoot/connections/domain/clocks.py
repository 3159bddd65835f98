"""Clocks of requests for help: how long somebody has waited for a first answer, and when something has to happen. Pure.

A clock runs from the request until the answer, all the time or only while somebody is there, and stands still while one
waits for whoever asked. `now` is handed in, and every answer holds for the pauses that are known: whoever adds one asks
again. Instants are aware; spans of time are `timedelta`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from folkmoot.connections.domain.opening import FURTHEST, Opening, Stretch
from folkmoot.kit.errors import Refused


class Counts(StrEnum):
    """What time counts for a tier."""

    ALL = "all"
    OPEN = "open"
    """Only while somebody is there, by an `Opening`."""


@dataclass(frozen=True)
class Tier:
    """How urgent a request is: when one hopes to have answered, and when at the latest."""

    key: str
    aim: timedelta
    limit: timedelta
    counts: Counts = Counts.ALL

    def __post_init__(self) -> None:
        if not timedelta() < self.aim <= self.limit:
            raise Refused("An answer is hoped for before it is due, and not at once.", code="invalid", field="aim")


USUAL_TIERS: Final = (
    Tier("critical", timedelta(hours=2), timedelta(hours=4)),
    Tier("high", timedelta(hours=24), timedelta(hours=24)),
    Tier("medium", timedelta(hours=48), timedelta(hours=72)),
    Tier("low", timedelta(weeks=1), timedelta(weeks=1)),
)


@dataclass(frozen=True)
class Step:
    """Something that happens once when a share of the time has passed, such as asking somebody else as well."""

    key: str
    percent: int

    def __post_init__(self) -> None:
        if self.percent < 1:
            raise Refused("A step comes after at least one per cent of the time.", code="invalid", field="percent")


def usual_steps(tier: Tier) -> tuple[Step, ...]:
    """At the time one hopes for (where it is another one), near the limit, at it, and when it has passed twice."""
    hoped = -(-tier.aim * 100 // tier.limit)
    steps = (Step("hoped", hoped), Step("soon", 80), Step("due", 100), Step("long", 200))
    return tuple(sorted(steps[hoped == 100 :], key=lambda one: one.percent))


@dataclass(frozen=True)
class Pause:
    """While one waits for whoever asked; without an end until they answer."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise Refused("A pause ends after it began.", code="invalid", field="end")


@dataclass(frozen=True)
class Clock:
    """One clock. Without an `opening` it runs all the time. Pauses may touch, overlap and come in any order."""

    started: datetime
    limit: timedelta
    opening: Opening | None = None
    pauses: tuple[Pause, ...] = ()
    answered: datetime | None = None

    def __post_init__(self) -> None:
        if self.limit <= timedelta():
            raise Refused("There has to be some time for an answer.", code="invalid", field="limit")


class Phase(StrEnum):
    NOT_YET = "not_yet"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"
    ANSWERED = "answered"


@dataclass(frozen=True)
class State:
    """Where a clock stands. `reached` are the keys of the steps whose time has come, also those that were done."""

    phase: Phase
    is_late: bool
    reached: tuple[str, ...]


def spent(clock: Clock, now: datetime) -> timedelta:
    """How much time has counted so far; it stays what it was at the answer."""
    until = now if clock.answered is None else min(now, clock.answered)
    if until <= clock.started:
        return timedelta()
    return sum((last - first for first, last in _running(clock, until)), timedelta())


def remaining(clock: Clock, now: datetime) -> timedelta:
    """How much counting time is left; negative when it is late."""
    return clock.limit - spent(clock, now)


def fraction(clock: Clock, now: datetime) -> float:
    """The share of the time that has passed: 0 at the start, 1 when the answer is due, more when it is late."""
    return spent(clock, now) / clock.limit


def due(clock: Clock) -> datetime | None:
    """The instant at which the time is over. None while a pause without an end keeps it from coming.

    None too where nothing is open for `FURTHEST` at a stretch. The answer does not change what would have been due.
    """
    return _when(clock, clock.limit)


def when(clock: Clock, step: Step) -> datetime | None:
    """The instant at which a step's time comes, as `due`."""
    return _when(clock, _share(clock, step))


def state(clock: Clock, steps: Sequence[Step], now: datetime) -> State:
    """Where a clock stands. An answer in the very instant in which it was due is not late."""
    passed = spent(clock, now)
    reached = tuple(step.key for step in steps if passed >= _share(clock, step))
    if clock.answered is not None and clock.answered <= now:
        return State(Phase.ANSWERED, passed > clock.limit, reached)
    return State(_phase(clock, now), passed >= clock.limit, reached)


def steps_due(clock: Clock, steps: Sequence[Step], done: Collection[str], now: datetime) -> tuple[Step, ...]:
    """The steps to take now, the earliest first: their time has come and they are not among those `done` (by key).

    Whoever keeps what was done takes each exactly once, however late or often they ask; none after the answer.
    """
    if clock.answered is not None and clock.answered <= now:
        return ()
    passed = spent(clock, now)
    found = [step for step in steps if step.key not in done and passed >= _share(clock, step)]
    return tuple(sorted(found, key=lambda step: step.percent))


def next_change(clock: Clock, steps: Sequence[Step], now: datetime) -> datetime | None:
    """The next instant, after now, at which `state` gives something else; None where it never will by itself."""
    if clock.answered is not None and clock.answered <= now:
        return None
    edges = [] if clock.answered is None else [clock.answered]
    if now < clock.started:
        return min([*edges, clock.started])
    pauses = _pauses(clock)
    inside = next((pause for pause in pauses if pause[0] <= now and (pause[1] is None or now < pause[1])), None)
    if inside is not None:
        return min([*edges, inside[1]] if inside[1] is not None else edges, default=None)
    edges += [start for start, _end in pauses if start > now]
    if clock.opening is not None:
        stretch = next(clock.opening.stretches(now), None)
        if stretch is not None:
            edges.append(stretch[0] if stretch[0] > now else stretch[1])
        if stretch is None or stretch[0] > now:
            return min(edges, default=None)
    passed = spent(clock, now)
    left = [share - passed for share in (clock.limit, *(_share(clock, step) for step in steps)) if share > passed]
    edges += [now + one for one in left]
    return min(edges, default=None)


def _share(clock: Clock, step: Step) -> timedelta:
    """The step's share of the limit, rounded up to a whole microsecond."""
    return -(-clock.limit * step.percent // 100)


def _phase(clock: Clock, now: datetime) -> Phase:
    if now < clock.started:
        return Phase.NOT_YET
    if any(start <= now and (end is None or now < end) for start, end in _pauses(clock)):
        return Phase.PAUSED
    moment = now + timedelta(microseconds=1)
    if clock.opening is not None and next(clock.opening.stretches(now, moment), None) is None:
        return Phase.CLOSED
    return Phase.RUNNING


def _pauses(clock: Clock) -> list[tuple[datetime, datetime | None]]:
    """The pauses after the start, put together where they touch, in order."""
    merged: list[tuple[datetime, datetime | None]] = []
    for pause in sorted(clock.pauses, key=lambda one: one.start):
        start, end = max(pause.start, clock.started), pause.end
        if end is not None and end <= start:
            continue
        if merged and (merged[-1][1] is None or start <= merged[-1][1]):
            before = merged[-1][1]
            merged[-1] = (merged[-1][0], None if before is None or end is None else max(before, end))
        else:
            merged.append((start, end))
    return merged


def _running(clock: Clock, until: datetime | None = None) -> Iterator[Stretch]:
    """The stretches in which the clock runs, in order, up to an instant or for as long as can be seen."""
    start = clock.started.astimezone(UTC)
    end = None if until is None else until.astimezone(UTC)
    for pause_start, pause_end in [*_pauses(clock), (None, None)]:
        stop = end if pause_start is None else pause_start if end is None else min(pause_start, end)
        if stop is None or start < stop:
            yield from _counting(clock.opening, start, stop)
        if pause_end is None or (end is not None and pause_end >= end):
            return
        start = pause_end.astimezone(UTC)


def _counting(opening: Opening | None, start: datetime, stop: datetime | None) -> Iterator[Stretch]:
    if opening is not None:
        yield from opening.stretches(start, stop)
    else:
        yield start, start + FURTHEST if stop is None else stop.astimezone(UTC)


def _when(clock: Clock, share: timedelta) -> datetime | None:
    left = share
    for first, last in _running(clock):
        if last - first >= left:
            return first + left
        left -= last - first
    return None
