"""The fairest rotation for forty people in fifteen zones, against one look at every single slot."""

from __future__ import annotations

import sys
from datetime import date, time, timedelta
from time import perf_counter

from folkmoot.meetings.domain.fair_times import Hours, Outlook, Party, Planner, Slot, Span, all_slots

BAR = 1.0
SECONDS = 2.0
PEOPLE = 40
ZONES = (
    "Pacific/Auckland", "Australia/Sydney", "Asia/Tokyo", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Dubai",
    "Africa/Nairobi", "Europe/Istanbul", "Europe/Berlin", "Europe/London", "America/Sao_Paulo", "America/New_York",
    "America/Chicago", "America/Denver", "America/Los_Angeles",
)  # fmt: skip
DAYS = tuple(date(2026, 10, 6) + timedelta(weeks=week) for week in range(13))
TODAY = Slot(time(17), 1)


def forty_people() -> tuple[Party, ...]:
    """The same every time, every one with hours of their own: the case in which no two can be taken together."""
    found = []
    for number in range(PEOPLE):
        start = 7 * 60 + number % 7 * 30
        hours = Hours(Span(start, start + 9 * 60 + number * 7 % 6 * 30), Span(600, 900) if number % 4 == 0 else None)
        found.append(Party(ZONES[number % len(ZONES)], hours))
    return tuple(found)


def planner() -> Planner:
    """Thirteen weekly calls over a change of clocks, with every half hour of the week to choose from."""
    return Planner(DAYS, "Europe/London", 60, (TODAY,), forty_people(), tuple(all_slots()))


def looked_at_each() -> list[Outlook]:
    """The plain way with one slot: what each would mean, one after the other."""
    fresh = planner()
    return [fresh.outlook([slot]) for slot in fresh.slots]


def run() -> list[tuple[str, float, float]]:
    """The time for a rotation of three as a multiple of the plain scan's; AssertionError when it is not the fairest."""
    started = perf_counter()
    each = looked_at_each()
    plain = perf_counter() - started

    took = []
    for turns in (1, 2, 3, 4):
        fresh, started = planner(), perf_counter()
        found = fresh.fairest(turns)
        took.append(perf_counter() - started)
        print(f"  (rotation of {turns}: {took[-1]:.2f} s, the worst off bear {found.worst.cost})", file=sys.stderr)
        assert found.is_proven
        assert found.worst.cost <= fresh.now().worst.cost
        if turns == 1:
            assert found.key == min(outlook.key for outlook in each)
    assert took[2] < SECONDS
    what = "fairest rotation of 3 for 40 people, of 336 slots and 13 calls; of one look at each slot"
    return [(what, took[2] / plain, BAR)]
