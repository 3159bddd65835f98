"""Suggestions of mentors: stable, so that no two would rather have each other than what they were suggested. Pure.

Mentees ask in the order of their preferences, mentors keep the best of those who ask for as long as they have room
(deferred acceptance: D. Gale, L. Shapley, "College admissions and the stability of marriage", American Mathematical
Monthly 69, 1962, in the form with capacities). No mentee could do better in any stable suggestion, and none gains by
naming other mentors than those they want (A. Roth, "The college admissions problem is not equivalent to the marriage
problem", Journal of Economic Theory 36, 1985).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from folkmoot.connections.domain.drawing import drawn
from folkmoot.connections.domain.matching.programme import topic
from folkmoot.connections.domain.matching.words import listed, shared_hours_in_words
from folkmoot.connections.domain.shared_hours import Rhythm, Window, has_stretch, in_common, minutes_a_weekday
from folkmoot.kit.errors import Refused

MOST_TOPICS: Final = 3
PLENTY: Final = 10 * 60
"""Shared minutes in a week beyond which more make no difference."""


@dataclass(frozen=True)
class Mentor:
    """Somebody who offers to be a mentor to `room` more people. `prefers` are keys of mentees, the dearest first."""

    key: str
    rhythm: Rhythm
    can_help_with: frozenset[str] = frozenset()
    room: int = 1
    prefers: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    """Codes of languages; empty where none are known, which then keep nobody apart."""

    def __post_init__(self) -> None:
        if self.room < 0:
            raise Refused("Nobody has room for fewer than none.", code="invalid", field="room")
        object.__setattr__(self, "can_help_with", frozenset(filter(None, map(topic, self.can_help_with))))


@dataclass(frozen=True)
class Mentee:
    """Somebody who would like to have a mentor. `prefers` are keys of mentors, the dearest first."""

    key: str
    rhythm: Rhythm
    wants_to_learn: frozenset[str] = frozenset()
    prefers: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "wants_to_learn", frozenset(filter(None, map(topic, self.wants_to_learn))))


Person = TypeVar("Person", Mentor, Mentee)


class Why(StrEnum):
    """Why there is nobody to suggest. It is the same with and without a do-not-match list."""

    NOBODY_KNOWS = "nobody_knows"
    """Nobody offers what they would like to learn, nor did they name anybody who takes part, nor anybody them."""
    NO_SHARED_HOURS = "no_shared_hours"
    """Those who do have no hours, or no language, in common with them."""
    NO_ROOM = "no_room"
    """Those who would suit have no room left."""


@dataclass(frozen=True)
class Suggestion:
    """A mentor for a mentee, with what speaks for it.

    `topics` are those that one wants to learn and the other can help with; `choice` and `chosen` tell the place (from 1
    on) that the mentor has among those whom the mentee named, and the other way round, None where they are not named:
    each of the two is for whoever named, and is not shown to the other. `minutes` are those of a usual weekday that
    suit both.
    """

    mentor: str
    mentee: str
    topics: tuple[str, ...]
    minutes: int
    choice: int | None
    chosen: int | None


@dataclass(frozen=True)
class Suggestions:
    """What is suggested, and who waits and why; in an order that was drawn."""

    suggestions: tuple[Suggestion, ...]
    waiting: tuple[tuple[str, Why], ...]


def suggest(
    mentors: Iterable[Mentor],
    mentees: Iterable[Mentee],
    window: Window,
    *,
    seed: str,
    session: int = 45,
    apart: Iterable[tuple[str, str]] = (),
) -> Suggestions:
    """Suggest mentors: at most as many to each as there is room, never somebody to themselves.

    Two can be brought together who have a topic in common or of whom one named the other, who have `session` minutes in
    a row in common within the window and a language where those of both are known, and who are on no do-not-match list
    together. Both sides put first whom they
    named, in their order, then whoever shares most topics and hours with them; equals are parted by the seed. The order
    of what is handed in is of no matter. Raises ValueError for two mentors or two mentees with one key.
    """
    placed_mentors = _placed(mentors, seed)
    placed_mentees = _placed(mentees, seed)
    suits, why = _suiting(placed_mentors, placed_mentees, window, session, apart)
    found = _accepted(placed_mentors, placed_mentees, suits, seed)
    return Suggestions(
        suggestions=tuple(
            _suggestion(placed_mentors[found[key]], mentee, window)
            for key, mentee in placed_mentees.items()
            if key in found
        ),
        waiting=tuple((key, why[key]) for key in placed_mentees if key not in found),
    )


def who_suits(
    mentors: Iterable[Mentor],
    mentees: Iterable[Mentee],
    window: Window,
    *,
    seed: str,
    session: int = 45,
    apart: Iterable[tuple[str, str]] = (),
    most: int = 5,
) -> dict[str, tuple[Suggestion, ...]]:
    """For each mentee the mentors with room whom somebody could choose instead, as `suggest` weighs them.

    At most `most`, those for whom most speaks first. Whom anybody named is of no matter for the order.
    """
    placed_mentors = {key: one for key, one in _placed(mentors, seed).items() if one.room}
    placed_mentees = _placed(mentees, seed)
    suits, _why = _suiting(placed_mentors, placed_mentees, window, session, apart)
    found: dict[str, tuple[Suggestion, ...]] = {}
    for key, mentee in placed_mentees.items():
        fits = {mentor: fit for (mentor, other), fit in suits.items() if other == key}
        found[key] = tuple(
            _suggestion(placed_mentors[mentor], mentee, window) for mentor in preferences((), fits, seed, key)[:most]
        )
    return found


def preferences(prefers: Sequence[str], others: Mapping[str, int], seed: str, own: str) -> list[str]:
    """Whom somebody would have, the dearest first: those they named, then by what speaks for it, then as drawn."""
    places = {key: place for place, key in reversed(list(enumerate(prefers)))}
    last = len(prefers)
    return sorted(others, key=lambda key: (places.get(key, last), -others[key], drawn(seed, own, key), key))


def _suiting(
    mentors: Mapping[str, Mentor],
    mentees: Mapping[str, Mentee],
    window: Window,
    session: int,
    apart: Iterable[tuple[str, str]],
) -> tuple[dict[tuple[str, str], int], dict[str, Why]]:
    """What speaks for each two who can be brought together, and for each mentee why there may be nobody."""
    never = {frozenset(pair) for pair in apart}
    suits: dict[tuple[str, str], int] = {}
    why: dict[str, Why] = {}
    for mentee in mentees.values():
        knowing = [one for one in mentors.values() if one.key != mentee.key and _has_reason(one, mentee)]
        meeting = [(one, shared) for one in knowing if (shared := _shared(one, mentee, window, session)) is not None]
        why[mentee.key] = Why.NO_ROOM if meeting else Why.NO_SHARED_HOURS if knowing else Why.NOBODY_KNOWS
        for one, shared in meeting:
            if frozenset((one.key, mentee.key)) not in never:
                suits[one.key, mentee.key] = _fit(one, mentee, shared, window)
    return suits, why


def _accepted(
    mentors: Mapping[str, Mentor], mentees: Mapping[str, Mentee], suits: Mapping[tuple[str, str], int], seed: str
) -> dict[str, str]:
    """For each mentee who has one the mentor, by deferred acceptance."""
    of_mentor: dict[str, dict[str, int]] = {key: {} for key in mentors}
    of_mentee: dict[str, dict[str, int]] = {key: {} for key in mentees}
    for (mentor, mentee), fit in suits.items():
        of_mentor[mentor][mentee] = fit
        of_mentee[mentee][mentor] = fit
    rank = {
        key: {other: place for place, other in enumerate(preferences(one.prefers, of_mentor[key], seed, key))}
        for key, one in mentors.items()
    }
    asks = {key: iter(preferences(one.prefers, of_mentee[key], seed, key)) for key, one in mentees.items()}
    held: dict[str, list[tuple[int, str]]] = {key: [] for key in mentors}  # the worst first, for heapq
    free = list(mentees)
    while free:
        mentee = free.pop()
        wanted = next(asks[mentee], None)
        if wanted is None:
            continue
        place = (-rank[wanted][mentee], mentee)
        if len(held[wanted]) < mentors[wanted].room:
            heapq.heappush(held[wanted], place)
        else:
            free.append(heapq.heappushpop(held[wanted], place)[1])
    return {mentee: mentor for mentor, kept in held.items() for _place, mentee in kept}


def _placed(people: Iterable[Person], seed: str) -> dict[str, Person]:
    placed = sorted(people, key=lambda one: (drawn(seed, one.key), one.key))
    found = {one.key: one for one in placed}
    if len(found) < len(placed):
        raise ValueError("two of one kind have one key")
    return found


def _has_reason(mentor: Mentor, mentee: Mentee) -> bool:
    return (
        bool(mentor.can_help_with & mentee.wants_to_learn)
        or mentor.key in mentee.prefers
        or mentee.key in mentor.prefers
    )


def _shared(mentor: Mentor, mentee: Mentee, window: Window, session: int) -> int | None:
    """Minutes of the window that suit both; None where no session fits into them, or they share no language."""
    if mentor.languages and mentee.languages and not mentor.languages & mentee.languages:
        return None
    shared = in_common((mentor.rhythm, mentee.rhythm), window)
    return shared.bit_count() if has_stretch(shared, session) else None


def _fit(mentor: Mentor, mentee: Mentee, shared: int, window: Window) -> int:
    """What speaks for two: each topic up to three outweighs all hours."""
    topics = min(len(mentor.can_help_with & mentee.wants_to_learn), MOST_TOPICS)
    return topics * 1000 + min(shared * 7 // window.days, PLENTY)


def _suggestion(mentor: Mentor, mentee: Mentee, window: Window) -> Suggestion:
    return Suggestion(
        mentor=mentor.key,
        mentee=mentee.key,
        topics=tuple(sorted(mentor.can_help_with & mentee.wants_to_learn)),
        minutes=minutes_a_weekday((mentor.rhythm, mentee.rhythm), window),
        choice=mentee.prefers.index(mentor.key) + 1 if mentor.key in mentee.prefers else None,
        chosen=mentor.prefers.index(mentee.key) + 1 if mentee.key in mentor.prefers else None,
    )


def sentence(suggestion: Suggestion, mentor: str) -> str:
    """Why this mentor, in English to the mentee: `Ada can help with maps, and you have 5 shared hours on weekdays.`"""
    hours = shared_hours_in_words(suggestion.minutes)
    if suggestion.topics:
        return f"{mentor} can help with {listed(suggestion.topics)}, and you have {hours} on weekdays."
    if suggestion.choice is not None:
        return f"You named {mentor}, and you have {hours} on weekdays."
    return f"You and {mentor} have {hours} on weekdays."
