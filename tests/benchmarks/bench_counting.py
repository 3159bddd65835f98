"""Counting 100,000 ballots of 3 to 12 ranks among 12 candidates for 5 seats, against the plain count, ballot by ballot.

The plain counts work on lists of numbers, as one would write them down from the rule; ours begin with the same ballots
in columns, as they are kept, and end with the whole record.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from time import process_time
from typing import Any

from folkmoot.governance.domain.counting.ballots import Ballots, from_rows
from folkmoot.governance.domain.counting.methods import Method, Rules, count

MANY, CANDIDATES, SEATS = 100_000, 12, 5
VOTE = 10**5
BARS = {Method.SCOTTISH_STV: 1 / 6, Method.SCHULZE: 1 / 10, Method.MEEK_STV: 1 / 15}

Orders = list[list[int]]


def ballots() -> tuple[Orders, Ballots]:
    """The same every time: any order of any of the candidates, the first ones liked a little more."""
    chance = random.Random(20261217)
    orders = []
    rows: dict[bytes, int] = {}
    for _ in range(MANY):
        liked = sorted(range(CANDIDATES), key=lambda c: chance.random() + c / 40)
        order = liked[: chance.randint(3, CANDIDATES)]
        row = bytearray(CANDIDATES + 1)
        for place, candidate in enumerate(order, 1):
            row[candidate] = place
        rows[bytes(row)] = rows.get(bytes(row), 0) + 1
        orders.append(order)
    return orders, from_rows([f"Candidate {c}" for c in range(CANDIDATES)], rows)


def plain_scottish(orders: Orders) -> set[int]:
    """Every ballot has a value and a holder; both are looked at one by one."""
    value = [VOTE] * len(orders)
    standing, elected, done = set(range(CANDIDATES)), [], set()
    holder = [order[0] for order in orders]
    quota = (len(orders) // (SEATS + 1) + 1) * VOTE
    while True:
        totals = [0] * CANDIDATES
        for worth, name in zip(value, holder, strict=True):
            if name >= 0:
                totals[name] += worth
        for name in sorted(standing, key=lambda c: -totals[c]):
            if totals[name] >= quota and len(elected) < SEATS:
                elected.append(name)
                standing.remove(name)
        if len(elected) == SEATS or len(standing) <= SEATS - len(elected):
            return {*elected, *(standing if len(elected) < SEATS else ())}
        over = [name for name in elected if name not in done and totals[name] > quota]
        mover = max(over, key=totals.__getitem__) if over else min(standing, key=totals.__getitem__)
        done.add(mover)
        standing.discard(mover)
        for number, name in enumerate(holder):
            if name == mover:
                if over:
                    value[number] = (totals[mover] - quota) * value[number] // totals[mover]
                holder[number] = next((c for c in orders[number] if c in standing), -1)


def plain_schulze(orders: Orders) -> list[int]:
    """Pairs ballot by ballot, each ballot's names in their order; how many beat each."""
    pairs = [[0] * CANDIDATES for _ in range(CANDIDATES)]
    for order in orders:
        for number, a in enumerate(order):
            for b in order[number + 1 :]:
                pairs[a][b] += 1
    return beaten_by(pairs)


def beaten_by(pairs: list[list[int]]) -> list[int]:
    """How many beat each, by the three loops over the strongest ways."""
    names = range(CANDIDATES)
    ways = [[pairs[a][b] if pairs[a][b] > pairs[b][a] else 0 for b in names] for a in names]
    for middle in names:
        for a in names:
            for b in names:
                ways[a][b] = max(ways[a][b], min(ways[a][middle], ways[middle][b]))
    return [sum(ways[a][b] > ways[b][a] for a in names if a != b) for b in names]


def plain_meek(orders: Orders) -> set[int]:
    """The shares of all ballots, step by step, in floating point."""
    keep = [1.0] * CANDIDATES
    hopeful, elected = set(range(CANDIDATES)), set()
    while len(elected) < SEATS and len(elected) + len(hopeful) > SEATS:
        while True:
            votes = [0.0] * CANDIDATES
            for order in orders:
                left = 1.0
                for name in order:
                    part = left * keep[name]
                    votes[name] += part
                    left -= part
                    if left <= 0:
                        break
            quota = sum(votes) / (SEATS + 1)
            new = {name for name in hopeful if votes[name] > quota}
            elected |= new
            hopeful -= new
            surplus = sum(votes[name] - quota for name in elected)
            if len(elected) >= SEATS or (not new and surplus < 1e-3):
                break
            for name in elected:
                keep[name] *= quota / votes[name]
        if len(elected) < SEATS:
            out = min(hopeful, key=votes.__getitem__)
            hopeful.remove(out)
            keep[out] = 0.0
    return elected | (hopeful if len(elected) < SEATS else set())


def timed(work: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """The quickest of so many runs, in seconds of the processor, and what it gave."""
    took = []
    for _ in range(times):
        started = process_time()
        given = work()
        took.append(process_time() - started)
    return min(took), given


def run() -> list[tuple[str, float, float]]:
    """The shares of the plain counts' time; AssertionError where somebody else is elected."""
    orders, kept = ballots()
    found = []
    plain: dict[Method, Callable[[Orders], set[int] | list[int]]] = {
        Method.SCOTTISH_STV: plain_scottish, Method.SCHULZE: plain_schulze, Method.MEEK_STV: plain_meek,
    }  # fmt: skip
    for method, work in plain.items():
        theirs, expected = timed(lambda work=work: work(orders))
        ours, result = timed(lambda method=method: count(kept, Rules(method, SEATS)), times=3)
        if isinstance(expected, list):
            ahead = [sorted(group) for group in result.order]
            numbers = sorted(set(expected))
            assert ahead == [sorted(kept.candidates[c] for c in range(CANDIDATES) if expected[c] == n) for n in numbers]
        else:
            assert set(result.elected) == {kept.candidates[c] for c in expected}
        found.append((f"100,000 ballots by {method.value}, of the plain count's time", ours / theirs, BARS[method]))
    return found
