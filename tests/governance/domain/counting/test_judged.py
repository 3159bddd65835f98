"""Another library as a judge: pyrankvote, on elections that its rule and ours both decide.

It tosses where two are equal, has a quota that is not rounded, and gives all ballots that somebody holds one value,
wherever they came from. So it judges instant run-offs without ties, and several seats as far as whole ballots move or
one surplus ends the count; a total between the two quotas is left out, and one on ours, of which it moves the
difference as a surplus.
"""

from __future__ import annotations

from functools import cache

import pyrankvote
from hypothesis import assume, given
from hypothesis import strategies as st

from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.counting.record import Action
from tests.governance.domain.counting import by_hand
from tests.governance.domain.counting.elections import JUDGED, MANY_VOTERS, NAMES, Strict, counted, of_strict


@cache
def candidates() -> dict[str, pyrankvote.Candidate]:
    return {name: pyrankvote.Candidate(name) for name in NAMES}


def papers(ballots: Strict) -> list[pyrankvote.Ballot]:
    """One of its ballots for each of ours; it counts empty ones for the quota, the rule books do not."""
    return [
        pyrankvote.Ballot(ranked_candidates=[candidates()[name] for name in order])
        for order, weight in ballots
        if order
        for _ in range(weight)
    ]


@JUDGED
@given(MANY_VOTERS)
def test_instant_runoff_agrees_with_pyrankvote(ballots) -> None:
    try:
        by_hand.runoff(ballots, NAMES)
    except by_hand.HasTie:
        assume(False)

    theirs = pyrankvote.instant_runoff_voting(list(candidates().values()), papers(ballots)).get_winners()
    ours = counted(of_strict(ballots), Method.IRV, draw=tuple(NAMES))

    assert ours.elected == tuple(winner.name for winner in theirs)


@JUDGED
@given(MANY_VOTERS, st.integers(2, 3))
def test_several_seats_agree_with_pyrankvote(ballots, seats) -> None:
    result = counted(of_strict(ballots), Method.SCOTTISH_STV, seats, seed="x")
    unrounded = (result.ballots - result.invalid) * 10**5 / (seats + 1)
    between = any(unrounded <= votes <= result.quota for stage in result.stages for votes in stage.totals.values())
    surpluses = sum(stage.action is Action.SURPLUS for stage in result.stages)
    assume(not result.ties and not between and (not surpluses or (surpluses == 1 and len(result.stages) == 2)))

    theirs = pyrankvote.single_transferable_vote(list(candidates().values()), papers(ballots), seats).get_winners()

    assert set(result.elected) == {winner.name for winner in theirs}
