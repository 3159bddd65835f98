"""Whom to ask: those who answered what is alike, are there now, have room for it, and were not just asked. Pure.

Nobody is asked while away, asleep by the clock on their wall, or full. Of the others those come first who know most of
it; whoever was asked lately comes later, so that the one who answers best is not the only one who ever answers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from folkmoot.connections.domain.drawing import drawn
from folkmoot.connections.domain.likeness import Likeness, in_common
from folkmoot.connections.domain.shared_hours import Rhythm, Window, stretches, suiting
from folkmoot.kit import zones
from folkmoot.meetings.domain.fair_times import USUAL_SCALE, Level

ALIKE: Final = 0.08
"""Likeness below which a question has nothing to do with another."""
BEST: Final = 3
"""Answers of one person that count."""
TOPIC: Final = 0.3
"""What each stated topic counts that is in the question, up to three."""
FADES: Final = 365
"""Days after which an answer counts half."""
RESTS: Final = 14
"""Days after which having been asked counts half."""
_SHARE: Final = {Level.COMFORTABLE: 1.0, Level.EDGE: 0.6, Level.DAY_OFF: 0.3}
"""How much of what somebody knows counts by the hour on their wall; they are not asked at any other."""


@dataclass(frozen=True)
class Helper:
    """Somebody who may be asked."""

    key: str
    rhythm: Rhythm
    can_help_with: frozenset[str] = frozenset()
    open_requests: int = 0
    most: int = 3
    """Open requests with which they are full."""
    away: tuple[tuple[date, date], ...] = ()
    """Days on their own wall, from the first to the last, both included."""
    asked_on: tuple[date, ...] = ()


@dataclass(frozen=True)
class Answered:
    """A question of the past that somebody answered."""

    text: str
    by: str
    on: date


class Fits(StrEnum):
    """Why somebody is asked."""

    ANSWERED_ALIKE = "answered_alike"
    KNOWS_TOPIC = "knows_topic"
    IN_THEIR_HOURS = "in_their_hours"
    HAS_ROOM = "has_room"
    NOT_ASKED_LATELY = "not_asked_lately"


class Unfit(StrEnum):
    """Why somebody is not asked now. For themselves; others are told nothing of hours and absences."""

    AWAY = "away"
    FULL = "full"
    NOT_THEIR_TIME = "not_their_time"


@dataclass(frozen=True)
class Reason:
    """One reason: how many answers were alike, or which topics."""

    fits: Fits
    count: int = 0
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Somebody to ask. `knows` is what speaks for them by knowledge alone, in thousandths; 0 where nothing does."""

    key: str
    knows: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Routing:
    """Whom to ask now, the best first; who is not asked; and when somebody who knows of it has their hours again."""

    ask: tuple[Choice, ...]
    unfit: Mapping[str, Unfit]
    later: tuple[tuple[str, datetime], ...]
    """Those who know of it and sleep, with the next instant of their comfortable hours, the earliest first."""


def route(
    question: str,
    asker: str,
    helpers: Iterable[Helper],
    answered: Sequence[Answered],
    now: datetime,
    *,
    seed: str,
    most: int = 3,
) -> Routing:
    """Whom to ask a question at an instant (aware): at most so many, never the asker.

    Those who know nothing of it come last. Equals are parted by the seed and the question, not by names, and the order
    of what is handed in is of no matter.
    """
    today = now.date()
    alike = _alike(question, answered, today)
    choices: list[tuple[tuple[float, ...], Choice]] = []
    unfit: dict[str, Unfit] = {}
    later: list[tuple[datetime, int, str]] = []
    for helper in helpers:
        if helper.key == asker:
            continue
        chance = drawn(seed, question, helper.key)
        scores = sorted(alike.get(helper.key, ()), reverse=True)
        topics = in_common(question, helper.can_help_with)
        knows = math.fsum(scores[:BEST]) + TOPIC * min(len(topics), 3)
        level = _level(helper, now)
        why = _unfit(helper, level, now)
        if why is not None:
            unfit[helper.key] = why
            if why is Unfit.NOT_THEIR_TIME and knows and (at := next_hours(helper, now)):
                later.append((at, chance, helper.key))
            continue
        load = math.fsum(0.5 ** (max((today - on).days, 0) / RESTS) for on in sorted(helper.asked_on))
        choice = Choice(helper.key, round(knows * 1000), _reasons(helper, len(scores), topics, level, load))
        rank = (-round(knows * _SHARE[level] / (1 + load), 9), round(load, 9), -_SHARE[level], helper.open_requests)
        choices.append(((*rank, chance), choice))
    choices.sort(key=lambda one: one[0])
    return Routing(
        ask=tuple(choice for _rank, choice in choices[:most]),
        unfit=unfit,
        later=tuple((key, at) for at, _chance, key in sorted(later)),
    )


def next_hours(helper: Helper, now: datetime) -> datetime | None:
    """The next instant within a week, from now on, that suits somebody and on which they are not away; in UTC."""
    window = Window(now, 7)
    for first, _last in stretches(suiting(helper.rhythm, window)):
        at = max(window.instant(first), now)
        if not _is_away(helper, at):
            return at
    return None


def _alike(question: str, answered: Sequence[Answered], today: date) -> dict[str, list[float]]:
    """For each one who answered something alike, how alike each was; what is long ago counts less."""
    found: dict[str, list[float]] = {}
    in_order = sorted(answered, key=lambda one: (one.text, one.by, one.on))
    for one, likeness in zip(in_order, Likeness([one.text for one in in_order]).to(question), strict=True):
        if likeness >= ALIKE:
            fades = math.pow(0.5, max((today - one.on).days, 0) / FADES)
            found.setdefault(one.by, []).append(likeness * fades)
    return found


def _level(helper: Helper, now: datetime) -> Level:
    wall = now.astimezone(zones.zone(helper.rhythm.zone))
    return USUAL_SCALE.level(helper.rhythm.hours, wall.weekday(), wall.hour * 60 + wall.minute)


def _is_away(helper: Helper, at: datetime) -> bool:
    day = at.astimezone(zones.zone(helper.rhythm.zone)).date()
    return any(first <= day <= last for first, last in helper.away)


def _unfit(helper: Helper, level: Level, now: datetime) -> Unfit | None:
    if _is_away(helper, now):
        return Unfit.AWAY
    if helper.open_requests >= helper.most:
        return Unfit.FULL
    return None if level in _SHARE else Unfit.NOT_THEIR_TIME


def _reasons(helper: Helper, alike: int, topics: tuple[str, ...], level: Level, load: float) -> tuple[Reason, ...]:
    found = []
    if alike:
        found.append(Reason(Fits.ANSWERED_ALIKE, count=alike))
    if topics:
        found.append(Reason(Fits.KNOWS_TOPIC, topics=topics))
    if level is Level.COMFORTABLE:
        found.append(Reason(Fits.IN_THEIR_HOURS))
    if not helper.open_requests:
        found.append(Reason(Fits.HAS_ROOM))
    if load < 0.5:
        found.append(Reason(Fits.NOT_ASKED_LATELY))
    return tuple(found)


def sentence(choice: Choice, name: str) -> str:
    """The reason that says most, in English: `Ada answered 2 questions like this one, and is there now.`"""
    told = {reason.fits: reason for reason in choice.reasons}
    there = ", and is there now" if Fits.IN_THEIR_HOURS in told else ""
    if alike := told.get(Fits.ANSWERED_ALIKE):
        questions = "a question" if alike.count == 1 else f"{alike.count} questions"
        return f"{name} answered {questions} like this one{there}."
    if knows := told.get(Fits.KNOWS_TOPIC):
        return f"{name} can help with {knows.topics[0]}{there}."
    return f"{name} is there now." if there else f"{name} takes questions."
