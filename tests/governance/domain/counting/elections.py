"""Small elections for tests, and ways to make them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from folkmoot.governance.domain.counting.ballots import Ballots, from_values, ranked
from folkmoot.governance.domain.counting.methods import Method, Rules, count
from folkmoot.governance.domain.counting.record import Result

Strict = list[tuple[tuple[str, ...], int]]
"""Names in order of preference, and how many voters gave them."""

STV = (Method.SCOTTISH_STV, Method.MEEK_STV)
PAIRWISE = (Method.SCHULZE, Method.RANKED_PAIRS)
NAMES = "ABCDE"


def election(text: str, candidates: Sequence[str] = ()) -> Ballots:
    """From lines such as `12 A>B=C>D`."""
    ballots = []
    for line in text.strip().splitlines():
        weight, _, order = line.strip().partition(" ")
        groups = [group.split("=") for group in order.split(">")] if order else []
        ballots.append((groups, int(weight)))
    names = candidates or sorted({name for groups, _ in ballots for group in groups for name in group})
    return ranked(names, ballots)


def of_strict(ballots: Strict, candidates: Sequence[str] = NAMES) -> Ballots:
    return ranked(candidates, [([[name] for name in order], weight) for order, weight in ballots])


def counted(ballots: Ballots, method: Method, seats: int = 1, **rules) -> Result:
    return count(ballots, Rules(method, seats, **rules))


def scores(rows: Sequence[tuple[Sequence[int], int]], candidates: Sequence[str]) -> Ballots:
    """From numbers in the order of the candidates; -1 is no opinion."""
    return from_values(tuple(candidates), {tuple(row): weight for row, weight in rows}, higher_is_better=True)


TENNESSEE = election("""
    42 Memphis>Nashville>Chattanooga>Knoxville
    26 Nashville>Chattanooga>Knoxville>Memphis
    15 Chattanooga>Knoxville>Nashville>Memphis
    17 Knoxville>Chattanooga>Nashville>Memphis
""")


def strict_ballots(candidates: str = NAMES, most: int = 9, largest: int = 9) -> st.SearchStrategy[Strict]:
    """Ballots that rank any number of candidates, none of them equal."""
    order = st.permutations(candidates).flatmap(
        lambda names: st.integers(0, len(names)).map(lambda length: tuple(names[:length]))
    )
    return st.lists(st.tuples(order, st.integers(1, largest)), min_size=1, max_size=most)


MANY_VOTERS = strict_ballots(most=14, largest=99)
JUDGED = settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
"""For comparing with judges, who count no ties: these are left out."""
