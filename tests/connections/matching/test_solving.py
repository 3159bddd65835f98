"""The solver against networkx, which finds the same by other means."""

from __future__ import annotations

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.matching.solving import Edge, best_pairs, weights


@st.composite
def graphs(draw):
    nodes = draw(st.integers(0, 12))
    pairs = [(a, b) for a in range(nodes) for b in range(a + 1, nodes)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    edges = [Edge(a, b, draw(st.integers(0, 2)), draw(st.integers(0, 30)), draw(st.integers(0, 9))) for a, b in chosen]
    return nodes, edges, draw(st.lists(st.integers(0, 6), min_size=nodes, max_size=nodes))


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_pairs_weigh_what_networkx_finds(given_) -> None:
    nodes, edges, urgency = given_
    graph = networkx.Graph()
    weight = {(edge.one, edge.other): w for edge, w in zip(edges, weights(nodes, edges, urgency), strict=True)}
    graph.add_weighted_edges_from((*pair, w) for pair, w in weight.items())

    found = best_pairs(nodes, edges, urgency)

    theirs = networkx.max_weight_matching(graph, maxcardinality=True)
    assert len(found) == len(theirs)
    assert sum(weight[edge[:2]] for edge in found) == sum(weight[min(pair), max(pair)] for pair in theirs)
    assert len({node for edge in found for node in edge[:2]}) == 2 * len(found)


def test_goals_never_outweigh_the_one_above() -> None:
    """A path of four: the dear middle loses to two pairs; a fresh pair beats any appeal, appeal beats the draw."""
    path = [Edge(0, 1, 1, 0, 0), Edge(1, 2, 0, 1000, 2**24 - 1), Edge(2, 3, 1, 0, 0)]
    square = [Edge(0, 1, 0, 0, 0), Edge(2, 3, 1, 0, 0), Edge(0, 2, 1, 900, 9), Edge(1, 3, 1, 900, 9)]
    liked = [Edge(0, 1, 0, 1, 0), Edge(2, 3, 0, 0, 0), Edge(0, 2, 0, 0, 2**24 - 1), Edge(1, 3, 0, 0, 2**24 - 1)]

    assert best_pairs(4, path) == [path[0], path[2]]
    assert best_pairs(4, square) == square[:2]
    assert best_pairs(4, liked) == liked[:2]
    assert best_pairs(3, path[:2], [1, 0, 0]) == path[:1]
    assert best_pairs(3, path[:2]) == path[1:2]
    assert best_pairs(0, []) == []
