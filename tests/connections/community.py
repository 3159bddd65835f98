"""An invented community: the same every time, with hours, topics and groups of its own."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from folkmoot.connections.domain.matching import Part, Participant
from folkmoot.connections.domain.shared_hours import Rhythm, Window
from folkmoot.meetings.domain.fair_times import Hours, Span

ZONES = (
    "Pacific/Auckland", "Australia/Sydney", "Asia/Tokyo", "Asia/Kathmandu", "Asia/Kolkata", "Africa/Nairobi",
    "Europe/Berlin", "Europe/London", "America/Sao_Paulo", "America/New_York", "America/Chicago", "America/Los_Angeles",
)  # fmt: skip
TOPICS = tuple(f"topic {number}" for number in range(40))
OVER_A_CHANGE = Window(datetime(2026, 10, 19, tzinfo=UTC), 14)
"""Clocks change in Europe within this fortnight, and in the Americas at its end."""


def somebody(key: str, zone: str = "Europe/Berlin", start: int = 9, end: int = 17, **more) -> Participant:
    """A participant with comfortable hours from one full hour to another."""
    more = {name: frozenset(value) if isinstance(value, (set, tuple)) else value for name, value in more.items()}
    return Participant(key, Rhythm(zone, Hours(Span(start * 60, end * 60))), **more)


def community(many: int, seed: int = 3) -> list[Participant]:
    chance = random.Random(seed)
    return [
        somebody(
            f"p{number}",
            chance.choice(ZONES),
            start := chance.choice((7, 8, 9, 10)),
            start + chance.choice((8, 9, 10, 11)),
            cares_about=tuple(chance.sample(TOPICS, 3)),
            can_help_with=tuple(chance.sample(TOPICS, 2)),
            wants_to_learn=tuple(chance.sample(TOPICS, 2)),
            part=chance.choices(tuple(Part), (8, 1, 1))[0],
            groups={f"group {chance.randrange(12)}"},
            employer=f"employer {chance.randrange(30)}",
        )
        for number in range(many)
    ]
