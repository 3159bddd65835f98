"""Scottish STV: stages to the last digit, ties, and papers that stop."""

from __future__ import annotations

import random
import time
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from folkmoot.governance.domain.counting.ballots import ranked
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.counting.record import Action, Elected, Excluded, Transferred, Why
from folkmoot.governance.domain.counting.ties import About, By, Tie
from folkmoot.kit.errors import Refused
from tests.governance.domain.counting import by_hand
from tests.governance.domain.counting.elections import JUDGED, MANY_VOTERS, NAMES, counted, election, of_strict

SCOTTISH = Method.SCOTTISH_STV
VOTE = 100_000


def stages(result) -> list[tuple[Action, str | None, dict[str, int]]]:
    return [(stage.action, stage.subject, {n: v for n, v in stage.totals.items() if v}) for stage in result.stages]


def test_transfer_values_are_cut_at_five_decimals() -> None:
    # 17 valid ballots, 2 seats: the quota is 6. A has 9, so each of A's ballots moves on at 3/9 = 0.33333.
    result = counted(election("7 A>B\n2 A>C\n4 B\n3 C\n1 D>C"), SCOTTISH, 2)

    assert result.quota == 6 * VOTE
    assert stages(result) == [
        (Action.FIRST_PREFERENCES, None, {"A": 900_000, "B": 400_000, "C": 300_000, "D": 100_000}),
        (Action.SURPLUS, "A", {"A": 600_000, "B": 633_331, "C": 366_666, "D": 100_000}),
    ]
    assert result.elected == ("A", "B")
    assert result.stages[1].lost == 3
    assert result.stages[1].events == (
        Transferred("A", "B", 7, 233_331),
        Transferred("A", "C", 2, 66_666),
        Elected("B", 633_331, Why.QUOTA),
    )


def test_excluded_ballots_keep_the_value_they_came_with() -> None:
    result = counted(election("9 A>D>B\n5 B\n4 C\n1 D>C\n4 E>B"), SCOTTISH, 2)

    # D holds one whole ballot and nine that came at (9 - 8) / 9 = 0.11111 each.
    assert stages(result)[1][2]["D"] == VOTE + 9 * 11_111
    excluded = next(stage for stage in result.stages if stage.subject == "D")
    assert excluded.events[:3] == (
        Excluded("D", 199_999),
        Transferred("D", "B", 9, 99_999),
        Transferred("D", "C", 1, 100_000),
    )


def test_candidate_at_the_quota_is_elected_and_keeps_everything() -> None:
    result = counted(election("6 A>B\n5 B\n4 C\n2 D"), SCOTTISH, 2)

    assert result.stages[0].elected == ("A",)
    assert [stage.subject for stage in result.stages] == [None, "D", "C"]


def test_last_seats_go_to_those_who_are_left() -> None:
    result = counted(election("5 A\n4 B\n2 C"), SCOTTISH, 2)

    assert result.elected == ("A", "B")
    assert result.stages[-1].events[-1] == Elected("B", 4 * VOTE, Why.QUOTA)
    assert counted(election("1 A\n1 B"), SCOTTISH, 2).stages[0].events == (
        Elected("A", VOTE, Why.QUOTA), Elected("B", VOTE, Why.QUOTA),
    )  # fmt: skip


def test_paper_stops_where_two_are_equal() -> None:
    result = counted(election("3 A>B=C>D\n2 B=C>A\n5 D\n4 B\n4 C"), SCOTTISH, 1, seed="x")

    assert result.invalid == 2
    assert result.quota == 9 * VOTE
    out = next(stage for stage in result.stages if stage.subject == "A")
    assert out.events[1] == Transferred("A", None, 3, 3 * VOTE)


def test_tie_is_broken_by_the_latest_earlier_stage() -> None:
    # After E's exclusion B and C have 6 each; before it B had 5 and C had 6, so B goes.
    result = counted(election("9 A\n8 D\n5 B\n6 C\n1 E>B"), SCOTTISH, 1)

    assert result.ties[0] == Tie(("B", "C"), About.EXCLUSION, By.EARLIER_STAGES, "B", 2)
    assert result.stages[2].subject == "B"


def test_tie_from_the_start_needs_a_rule() -> None:
    ballots = election("3 A\n2 B>D\n2 C>B\n2 D>C")

    open_count = counted(ballots, SCOTTISH)
    drawn = counted(ballots, SCOTTISH, draw=("D", "C", "B", "A"))

    assert open_count.elected == ()
    assert open_count.open_tie == Tie(("B", "C", "D"), About.EXCLUSION, None, None, 1)
    assert open_count.ties == (open_count.open_tie,)
    assert drawn.open_tie is None
    assert drawn.ties[0] == Tie(("B", "C", "D"), About.EXCLUSION, By.DRAW, "B", 1)


def test_tie_that_makes_no_difference_holds_nothing_up() -> None:
    result = counted(election("9 A\n2 B>A\n2 C>A\n5 D"), SCOTTISH)

    assert result.elected == ("A",)
    assert {tie.resolved_by for tie in result.ties} <= {By.NO_DIFFERENCE}


def test_ties_among_very_many_are_given_up_in_time() -> None:
    chance = random.Random(2)
    names = [str(place) for place in range(200)]
    ballots = ranked(names, [([[name] for name in chance.sample(names, 200)], 1) for _ in range(1200)])

    started = time.process_time()
    result = counted(ballots, Method.SCOTTISH_STV, 2)

    assert result.open_tie is not None
    assert time.process_time() - started < 3


def test_those_without_a_vote_are_no_tie() -> None:
    result = counted(election("5 A>B\n4 B\n3 C", candidates="ABCDEFGH"), SCOTTISH, 2)

    assert result.ties == ()
    assert [stage.subject for stage in result.stages[1:]] == ["D", "E", "F", "G", "H", "C"]


def test_withdrawn_candidate_is_as_if_never_there() -> None:
    ballots = election("5 A>B\n4 B>C\n4 C>A\n2 W>C>A")
    without = election("5 A>B\n4 B>C\n4 C>A\n2 C>A")

    withdrawn = counted(ballots.without(["W"]), SCOTTISH)
    never = counted(without, SCOTTISH)

    assert withdrawn.elected == never.elected
    assert stages(withdrawn) == stages(never)
    assert withdrawn.withdrawn == ("W",)


@JUDGED
@given(MANY_VOTERS, st.integers(1, 3))
def test_every_stage_agrees_with_counting_by_hand(ballots, seats) -> None:
    try:
        elected, history = by_hand.scottish(ballots, NAMES, seats)
    except by_hand.HasTie:
        assume(False)
    result = counted(of_strict(ballots), SCOTTISH, seats)

    assert list(result.elected) == elected
    assert [[Decimal(v).scaleb(-5) for v in stage.totals.values()] for stage in result.stages] == [
        list(totals.values()) for totals in history
    ]


@pytest.mark.parametrize("seats", [0, 4])
def test_seats_must_fit_the_candidates(seats) -> None:
    with pytest.raises(Refused) as refused:
        counted(election("1 A>B>C"), SCOTTISH, seats)

    assert refused.value.code == "wrong_seats"
