"""The other methods: published answers, the judges, and what each promises."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from folkmoot.governance.domain.counting.ballots import Ballots, ranked
from folkmoot.governance.domain.counting.methods import METHODS, Method, Rules, count
from folkmoot.governance.domain.counting.record import Action, Excluded, Pair, Transferred
from folkmoot.governance.domain.counting.ties import About, By, Tie
from folkmoot.kit.errors import Refused
from tests.governance.domain.counting import by_hand
from tests.governance.domain.counting.elections import (
    JUDGED,
    MANY_VOTERS,
    NAMES,
    PAIRWISE,
    TENNESSEE,
    counted,
    election,
    of_strict,
    scores,
    strict_ballots,
)

FORTY_FIVE = election("""
    5 A>C>B>E>D
    5 A>D>E>C>B
    8 B>E>D>A>C
    3 C>A>B>E>D
    7 C>A>E>B>D
    2 C>B>A>D>E
    7 D>C>E>B>A
    8 E>B>A>D>C
""")
RANKED = [Method.SCOTTISH_STV, Method.MEEK_STV, Method.IRV, *PAIRWISE, Method.PLURALITY, Method.APPROVAL]


def singles(order: str) -> tuple[tuple[str, ...], ...]:
    return tuple((name,) for name in order)


@pytest.mark.parametrize(
    ("method", "winner"),
    [
        (Method.PLURALITY, "Memphis"),
        (Method.IRV, "Knoxville"),
        (Method.SCOTTISH_STV, "Knoxville"),
        (Method.MEEK_STV, "Knoxville"),
        (Method.SCHULZE, "Nashville"),
        (Method.RANKED_PAIRS, "Nashville"),
    ],
)
def test_capital_of_tennessee(method, winner) -> None:
    assert counted(TENNESSEE, method).elected == (winner,)


@pytest.mark.parametrize("method", PAIRWISE)
def test_pairwise_methods_order_all_of_tennessee(method) -> None:
    result = counted(TENNESSEE, method, 2)

    assert result.order == (("Nashville",), ("Chattanooga",), ("Knoxville",), ("Memphis",))
    assert result.elected == ("Nashville", "Chattanooga")
    assert result.pairs["Nashville"] == {"Memphis": 58, "Chattanooga": 68, "Knoxville": 68}


def test_schulzes_example_of_forty_five_voters() -> None:
    result = counted(FORTY_FIVE, Method.SCHULZE)

    assert result.order == singles("EACBD")
    assert result.pairs["B"] == {"A": 25, "C": 16, "D": 33, "E": 18}
    assert Pair("E", "A", 25, 24) in result.stages[0].events


def test_schulze_and_ranked_pairs_may_differ() -> None:
    # A beats B 7 to 2 and D 5 to 4, B beats C 6 to 3 and D 7 to 2 and so on: the circle is cut in other places.
    differing = 0
    for number in range(300):
        chance = random.Random(number)
        ballots = of_strict([(tuple(chance.sample(NAMES, 5)), chance.randint(1, 9)) for _ in range(7)])
        one, other = (counted(ballots, method, seed="x").elected for method in PAIRWISE)
        differing += one != other

    assert 0 < differing < 60


def test_no_opinion_is_not_last() -> None:
    ballots = election("3 A>B\n2 C\n2 C>A", candidates="ABC")

    absent = counted(ballots, Method.SCHULZE)
    last = counted(ballots, Method.SCHULZE, unranked_last=True)

    assert absent.pairs["A"]["C"] == 0
    assert absent.pairs["C"]["A"] == 2
    assert absent.pairs["C"]["B"] == 0
    assert last.pairs["A"]["C"] == 3
    assert last.pairs["C"]["A"] == 4
    assert last.pairs["C"]["B"] == 4


def test_equals_stand_together_and_are_a_tie_only_where_it_matters() -> None:
    ballots = election("2 A>B=C>D\n1 B=C>A>D")

    two, three = counted(ballots, Method.SCHULZE, 2), counted(ballots, Method.SCHULZE, 3)
    seeded = counted(ballots, Method.SCHULZE, 2, seed="17 December, 12:00, 4711")

    assert two.order == (("A",), ("B", "C"), ("D",))
    assert two.elected == ("A",)
    assert two.open_tie == Tie(("B", "C"), About.SEAT, None, None, 1)
    assert three.elected == ("A", "B", "C")
    assert three.ties == ()
    assert seeded.ties == (Tie(("B", "C"), About.SEAT, By.SEED, seeded.elected[1], 1),)


def test_equal_pairs_in_a_circle_are_a_tie() -> None:
    circle = election("2 A>B>C\n2 B>C>A\n2 C>A>B")

    open_count = counted(circle, Method.RANKED_PAIRS)
    drawn = counted(circle, Method.RANKED_PAIRS, draw="BCA")

    assert open_count.open_tie == Tie(("A", "B", "C"), About.PAIR, None, None, 1)
    assert drawn.order == singles("BCA")


@JUDGED
@given(MANY_VOTERS)
def test_schulze_agrees_with_trying_every_way(ballots) -> None:
    result = counted(of_strict(ballots), Method.SCHULZE, seed="x")

    assert [set(group) for group in result.order] == by_hand.schulze(ballots, NAMES)


@JUDGED
@given(MANY_VOTERS)
def test_ranked_pairs_agree_with_locking_one_by_one(ballots) -> None:
    try:
        expected = by_hand.ranked_pairs(ballots, NAMES)
    except by_hand.HasTie:
        assume(False)

    assert [set(group) for group in counted(of_strict(ballots), Method.RANKED_PAIRS, seed="x").order] == expected


@pytest.mark.parametrize("seed", [None, "x"])
def test_ranked_pairs_of_very_many_equal_pairs_are_counted_in_time(seed) -> None:
    chance = random.Random(1)
    names = [f"{place:02}" for place in range(50)]
    ballots = ranked(
        names, [([[name] for name in chance.sample(pair, 2)], 1) for pair in itertools.combinations(names, 2)]
    )

    started = time.process_time()
    result = counted(ballots, Method.RANKED_PAIRS, seed=seed)

    assert (result.open_tie is None) == bool(seed)
    assert time.process_time() - started < 2


@JUDGED
@given(MANY_VOTERS, st.integers(1, 3))
def test_meek_agrees_with_handling_every_ballot(ballots, seats) -> None:
    try:
        expected = by_hand.meek(ballots, NAMES, seats)
    except by_hand.HasTie:
        assume(False)

    result = counted(of_strict(ballots), Method.MEEK_STV, seats)
    assert set(result.elected) == expected


@JUDGED
@given(MANY_VOTERS)
def test_instant_runoff_agrees_with_the_judge(ballots) -> None:
    try:
        expected = by_hand.runoff(ballots, NAMES)
    except by_hand.HasTie:
        assume(False)

    assert counted(of_strict(ballots), Method.IRV, draw=tuple(NAMES)).elected == (expected,)


def test_instant_runoff_moves_whole_ballots() -> None:
    result = counted(election("4 A\n2 B>A\n2 C>B\n1 C"), Method.IRV)

    assert [(stage.action, dict(stage.totals), stage.exhausted) for stage in result.stages] == [
        (Action.FIRST_PREFERENCES, {"A": 4, "B": 2, "C": 3}, 0),
        (Action.EXCLUSION, {"A": 6, "B": 0, "C": 3}, 0),
    ]
    assert result.stages[1].events[1] == Transferred("B", "A", 2, 2)


def test_meek_gives_votes_that_run_out_back_to_all() -> None:
    # A keeps a share; ballots for A alone run out, and the quota falls with them.
    result = counted(election("10 A\n6 A>B\n5 B\n4 C>B\n3 D"), Method.MEEK_STV, 2)

    assert result.elected == ("A", "B")
    assert result.stages[0].quota == 9_333_333_334
    assert result.quota < result.stages[0].quota
    assert all(sum(stage.totals.values()) + stage.exhausted == 28 * 10**9 for stage in result.stages)


def test_plurality_takes_as_many_as_there_are_seats() -> None:
    result = counted(TENNESSEE, Method.PLURALITY, 3)

    assert result.elected == ("Memphis", "Nashville", "Knoxville")
    assert result.order == (("Memphis",), ("Nashville",), ("Knoxville",), ("Chattanooga",))


def test_approval_counts_who_is_named() -> None:
    named = counted(election("3 A>B\n2 B>C\n2 C"), Method.APPROVAL)
    marked = counted(scores([((1, 1, 0), 3), ((0, 1, 1), 2), ((-1, -1, 1), 2)], "ABC"), Method.APPROVAL)

    assert named.stages[0].totals == marked.stages[0].totals == {"A": 3, "B": 5, "C": 4}
    assert marked.elected == ("B",)


def test_approval_refuses_other_numbers() -> None:
    with pytest.raises(Refused) as refused:
        counted(scores([((1, 2), 1)], "AB"), Method.APPROVAL)

    assert refused.value.code == "not_approvals"


def test_score_adds_up_and_no_opinion_adds_nothing() -> None:
    result = counted(scores([((5, 0, 3), 2), ((-1, 4, 4), 3)], "ABC"), Method.SCORE, 2)

    assert result.stages[0].totals == {"A": 10, "B": 12, "C": 18}
    assert result.elected == ("C", "B")


@pytest.mark.parametrize("method", [Method.SCORE, Method.STAR])
def test_scores_need_numbers_of_which_the_higher_is_better(method) -> None:
    with pytest.raises(Refused) as refused:
        counted(TENNESSEE, method)

    assert refused.value.code == "no_scores"


def test_star_lets_the_two_highest_run_off() -> None:
    # A has the highest total, and most prefer B to A.
    result = counted(scores([((5, 0, 0), 4), ((2, 3, 1), 5)], "ABC"), Method.STAR)

    assert [dict(stage.totals) for stage in result.stages] == [
        {"A": 30, "B": 15, "C": 5}, {"A": 4, "B": 5, "C": 0},
    ]  # fmt: skip
    assert result.elected == ("B",)


def test_star_breaks_ties_in_its_own_order() -> None:
    equal_runoff = counted(scores([((5, 1, 0), 2), ((2, 3, 0), 2)], "ABC"), Method.STAR)
    equal_second = counted(scores([((5, 2, 1), 2), ((5, 0, 1), 2), ((5, 3, 3), 1)], "ABC"), Method.STAR)

    assert equal_runoff.ties == (Tie(("A", "B"), About.SEAT, By.TOTAL, "A", 2),)
    assert equal_second.ties == (Tie(("B", "C"), About.RUNOFF, By.NO_DIFFERENCE, "B", 2),)
    assert equal_second.elected == ("A",)


def test_star_fills_several_seats_one_after_the_other() -> None:
    result = counted(scores([((5, 4, 0), 6), ((0, 1, 5), 5)], "ABC"), Method.STAR, 2)

    assert result.elected == ("A", "B")
    assert [stage.action for stage in result.stages] == [Action.SCORES, Action.RUNOFF, Action.RUNOFF]


@pytest.mark.parametrize("method", [Method.IRV, Method.MEEK_STV, Method.PLURALITY])
def test_equal_preferences_are_refused_where_no_rule_is_for_them(method) -> None:
    with pytest.raises(Refused) as refused:
        counted(election("1 A=B>C"), method)

    assert refused.value.code == "equal_preferences"


def test_instant_runoff_fills_one_seat() -> None:
    with pytest.raises(Refused) as refused:
        counted(TENNESSEE, Method.IRV, 2)

    assert refused.value.code == "one_seat"


@pytest.mark.parametrize("method", RANKED)
def test_election_without_any_preference_elects_by_the_draw(method) -> None:
    result = counted(election("3", candidates="ABC"), method, draw="BCA")

    assert result.elected == ("B",)
    assert result.ballots == 3


def shuffled(ballots: Ballots, chance: random.Random) -> Ballots:
    """The same ballots in another order, split, with the candidates in another order."""
    rows = [
        (tuple(column[row] for column in ballots.columns), ballots.gaps[row], weight)
        for row, weight in enumerate(ballots.weights)
    ]
    rows = [part for row, gap, weight in rows for part in ((row, gap, 1), (row, gap, weight - 1)) if part[2]]
    chance.shuffle(rows)
    order = chance.sample(range(len(ballots.candidates)), len(ballots.candidates))
    return Ballots(
        candidates=tuple(ballots.candidates[c] for c in order),
        columns=tuple(bytes(row[c] for row, _, _ in rows) for c in order),
        weights=tuple(weight for _, _, weight in rows),
        gaps=bytes(gap for _, gap, _ in rows),
        direction=ballots.direction,
    )


@settings(max_examples=30)
@given(strict_ballots(), st.sampled_from(RANKED), st.integers(1, 3), st.randoms(use_true_random=False))
def test_no_order_of_ballots_or_candidates_matters(ballots, method, seats, chance) -> None:
    ballots = of_strict(ballots)
    seats = 1 if METHODS[method].one_seat else seats

    one = counted(ballots, method, seats)
    other = counted(shuffled(ballots, chance), method, seats)

    assert (one.elected, one.order, one.ties, one.quota) == (other.elected, other.order, other.ties, other.quota)
    assert [(s.subject, dict(s.totals), s.exhausted) for s in one.stages] == [
        (s.subject, dict(s.totals), s.exhausted) for s in other.stages
    ]


@settings(max_examples=60)
@given(strict_ballots(), st.sampled_from(RANKED), st.integers(1, 4))
def test_seats_are_filled_and_votes_are_kept(ballots, method, seats) -> None:
    seats = 1 if METHODS[method].one_seat else seats
    result = counted(of_strict(ballots), method, seats, seed="s")

    assert len(result.elected) == len(set(result.elected)) == seats
    assert sorted(name for group in result.order for name in group) == list(NAMES)
    if method in (Method.SCOTTISH_STV, Method.MEEK_STV, Method.IRV):
        valid = (result.ballots - result.invalid) * 10**result.decimals
        assert all(sum(s.totals.values()) + s.exhausted + s.lost == valid for s in result.stages)
        gone = [event.name for stage in result.stages for event in stage.events if isinstance(event, Excluded)]
        assert not set(gone) & set(result.elected)


@settings(max_examples=60)
@given(strict_ballots(), st.sampled_from([Method.SCOTTISH_STV, Method.MEEK_STV, Method.IRV, *PAIRWISE]))
def test_majority_of_first_preferences_wins(ballots, method) -> None:
    first = {name: sum(weight for order, weight in ballots if order[:1] == (name,)) for name in NAMES}
    ahead = [name for name in NAMES if first[name] * 2 > sum(first.values())]
    assume(ahead)
    full = [((*order, *(n for n in NAMES if n not in order)) if order else (), weight) for order, weight in ballots]

    assert counted(of_strict(full), method, seed="s").elected == (ahead[0],)


@settings(max_examples=60)
@given(strict_ballots(), st.sampled_from(PAIRWISE))
def test_who_wins_against_everybody_is_elected(ballots, method) -> None:
    winner = by_hand.condorcet_winner(ballots, NAMES)
    assume(winner is not None)

    assert counted(of_strict(ballots), method, seed="s").elected == (winner,)


@settings(max_examples=60)
@given(strict_ballots(), st.sampled_from([*PAIRWISE, Method.PLURALITY, Method.APPROVAL]), st.integers(0, 8))
def test_moving_the_winner_up_on_a_ballot_does_not_cost_the_seat(ballots, method, number) -> None:
    full = [((*order, *(n for n in NAMES if n not in order)), weight) for order, weight in ballots]
    before = count(of_strict(full), Rules(method, 1, draw=tuple(NAMES)))
    winner = before.elected[0]
    order, weight = full[number % len(full)]
    full[number % len(full)] = ((winner, *(name for name in order if name != winner)), weight)

    assert count(of_strict(full), Rules(method, 1, draw=tuple(NAMES))).elected == (winner,)


def test_instant_runoff_is_not_monotone() -> None:
    before = election("39 A>B>C\n35 B>C>A\n26 C>A>B")
    after = election("49 A>B>C\n25 B>C>A\n26 C>A>B")

    assert counted(before, Method.IRV).elected == ("A",)
    assert counted(after, Method.IRV).elected == ("C",)
