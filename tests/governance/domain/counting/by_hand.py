"""The methods once more, as slowly and plainly as their rules are written: judges for the quick ones.

Every ballot is a list of its own; numbers are decimals or fractions. A tie is an AssertionError: judges count only
elections without one.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_UP, Decimal
from itertools import pairwise, permutations

from tests.governance.domain.counting.elections import Strict


class HasTie(Exception):
    """The judge does not break ties."""


def only(found: list[str]) -> str:
    if len(found) != 1:
        raise HasTie
    return found[0]


def scottish(ballots: Strict, names: str, seats: int) -> tuple[list[str], list[dict[str, Decimal]]]:
    """Who is elected, in order, and the totals of every stage."""
    papers = [[list(order), Decimal(1), None] for order, weight in ballots for _ in range(weight) if order]
    quota = len(papers) // (seats + 1) + 1
    standing, elected, waiting, history = list(names), [], [], []

    def deal(paper: list) -> None:
        paper[2] = next((name for name in paper[0] if name in standing), None)

    for paper in papers:
        deal(paper)
    done = set()
    while True:
        totals = {name: Decimal(quota) if name in done else total_of(papers, name) for name in names}
        history.append(totals)
        reached = sorted((n for n in standing if totals[n] >= quota), key=totals.__getitem__, reverse=True)
        if len({totals[n] for n in reached}) < len(reached):
            raise HasTie
        elected += reached
        waiting += [name for name in reached if totals[name] > quota]
        done |= {name for name in reached if totals[name] == quota}
        standing = [name for name in standing if name not in reached]
        if len(elected) >= seats:
            return elected, history
        if len(standing) <= seats - len(elected):
            rest = sorted(standing, key=totals.__getitem__, reverse=True)
            if len({totals[n] for n in rest}) < len(rest):
                raise HasTie
            return elected + rest, history
        if waiting:
            most = max(totals[name] for name in waiting)
            mover = only([name for name in waiting if totals[name] == most])
            waiting.remove(mover)
            done.add(mover)
            for paper in papers:
                if paper[2] == mover:
                    share = (most - quota) * paper[1] / most
                    paper[1] = share.quantize(Decimal("0.00001"), ROUND_DOWN)
                    deal(paper)
        else:
            fewest = min(totals[name] for name in standing)
            mover = only([name for name in standing if totals[name] == fewest])
            standing.remove(mover)
            for paper in papers:
                if paper[2] == mover:
                    deal(paper)


def total_of(papers: list[list], name: str) -> Decimal:
    return sum((paper[1] for paper in papers if paper[2] == name), Decimal(0))


def meek(ballots: Strict, names: str, seats: int) -> set[str]:
    """Who is elected, by the reference rule with every ballot handled by itself."""
    tiny = Decimal("0.000000001")
    keep = {name: Decimal(1) for name in names}
    hopeful, elected = set(names), set()

    def up(number: Decimal) -> Decimal:
        return number.quantize(tiny, ROUND_UP)

    while len(elected) < seats and len(elected) + len(hopeful) > seats:
        last = None
        while True:
            votes = dict.fromkeys(names, Decimal(0))
            for order, weight in ballots:
                left = Decimal(1)
                for name in order:
                    part = up(left * keep[name])
                    votes[name] += part * weight
                    left -= part
            quota = (sum(votes.values()) / (seats + 1)).quantize(tiny, ROUND_DOWN) + tiny
            new = {name for name in hopeful if votes[name] >= quota}
            elected |= new
            hopeful -= new
            surplus = max(Decimal(0), sum((votes[name] - quota for name in elected), Decimal(0)))
            if new:
                break
            if surplus < Decimal("0.000001") or (last is not None and surplus >= last):
                fewest = min(votes[name] for name in hopeful)
                out = only([name for name in hopeful if votes[name] <= fewest + surplus])
                hopeful.remove(out)
                keep[out] = Decimal(0)
                break
            last = surplus
            for name in elected:
                keep[name] = up(up(keep[name] * quota) / votes[name])
    return elected | (hopeful if len(elected) < seats else set())


def runoff(ballots: Strict, names: str) -> str:
    """Instant run-off down to the last two."""
    standing = set(names)
    while True:
        first = dict.fromkeys(standing, 0)
        for order, weight in ballots:
            for name in order:
                if name in standing:
                    first[name] += weight
                    break
        if len(standing) == 1:
            return standing.pop()
        fewest = min(first.values())
        if fewest == 0 < max(first.values()):
            standing -= {name for name in standing if first[name] == 0}
            continue
        standing.remove(only([name for name in standing if first[name] == fewest]))


def preferring(ballots: Strict, a: str, b: str) -> int:
    """How many prefer a to b, among those who rank both."""
    return sum(weight for order, weight in ballots if a in order and b in order and order.index(a) < order.index(b))


def schulze(ballots: Strict, names: str) -> list[set[str]]:
    """Everybody in order, by trying every way between any two."""
    won = {(a, b): preferring(ballots, a, b) for a, b in permutations(names, 2)}
    won = {pair: votes if votes > won[pair[::-1]] else 0 for pair, votes in won.items()}

    def strongest(a: str, b: str) -> int:
        between = [name for name in names if name not in (a, b)]
        ways = ((a, *middle, b) for length in range(len(between) + 1) for middle in permutations(between, length))
        return max(min(won[pair] for pair in pairwise(way)) for way in ways)

    beaten = {b: sum(strongest(a, b) > strongest(b, a) for a in names if a != b) for b in names}
    return [{name for name in names if beaten[name] == number} for number in sorted(set(beaten.values()))]


def ranked_pairs(ballots: Strict, names: str) -> list[set[str]]:
    """Everybody in order, by locking pairs one after the other; no two equally strong."""
    won = {(a, b): (preferring(ballots, a, b), -preferring(ballots, b, a)) for a, b in permutations(names, 2)}
    order = [pair for pair in won if won[pair][0] > -won[pair][1]]
    if len({won[pair] for pair in order}) < len(order):
        raise HasTie
    locked: list[tuple[str, str]] = []

    def reaches(a: str, b: str) -> bool:
        return any(first == a and (second == b or reaches(second, b)) for first, second in locked)

    for winner, loser in sorted(order, key=won.__getitem__, reverse=True):
        if not reaches(loser, winner):
            locked.append((winner, loser))
    above = {b: sum(reaches(a, b) for a in names) for b in names}
    return [{name for name in names if above[name] == number} for number in sorted(set(above.values()))]


def condorcet_winner(ballots: Strict, names: str) -> str | None:
    """Who wins against everybody else, if anybody does."""
    for a in names:
        if all(preferring(ballots, a, b) > preferring(ballots, b, a) for b in names if b != a):
            return a
    return None
