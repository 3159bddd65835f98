"""When rounds of chats are drawn, what became of a conversation, and how well people know each other. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Final

from folkmoot.connections.domain.shared_hours import SharedTime
from folkmoot.kit import zones

AT: Final = time(8)
"""The wall time of a draw, in the organisation's zone."""
WARNED_BEFORE: Final = timedelta(days=2)
NOTICE: Final = timedelta(days=4)
"""Days at least between the making of a programme and its first draw, so that people can come in."""
ASKED_AFTER: Final = timedelta(days=7)
NEW_FOR: Final = timedelta(days=90)
"""Whoever came within these days is a newcomer."""
STEPS: Final = 30
"""Chats are proposed at the full and the half hour."""


class Became(StrEnum):
    """What became of a conversation, as far as is known."""

    HAPPENED = "happened"
    DID_NOT = "did_not"
    UNKNOWN = "unknown"


def became(answers: Iterable[str]) -> Became:
    """By what those in it said: one "yes" counts, else one "no" does; "not yet" and nothing leave it unknown."""
    said = set(answers)
    if "yes" in said:
        return Became.HAPPENED
    return Became.DID_NOT if "no" in said else Became.UNKNOWN


def first_draw(today: date, weekday: int) -> date:
    """The first day of a draw for a programme that is made today."""
    earliest = today + NOTICE
    return earliest + timedelta(days=(weekday - earliest.weekday()) % 7)


def draw_after(drawn: date, weeks: int, weekday: int) -> date:
    """The next day of a draw; a round that was drawn late does not move those that follow."""
    due = drawn + timedelta(weeks=weeks)
    return max(due - timedelta(days=(due.weekday() - weekday) % 7), drawn + timedelta(days=1))


def draws_at(on: date, zone: str) -> datetime:
    """The instant of a draw."""
    return datetime.combine(on, AT, zones.zone(zone))


def proposed(shared: Iterable[SharedTime], minutes: int, *, after: datetime, most: int = 3) -> list[datetime]:
    """Up to so many instants after another one at which a chat could begin (in UTC), one a day.

    They are full and half hours well inside the hours that are shared, now earlier and now later in the day, and stay
    what they are as time goes by.
    """
    found: dict[date, datetime] = {}
    for each in shared:
        past = each.start.minute % STEPS
        first = each.start + timedelta(minutes=STEPS - past if past else 0)
        steps = (each.end - first - timedelta(minutes=minutes)) // timedelta(minutes=STEPS)
        day = each.local[0][0].date() if each.local else each.start.date()
        at = first + timedelta(minutes=STEPS) * (steps * (day.toordinal() % 3 + 1) // 4)
        if steps >= 0 and at > after and day not in found:
            found[day] = at
        if len(found) == most:
            break
    return list(found.values())


def acquaintances(conversations: Iterable[Iterable[int]], among: Iterable[int]) -> set[frozenset[int]]:
    """Each two of these people who were in one conversation."""
    people = set(among)
    return {frozenset(pair) for each in conversations for pair in combinations(sorted(people.intersection(each)), 2)}


def density(pairs: int, people: int) -> float:
    """How many of all pairs there could be know each other: from 0 to 1."""
    return pairs / (people * (people - 1) / 2) if people > 1 else 0.0
