"""Who welcomes somebody who has just come: the turns are fair, and what the two have in common decides the rest. Pure.

Of those who can talk to the newcomer, whoever has welcomed the fewest people lately is asked first. Where that is the
same, hours in common decide, then interests, then who was asked the longest ago.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from folkmoot.connections.domain.shared_hours import Rhythm, Window, minutes_a_weekday

CHECK_IN_DAYS: Final = (7, 30, 90)
LATE_BY: Final = timedelta(days=5)
"""A check-in that could not be sent for longer than that is left out."""
MORNING: Final = range(9, 18)
"""The hours of a newcomer's own day in which they are asked; usually the first of them."""
FEWEST: Final = 5
"""So many must have answered, or been greeted, before anything is said of them together."""
ENOUGH: Final = 30
"""Minutes of a weekday with which two people can find an hour for a talk."""


@dataclass(frozen=True)
class About:
    """What decides between people, of one of them. Nothing said is nothing known, and speaks against nobody."""

    key: int
    rhythm: Rhythm | None = None
    languages: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Willing:
    """Somebody on the rota: how many newcomers they have now and at most, had lately, and when they were last asked."""

    about: About
    most: int
    now: int = 0
    lately: int = 0
    last: datetime | None = None
    is_here: bool = True
    """Neither away nor pausing."""

    @property
    def has_room(self) -> bool:
        return self.is_here and self.now < self.most


@dataclass(frozen=True)
class Match:
    """Who is asked, and why: minutes of a weekday that suit both (None: not known), and what both said."""

    key: int
    lately: int
    minutes: int | None
    languages: tuple[str, ...]
    interests: tuple[str, ...]


def choose(newcomer: About, rota: Iterable[Willing], *, never: Collection[int], window: Window) -> Match | None:
    """Who is asked; None where nobody is free. `never` are those who are kept apart, or were their buddy before.

    The result does not hang on the order of the rota.
    """
    free = [one for one in rota if one.has_room and one.about.key != newcomer.key and one.about.key not in never]
    if not free:
        return None
    return min((_rank(newcomer, one, window) for one in free), key=lambda ranked: ranked[0])[1]


def _rank(newcomer: About, one: Willing, window: Window) -> tuple[tuple[int | float, ...], Match]:
    languages = newcomer.languages & one.about.languages
    interests = newcomer.interests & one.about.interests
    minutes = None
    if newcomer.rhythm is not None and one.about.rhythm is not None:
        minutes = minutes_a_weekday((newcomer.rhythm, one.about.rhythm), window)
    cannot_talk = bool(newcomer.languages and one.about.languages and not languages)
    order = (
        cannot_talk,
        one.lately,
        minutes is not None and minutes < ENOUGH,
        -len(interests),
        -(minutes or 0),
        one.last.timestamp() if one.last else 0.0,
        one.about.key,
    )
    return order, Match(one.about.key, one.lately, minutes, tuple(sorted(languages)), tuple(sorted(interests)))


def due_check_in(came: date, now: datetime, *, asked: Collection[int]) -> int | None:
    """The day (7, 30, 90) of which somebody who came on a date is asked now, by the clock on their wall; else None."""
    if now.hour not in MORNING:
        return None
    for day in reversed(CHECK_IN_DAYS):
        due = came + timedelta(days=day)
        if due <= now.date() <= due + LATE_BY:
            return None if day in asked else day
    return None
