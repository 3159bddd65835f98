"""Who is left over joins a pair: which one, decided exactly and for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from folkmoot.connections.domain.matching.pairing import Table
from folkmoot.connections.domain.matching.solving import Edge, best_pairs

FEW: Final = 60
"""People up to whom another choice of pairs is tried where somebody would still be left over."""
MOST_TRIES: Final = 300


def gain(table: Table, pair: tuple[int, int], third: int) -> tuple[int, int]:
    """How often somebody would meet again, and what speaks for it, if a third one joins a pair."""
    one, other = pair
    return (
        table.repeats(one, third) + table.repeats(other, third),
        table.appeal(one, third) + table.appeal(other, third),
    )


def joined(table: Table, pairs: Sequence[tuple[int, int]], left: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For whoever of those left can join a pair, the pair. Each pair takes one person at most.

    As many as possible join; then with the fewest repeats; then with the most that speaks for it. Which is a matching
    of its own, between people and pairs.
    """
    edges = []
    for number, third in enumerate(left):
        for place, pair in enumerate(pairs):
            if table.may_meet((*pair, third)):
                repeats, appeal = gain(table, pair, third)
                tie = (table.edge(pair[0], third).tie + table.edge(pair[1], third).tie) // 2
                edges.append(Edge(number, len(left) + place, repeats, appeal, tie))
    return {left[edge.one]: pairs[edge.other - len(left)] for edge in best_pairs(len(left) + len(pairs), edges)}


def seated(table: Table, edges: Sequence[Edge], urgency: Sequence[int] | None = None) -> list[tuple[int, ...]]:
    """Pairs and trios by these edges: as many people as possible, in as few trios as that takes.

    Where somebody stays left over and there are few people, the pairs are broken up around every trio that could be,
    one after the other, and what gives more people a conversation is kept.
    """
    many = len(table.people)
    found = _around(table, edges, (), urgency)
    if not table.programme.trios or many > FEW:
        return found
    within_reach = len({person for edge in edges for person in edge[:2]})
    tries = MOST_TRIES
    fixed: tuple[tuple[int, ...], ...] = ()
    while _people(found) < within_reach and tries > 0:
        taken = {person for trio in fixed for person in trio}
        better = None
        for trio in _possible(table, edges):
            if tries == 0 or (better and _people(better) == within_reach):
                break
            if taken & set(trio):
                continue
            tries -= 1
            other = _around(table, edges, (*fixed, trio), urgency)
            if _people(other) > _people(better or found):
                better, chosen = other, trio
        if better is None:
            break
        found, fixed = better, (*fixed, chosen)
    return found


def _around(
    table: Table, edges: Sequence[Edge], fixed: tuple[tuple[int, ...], ...], urgency: Sequence[int] | None
) -> list[tuple[int, ...]]:
    """Conversations with these trios among them."""
    taken = {person for trio in fixed for person in trio}
    free = [edge for edge in edges if edge.one not in taken and edge.other not in taken]
    pairs = [(edge.one, edge.other) for edge in best_pairs(len(table.people), free, urgency)]
    seated_already = taken.union(*pairs)
    left = [person for person in range(len(table.people)) if person not in seated_already]
    third = {pair: person for person, pair in joined(table, pairs, left).items()} if table.programme.trios else {}
    return [*fixed, *((*pair, third[pair]) if pair in third else pair for pair in pairs)]


def _people(conversations: Sequence[tuple[int, ...]]) -> int:
    return sum(map(len, conversations))


def _possible(table: Table, edges: Sequence[Edge]) -> list[tuple[int, int, int]]:
    """Trios that may meet, the dearest first."""
    near: dict[int, set[int]] = {}
    for edge in edges:
        near.setdefault(edge.one, set()).add(edge.other)
        near.setdefault(edge.other, set()).add(edge.one)
    found = []
    for edge in edges:
        for third in near[edge.one] & near[edge.other]:
            if third > edge.other and table.may_meet((edge.one, edge.other, third)):
                repeats, appeal = gain(table, (edge.one, edge.other), third)
                found.append((edge.repeats + repeats, -(edge.appeal + appeal), (edge.one, edge.other, third)))
    return [trio for _repeats, _appeal, trio in sorted(found)]
