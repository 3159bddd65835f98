"""Chats for 2,000 people among 20,000 pairs: the solver against networkx, with the very same weights.

networkx takes the better part of a minute for the whole, so it is timed on 500 people and 4,000 pairs of the same kind,
where both find the same weight. Its time grows faster than the solver's, so that its lead is the larger the more people
there are; `python -m tests.benchmarks.bench_matching whole` measures the whole.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from datetime import date
from time import process_time
from typing import Any

import networkx

from folkmoot.connections.domain.matching import Met, Programme, match
from folkmoot.connections.domain.matching.candidates import candidates
from folkmoot.connections.domain.matching.pairing import table
from folkmoot.connections.domain.matching.solving import Edge, best_pairs, weights
from tests.connections.community import OVER_A_CHANGE, community

BAR = 1 / 50
PEOPLE, PAIRS = 2_000, 20_000
FEWER = 500, 4_000
SECONDS = 12.0
"""A whole round for 2,000 people on a slow machine, from hours and topics to reasons."""


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = process_time()
    given = work()
    return process_time() - started, given


def pairs(people: int, many: int) -> list[Edge]:
    """Pairs as a round of an invented community has them, `many` of them drawn from all that are looked at."""
    found = candidates(table(Programme("a seed"), OVER_A_CHANGE, community(people), chats(people))).edges
    return sorted(random.Random(7).sample(found, many))


def chats(people: int) -> list[Met]:
    chance = random.Random(5)
    return [Met(*(f"p{one}" for one in chance.sample(range(people), 2)), date(2026, 9, 1)) for _ in range(3 * people)]


def by_networkx(edges: Sequence[Edge], weight: Sequence[int]) -> set[tuple[int, int]]:
    graph = networkx.Graph()
    graph.add_weighted_edges_from((edge.one, edge.other, each) for edge, each in zip(edges, weight, strict=True))
    return networkx.max_weight_matching(graph, maxcardinality=True)


def ratio(people: int, many: int) -> float:
    """The solver's share of networkx' time; AssertionError where the weights differ."""
    edges = pairs(people, many)
    weight = weights(people, edges)
    ours, found = min((timed(lambda: best_pairs(people, edges)) for _ in range(3)), key=lambda one: one[0])
    theirs, expected = timed(lambda: by_networkx(edges, weight))
    each = {(edge.one, edge.other): one for edge, one in zip(edges, weight, strict=True)}
    assert len(found) == len(expected)
    assert sum(each[edge[:2]] for edge in found) == sum(each[min(pair), max(pair)] for pair in expected)
    print(f"  ({people} people, {many} pairs: {ours:.3f} s, networkx {theirs:.2f} s)", file=sys.stderr)
    return ours / theirs


def run() -> list[tuple[str, float, float]]:
    """The share of networkx' time; AssertionError where a whole round takes too long or leaves somebody over."""
    edges = pairs(PEOPLE, PAIRS)
    took, _found = timed(lambda: best_pairs(PEOPLE, edges))
    print(f"  ({PEOPLE} people, {PAIRS} pairs: {took:.2f} s)", file=sys.stderr)
    took, whole = timed(lambda: match(Programme("a seed"), OVER_A_CHANGE, community(PEOPLE), met=chats(PEOPLE)))
    print(f"  (a whole round, {whole.looked_at} pairs looked at: {took:.2f} s)", file=sys.stderr)
    assert took < SECONDS
    assert whole.left_over == ()
    assert 20_000 <= whole.looked_at <= 40_000
    return [("best pairs of 500 people and 4,000 pairs, of networkx' time", ratio(*FEWER), BAR)]


if __name__ == "__main__" and sys.argv[1:] == ["whole"]:
    print(f"{PEOPLE} people and {PAIRS} pairs: 1/{1 / ratio(PEOPLE, PAIRS):.0f} of networkx' time")
