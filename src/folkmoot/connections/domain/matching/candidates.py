"""Which pairs are looked at: all of them while there are few people, and the most promising ones of each among many.

Among many people each one is held against those of the same topics, newcomers against connectors, and everybody against
a number of people drawn from those with whom they share hours; the dearest of these are kept. Whoever may meet only few
is held against every one of them, so that nobody is left over for having rare hours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from folkmoot.connections.domain.matching.pairing import Table
from folkmoot.connections.domain.matching.programme import Part
from folkmoot.connections.domain.matching.solving import Edge

COMPLETE_UP_TO: Final = 200
"""People up to whom every pair that may meet is looked at."""
KEPT: Final = 14
"""Pairs that each one puts forward among more people than that; with those of others, at most twice as many in all."""
LOOKED_AT: Final = 60
"""People against whom each one is held for that."""
RARE: Final = 40
"""Whoever has hours in common with no more people than that is held against all of them."""


@dataclass(frozen=True)
class Candidates:
    """Edges in the order of their places, and whether they are all that may meet."""

    edges: tuple[Edge, ...]
    are_all: bool


def candidates(table: Table) -> Candidates:
    """The pairs among which a round is decided: all up to `COMPLETE_UP_TO` people, else about `KEPT` for each."""
    many = len(table.people)
    if many <= COMPLETE_UP_TO:
        pairs = ((one, other) for one in range(many) for other in range(one + 1, many))
        return Candidates(tuple(table.edge(*pair) for pair in pairs if table.may_meet(pair)), True)
    seen: dict[tuple[int, int], Edge | None] = {}
    kept: set[Edge] = set()
    for person, others, are_all in _promising(table):
        edges = [edge for other in others if (edge := _edge(table, person, other, seen))]
        edges.sort(key=lambda edge: (edge.repeats, -edge.appeal, edge.tie))
        kept.update(edges if are_all else edges[:KEPT])
    return Candidates(tuple(sorted(kept)), False)


def all_of(table: Table, people: Iterable[int]) -> Iterator[Edge]:
    """Every pair that may meet and has one of these people in it."""
    for person in people:
        for other in range(len(table.people)):
            if other != person and table.may_meet((person, other)):
                yield table.edge(person, other)


def _edge(table: Table, one: int, other: int, seen: dict[tuple[int, int], Edge | None]) -> Edge | None:
    pair = (one, other) if one < other else (other, one)
    if pair not in seen:
        seen[pair] = table.edge(*pair) if table.may_meet(pair) else None
    return seen[pair]


def _promising(table: Table) -> Iterator[tuple[int, list[int], bool]]:
    """For each person those against whom they are held, and whether these are all whom they may meet."""
    many = len(table.people)
    by_rhythm: defaultdict[int, list[int]] = defaultdict(list)
    lists: dict[str, defaultdict[str, list[int]]] = {name: defaultdict(list) for name in ("cares", "helps", "learns")}
    parts: defaultdict[Part, list[int]] = defaultdict(list)
    for person, one in enumerate(table.people):
        by_rhythm[table.rhythm_of[person]].append(person)
        parts[one.part].append(person)
        for name, topics in (
            ("cares", one.cares_about), ("helps", one.can_help_with), ("learns", one.wants_to_learn),
        ):  # fmt: skip
            for each in topics:
                lists[name][each].append(person)
    reach = _within_reach(table, by_rhythm)
    for person, one in enumerate(table.people):
        near = reach[table.rhythm_of[person]]
        total = sum(len(by_rhythm[rhythm]) for rhythm in near)
        if total - 1 <= RARE:
            yield person, [other for rhythm in near for other in by_rhythm[rhythm] if other != person], True
            continue
        count: Counter[int] = Counter()
        sources = [lists["cares"][each] for each in sorted(one.cares_about)]
        sources += [lists["learns"][each] for each in sorted(one.can_help_with)]
        sources += [lists["helps"][each] for each in sorted(one.wants_to_learn)]
        if one.part is not Part.ANYBODY:
            sources.append(parts[Part.CONNECTOR if one.part is Part.NEWCOMER else Part.NEWCOMER])
        reachable = set(near)
        for source in sources:
            count.update(_some(source, person, many))
        likely = [other for other, _times in count.most_common(2 * LOOKED_AT)]
        chosen = dict.fromkeys(other for other in likely if other != person and table.rhythm_of[other] in reachable)
        chosen = dict.fromkeys(list(chosen)[:LOOKED_AT])
        chosen.update(dict.fromkeys(_drawn(person, near, by_rhythm, total)))
        chosen.pop(person, None)
        yield person, list(chosen), False


def _some(source: list[int], person: int, many: int) -> list[int]:
    """Up to `LOOKED_AT` people of a list, from a place on that is another one for each person."""
    if len(source) <= LOOKED_AT:
        return source
    start = person * len(source) // many
    return [*source[start : start + LOOKED_AT], *source[: max(0, start + LOOKED_AT - len(source))]]


def _drawn(person: int, near: list[int], by_rhythm: dict[int, list[int]], total: int) -> list[int]:
    """Half of `LOOKED_AT` people of those within reach, evenly spread over an order that was drawn."""
    wanted = LOOKED_AT // 2
    places = sorted({(person + step * total // wanted) % total for step in range(wanted)})
    found, passed, at = [], 0, 0
    for rhythm in near:
        of_it = by_rhythm[rhythm]
        while at < len(places) and places[at] < passed + len(of_it):
            found.append(of_it[places[at] - passed])
            at += 1
        passed += len(of_it)
    return found


def _within_reach(table: Table, by_rhythm: dict[int, list[int]]) -> list[list[int]]:
    """For each rhythm the numbers of those with which it has a chat's length in common; all where none is asked for."""
    many = len(table.rhythms)
    if not table.programme.asks_for_overlap:
        return [list(range(many))] * many
    found: list[list[int]] = [[] for _ in range(many)]
    for a in range(many):
        for b in range(a, many):
            if table.overlap_of_rhythms((a, b))[1]:
                found[a].append(b)
                if a != b:
                    found[b].append(a)
    return found
