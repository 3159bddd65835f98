"""The same 100,000 ballots counted by others: pyrankvote, a textbook's loops, numpy; their time and their memory.

What a ratio means: pyrankvote and the textbook handle ballots one by one in Python; numpy handles all of them at
once, as our integers do. Ours begin with ballots in columns, as they are kept, put them into bits, and end with the
whole record; numpy begins with its array. The numpy Meek follows the same reference rule to the same nine decimals.
"""

from __future__ import annotations

import sqlite3
import tracemalloc
from array import array
from collections.abc import Callable
from typing import Any

import numpy as np
import pyrankvote

from folkmoot.governance.domain.counting.ballots import Ballots
from folkmoot.governance.domain.counting.methods import Method, Rules, count
from tests.benchmarks.bench_counting import CANDIDATES, SEATS, Orders, ballots, beaten_by, timed


def textbook_schulze(orders: Orders) -> list[int]:
    """Every ballot, every candidate, every other one; then the three loops."""
    names = range(CANDIDATES)
    pairs = [[0] * CANDIDATES for _ in names]
    for order in orders:
        rank = [CANDIDATES] * CANDIDATES
        for place, name in enumerate(order):
            rank[name] = place
        for a in names:
            for b in names:
                if rank[a] < rank[b] < CANDIDATES:
                    pairs[a][b] += 1
    return beaten_by(pairs)


def arrays(orders: Orders) -> np.ndarray:
    """One row a ballot: who is preferred, place after place; -1 behind the last."""
    rows = np.full((len(orders), CANDIDATES), -1, dtype=np.int8)
    for number, order in enumerate(orders):
        rows[number, : len(order)] = order
    return rows


def numpy_meek(rows: np.ndarray) -> set[int]:
    """Shares of all ballots at once, place after place."""
    keep = np.ones(CANDIDATES + 1)
    keep[-1] = 0.0
    hopeful, elected = set(range(CANDIDATES)), set()
    while len(elected) < SEATS and len(elected) + len(hopeful) > SEATS:
        before = float("inf")
        while True:
            left = np.ones(len(rows))
            votes = np.zeros(CANDIDATES + 1)
            for place in range(CANDIDATES):
                names = rows[:, place]
                part = left * keep[names]
                votes += np.bincount(names % (CANDIDATES + 1), part, CANDIDATES + 1)
                left -= part
            quota = votes[:-1].sum() / (SEATS + 1)
            new = {name for name in hopeful if votes[name] >= quota}
            elected |= new
            hopeful -= new
            surplus = sum(max(0.0, votes[name] - quota) for name in elected)
            if len(elected) >= SEATS or (not new and (surplus < 1e-9 or surplus >= before)):
                break
            before = surplus
            for name in elected:
                keep[name] *= quota / votes[name]
        if len(elected) < SEATS:
            out = min(hopeful, key=lambda name: votes[name])
            hopeful.remove(out)
            keep[out] = 0.0
    return elected | (hopeful if len(elected) < SEATS else set())


def numpy_scottish(rows: np.ndarray) -> set[int]:
    """The count with one value and one holder a ballot, all in arrays."""
    vote = 10**5
    quota = (len(rows) // (SEATS + 1) + 1) * vote
    value = np.full(len(rows), vote, dtype=np.int64)
    standing = np.ones(CANDIDATES + 1, dtype=bool)
    standing[-1] = False
    place = np.zeros(len(rows), dtype=np.int8)
    every = np.arange(len(rows))
    elected: list[int] = []
    done: set[int] = set()
    while True:
        held = rows[every, place]
        totals = np.array([int(value[held == name].sum()) for name in range(CANDIDATES)])
        for name in sorted(np.flatnonzero(standing), key=lambda c: -totals[c]):
            if totals[name] >= quota and len(elected) < SEATS:
                elected.append(int(name))
                standing[name] = False
        left = [int(name) for name in np.flatnonzero(standing)]
        if len(elected) == SEATS or len(left) <= SEATS - len(elected):
            return {*elected, *(left if len(elected) < SEATS else ())}
        over = [name for name in elected if name not in done and totals[name] > quota]
        mover = max(over, key=totals.__getitem__) if over else min(left, key=totals.__getitem__)
        done.add(mover)
        standing[mover] = False
        moving = np.flatnonzero(held == mover)
        if over:
            value[moving] = (totals[mover] - quota) * value[moving] // totals[mover]
        can = standing[rows[moving]]
        place[moving] = np.where(can.any(axis=1), can.argmax(axis=1), CANDIDATES - 1)
        value[moving[~can.any(axis=1)]] = 0


def peak(work: Callable[[], Any]) -> int:
    """The most bytes at once that a piece of work takes, with what it makes of its input."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def kept_in(database: sqlite3.Connection, kept: Ballots) -> None:
    """Ballots as a row of a database: columns and weights as bytes."""
    database.execute("CREATE TABLE election (columns BLOB, gaps BLOB, weights BLOB)")
    joined = b"".join(kept.columns)
    database.execute("INSERT INTO election VALUES (?, ?, ?)", (joined, kept.gaps, array("Q", kept.weights).tobytes()))


def counted_from(database: sqlite3.Connection, names: tuple[str, ...]) -> Any:
    joined, gaps, weights = database.execute("SELECT columns, gaps, weights FROM election").fetchone()
    numbers = array("Q")
    numbers.frombytes(weights)
    size = len(numbers)
    columns = tuple(joined[place * size : (place + 1) * size] for place in range(len(names)))
    return count(Ballots(names, columns, tuple(numbers), gaps), Rules(Method.SCOTTISH_STV, SEATS))


def run() -> list[tuple[str, float, float]]:
    """Shares of the others' time and memory; AssertionError where somebody else is elected."""
    orders, kept = ballots()
    names = [pyrankvote.Candidate(name) for name in kept.candidates]

    def build() -> list[Any]:
        return [pyrankvote.Ballot(ranked_candidates=[names[c] for c in order]) for order in orders]

    building, papers = timed(build)
    theirs, judged = timed(lambda: pyrankvote.single_transferable_vote(names, papers, SEATS))
    ours, result = timed(lambda: count(kept, Rules(Method.SCOTTISH_STV, SEATS)), times=3)
    assert set(result.elected) == {winner.name for winner in judged.get_winners()}
    database = sqlite3.connect(":memory:")
    kept_in(database, kept)
    stored, again = timed(lambda: counted_from(database, kept.candidates), times=3)
    assert again.stages == result.stages
    textbook, below = timed(lambda: textbook_schulze(orders))
    schulze, order = timed(lambda: count(kept, Rules(Method.SCHULZE, SEATS)), times=3)
    assert list(order.order) == [(kept.candidates[below.index(n)],) for n in sorted(set(below))]
    rows = arrays(orders)
    numpys, vectorised = timed(lambda: numpy_meek(rows), times=2)
    meek, shared = timed(lambda: count(kept, Rules(Method.MEEK_STV, SEATS)), times=3)
    assert set(shared.elected) == {kept.candidates[c] for c in vectorised}
    assert set(result.elected) == {kept.candidates[c] for c in numpy_scottish(rows)}
    ours_peak = peak(lambda: count(kept, Rules(Method.SCOTTISH_STV, SEATS))) + sum(map(len, kept.columns))
    array_peak = peak(lambda: numpy_scottish(rows)) + rows.nbytes
    return [
        ("100,000 ballots by scottish-stv, of pyrankvote's count", ours / theirs, 1 / 20),
        ("… from SQLite to the result, of pyrankvote's build and count", stored / (building + theirs), 1 / 6),
        ("100,000 ballots by schulze, of a textbook's loops", schulze / textbook, 1 / 80),
        ("100,000 ballots by meek-stv, of the simplest numpy count", meek / numpys, 1 / 3),
        ("Memory of scottish-stv at its highest, of a count in arrays alone", ours_peak / array_peak, 1.5),
    ]
