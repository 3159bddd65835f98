"""The best pairs of a graph, exactly: as many people as possible, then those first who must not wait, then the fewest
repeats, then the most appeal; and what is equal in all that, by a number drawn for each pair.

These goals are lexicographic. Each becomes a range of digits in one whole number for each edge, wide enough that no sum
of a lower goal reaches into a higher one, and the matching of greatest weight among those of most pairs is found by
`rustworkx.max_weight_matching` (the blossom method of Edmonds, as in Z. Galil, "Efficient algorithms for finding
maximum matching in graphs", ACM Computing Surveys 18, 1986). Its numbers have 127 bits, of which 2,000 people need 80.
The numbers drawn make the best matching the only one but for a chance of one in 10,000 for each thousand edges or so
(K. Mulmuley, U. Vazirani, V. Vazirani, "Matching is as easy as matrix inversion", Combinatorica 7, 1987), so that it
does not depend on the solver's ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import rustworkx

TIE_BITS: Final = 24


class Edge(NamedTuple):
    """Two nodes (numbers from 0 on) that may be paired."""

    one: int
    other: int
    repeats: int
    """How often somebody would meet again: 0 or 1 for two people, up to 2 for one who joins a pair."""
    appeal: int
    """What speaks for the pair, from 0 on."""
    tie: int
    """A number drawn for this pair, from 0 to below 2 ** `TIE_BITS`."""


def weights(nodes: int, edges: Sequence[Edge], urgency: Sequence[int] | None = None) -> list[int]:
    """One whole number for each edge that puts the goals below the number of pairs in their order.

    `urgency` says for each node how little it may be left over: whole numbers, 0 where nothing is asked.
    """
    pairs = nodes // 2 + 1
    appeal_unit = pairs << TIE_BITS
    fresh_unit = appeal_unit * pairs * (1 + max((edge.appeal for edge in edges), default=0))
    urgent_unit = fresh_unit * pairs * 3
    plain = [(2 - edge.repeats) * fresh_unit + edge.appeal * appeal_unit + edge.tie for edge in edges]
    if not urgency or not any(urgency):
        return plain
    return [
        weight + (urgency[edge.one] + urgency[edge.other]) * urgent_unit
        for weight, edge in zip(plain, edges, strict=True)
    ]


def best_pairs(nodes: int, edges: Sequence[Edge], urgency: Sequence[int] | None = None) -> list[Edge]:
    """The edges of the best matching, in the order in which they were given."""
    if not edges:
        return []
    graph: rustworkx.PyGraph[int, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(
        [(edge.one, edge.other, weight) for edge, weight in zip(edges, weights(nodes, edges, urgency), strict=True)]
    )
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    chosen = {(min(pair), max(pair)) for pair in found}
    return [edge for edge in edges if (min(edge[:2]), max(edge[:2])) in chosen]
