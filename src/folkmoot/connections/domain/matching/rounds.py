"""A round: who has a chat with whom, why, and for whom there is nobody this time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from folkmoot.connections.domain.matching.candidates import all_of, candidates
from folkmoot.connections.domain.matching.pairing import Reason, Table, table
from folkmoot.connections.domain.matching.programme import Met, Participant, Programme
from folkmoot.connections.domain.matching.trios import seated
from folkmoot.connections.domain.shared_hours import Window


class Why(StrEnum):
    """Why there is nobody for somebody. It is the same with and without a do-not-match list."""

    NO_SHARED_HOURS = "no_shared_hours"
    """Nobody else in the round has a chat's length of hours in common with them."""
    NOBODY_FREE = "nobody_free"
    """The numbers did not work out."""


@dataclass(frozen=True)
class Conversation:
    """Two people, or three, by their keys in an order that was drawn."""

    people: tuple[str, ...]
    reasons: tuple[Reason, ...]
    repeats: int
    """How many pairs among them met before, and the programme still remembers it."""


@dataclass(frozen=True)
class LeftOver:
    key: str
    why: Why


@dataclass(frozen=True)
class Round:
    """What came of it. `looked_at` is the number of pairs it was chosen from, `is_complete` whether that is all."""

    conversations: tuple[Conversation, ...]
    left_over: tuple[LeftOver, ...]
    looked_at: int
    is_complete: bool


def match(
    programme: Programme,
    window: Window,
    people: Iterable[Participant],
    *,
    met: Iterable[Met] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> Round:
    """Pair people for a round.

    The goals, each only where those before leave a choice: as many people as possible have a conversation; no one meets
    again whom they met while somebody else could be met and nobody would be worse off for it; what speaks for the pairs
    adds up to the most. `met` are the chats so far, in any order; `apart` the do-not-match list, which holds for both
    sides, whoever asked. The result does not depend on the order of anything that is handed in.

    Raises ValueError for two participants with one key.
    """
    placed = table(programme, window, people, met, apart)
    given = candidates(placed)
    edges = given.edges
    found = seated(placed, edges)
    left = _left(placed, found)
    if left and not given.are_all and _more_could_talk(placed, left):
        edges = tuple(sorted({*edges, *all_of(placed, left)}))
        found = seated(placed, edges)
        left = _left(placed, found)
    urgency = _urgency(placed)
    if any(urgency[person] for person in left):
        found = _the_better(found, seated(placed, edges, urgency), placed, urgency)
        left = _left(placed, found)
    return Round(
        conversations=tuple(_conversation(placed, each) for each in sorted(found)),
        left_over=tuple(LeftOver(placed.people[person].key, _why(placed, person)) for person in left),
        looked_at=len(edges),
        is_complete=given.are_all,
    )


def _left(placed: Table, found: Iterable[tuple[int, ...]]) -> list[int]:
    taken = {person for each in found for person in each}
    return [person for person in range(len(placed.people)) if person not in taken]


def _more_could_talk(placed: Table, left: list[int]) -> bool:
    """Whether there is more than one left over, or one where trios would have taken them."""
    return len(left) > 1 or placed.programme.trios


def _urgency(placed: Table) -> list[int]:
    """How little each may be left over.

    First come those who are on a do-not-match list, so that being left over says nothing about one; then those who were
    passed over before.
    """
    listed = {person for pair in placed.apart for person in pair}
    return [min(one.passed_over, 3) + (4 if person in listed else 0) for person, one in enumerate(placed.people)]


def _the_better(
    usual: list[tuple[int, ...]], urgent: list[tuple[int, ...]], placed: Table, urgency: list[int]
) -> list[tuple[int, ...]]:
    """The one that leaves fewer over; then the one that leaves over those who can wait."""

    def cost(found: list[tuple[int, ...]]) -> tuple[int, int]:
        left = _left(placed, found)
        return len(left), sum(urgency[person] for person in left)

    return min((usual, urgent), key=cost)


def _conversation(placed: Table, people: tuple[int, ...]) -> Conversation:
    return Conversation(
        people=tuple(placed.people[person].key for person in people),
        reasons=placed.reasons(people),
        repeats=sum(placed.repeats(one, other) for one, other in combinations(people, 2)),
    )


def _why(placed: Table, person: int) -> Why:
    """Worked out as if there were no do-not-match list."""
    others = (other for other in range(len(placed.people)) if other != person)
    if placed.programme.asks_for_overlap and not any(placed.find_time((person, other)) for other in others):
        return Why.NO_SHARED_HOURS
    return Why.NOBODY_FREE
