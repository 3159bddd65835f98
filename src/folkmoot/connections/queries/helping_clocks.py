"""The clocks of requests: those of `domain.clocks`, made from what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from folkmoot.connections.domain.clocks import Clock, Counts, Pause, Phase, due, remaining, state
from folkmoot.connections.domain.help_promises import Clocked, Promise
from folkmoot.connections.domain.opening import Opening
from folkmoot.connections.models.helping import HelpDesk, HelpRequest


@dataclass(frozen=True)
class Wait:
    """How long a request has to wait still: `left` is counting time, negative when it is late; `due` an instant."""

    phase: Phase
    left: timedelta
    due: datetime | None
    is_late: bool
    counts_open_hours: bool
    share: float
    """What has passed of the time: 1 when it is over."""


@dataclass(frozen=True)
class Expected:
    """When one may expect an answer: by when it is hoped for, and by when it is promised; None beyond all hours."""

    promise: Promise
    aim: datetime | None
    limit: datetime | None


def clock_of(request: HelpRequest, clocked: Clocked, opening: Opening | None) -> Clock:
    """One of the two clocks of a request; `opening` is its desk's. Reads `pauses`, which lists fetch beforehand."""
    promise = request.promised
    minutes = promise.limit if clocked is Clocked.ANSWER else promise.solved
    stopped = request.answered_at if clocked is Clocked.ANSWER else request.solved_at
    return Clock(
        request.asked_at,
        timedelta(minutes=minutes),
        opening if promise.counts is Counts.OPEN else None,
        tuple(Pause(one.began_at, one.ended_at) for one in request.pauses.all()),
        stopped or request.closed_at,
    )


def wait_of(request: HelpRequest, opening: Opening | None, now: datetime, clocked: Clocked = Clocked.ANSWER) -> Wait:
    """How a request stands by one of its clocks."""
    clock = clock_of(request, clocked, opening)
    found = state(clock, (), now)
    left = remaining(clock, now)
    return Wait(found.phase, left, due(clock), found.is_late, clock.opening is not None, 1 - left / clock.limit)


def expected(desk: HelpDesk, promise: Promise, now: datetime) -> Expected:
    """When somebody who asks now may expect an answer."""
    opening = desk.opening if promise.counts is Counts.OPEN else None
    tier = promise.tier
    return Expected(promise, due(Clock(now, tier.aim, opening)), due(Clock(now, tier.limit, opening)))
