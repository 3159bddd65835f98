"""Choosing a buddy fairly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Candidate:
    """Somebody who may welcome a newcomer: how many they have now and at most, and when they were last asked."""

    key: int
    most: int
    now: int = 0
    last_asked: datetime | None = None

    @property
    def has_room(self) -> bool:
        return self.now < self.most


def choose(willing: Iterable[Candidate], fallback: Iterable[Candidate] = ()) -> int | None:
    """The key of who is asked: with room, and asked the longest ago (never comes first); else of the fallback.

    The fallback is asked whether there is room or not, those with the fewest newcomers first.
    """
    free = [one for one in willing if one.has_room]
    if free:
        return min(free, key=lambda one: (_waited(one), one.key)).key
    rest = list(fallback)
    return min(rest, key=lambda one: (one.now, _waited(one), one.key)).key if rest else None


def _waited(one: Candidate) -> tuple[bool, float]:
    return (one.last_asked is not None, one.last_asked.timestamp() if one.last_asked else 0.0)
