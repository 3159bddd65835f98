"""What of the ballots is published: never a ranking that fewer than so many gave."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.governance.domain.counting.files import read_ballots
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.found import ballots_of, written
from folkmoot.governance.domain.publishing import (
    FEWEST,
    Shown,
    Warn,
    patterns_of,
    possible_rankings,
    publication,
    warnings_for,
)

NAMES = ("Ana", "Ben", "Cleo", "Dan")
RANKINGS = st.lists(st.tuples(*[st.integers(0, 4)] * 4), max_size=25)
COMMON = [[1, 2, 3, 0]] * 6 + [[2, 1, 0, 0]] * 5


def of(rankings, method=Method.SCOTTISH_STV):
    return ballots_of(rankings, NAMES, method)


@settings(max_examples=60, deadline=None)
@given(RANKINGS, st.sampled_from([Method.SCOTTISH_STV, Method.STAR]), st.integers(2, 6))
def test_every_published_ranking_was_given_often_and_none_is_lost(rankings, method, fewest) -> None:
    ballots = of(rankings, method)

    found = publication(ballots, fewest=fewest)

    if found.ballots is None:
        assert (found.shown, found.shortened) == (Shown.WITHHELD, len(rankings))
        assert 0 < len(rankings) < fewest
        return
    read = read_ballots(written(found.ballots, 1))
    assert patterns_of(read) == patterns_of(found.ballots)
    assert all(weight >= fewest for weight in patterns_of(read).values())
    assert read.total == len(rankings)
    beginnings = {pattern[:length] for pattern in patterns_of(ballots) for length in range(len(pattern) + 1)}
    assert set(patterns_of(read)) <= beginnings
    assert (found.shown is Shown.WHOLE) == (found.shortened == 0)


@settings(max_examples=30, deadline=None)
@given(RANKINGS)
def test_all_are_published_where_that_was_decided_before(rankings) -> None:
    ballots = of(rankings)

    found = publication(ballots, publishes_all=True)

    assert (found.shown, found.ballots, found.shortened) == (Shown.WHOLE, ballots, 0)


def test_rare_rankings_lose_their_ends_until_enough_agree() -> None:
    found = publication(of([*COMMON, *[[1, 2, 4, 3]] * 3, *[[1, 2, 0, 3]] * 3, [1, 0, 0, 0]]))

    assert (found.shown, found.shortened) == (Shown.SHORTENED, 9)
    assert patterns_of(found.ballots) == patterns_of(of([*COMMON[:6], *[[1, 2, 0, 3]] * 6, *[[0, 0, 0, 0]] * 6]))


def test_a_lone_first_choice_takes_the_rarest_others_with_it() -> None:
    found = publication(of([*COMMON, [0, 0, 0, 1]]))

    assert patterns_of(found.ballots) == patterns_of(of([*COMMON[:6], *[[0, 0, 0, 0]] * 6]))


def test_rankings_that_differ_in_a_number_left_out_are_two() -> None:
    found = publication(of([*[[1, 2, 0, 0]] * 5, [1, 3, 0, 0]]))

    assert (found.shown, found.shortened) == (Shown.SHORTENED, 6)
    assert patterns_of(found.ballots) == patterns_of(of([[0, 0, 0, 0]] * 6))


def test_answers_to_a_question_are_told_by_their_totals_in_any_case() -> None:
    answers, unclear = [[0, 1, 0, 0], *[[1, 0, 0, 0]] * 3], [1, 1, 0, 0]

    assert publication(of(answers), is_question=True).shown is Shown.WHOLE
    assert publication(of([*answers, unclear]), is_question=True).shown is Shown.SHORTENED


def test_what_gives_voters_away_is_warned_of() -> None:
    same, few = of([[1, 2, 3, 4]] * FEWEST), of([[1, 2, 3, 4], [2, 1, 3, 4]])

    assert warnings_for(same) == (Warn.SAME,)
    assert warnings_for(few) == (Warn.FEW,)
    assert warnings_for(of([*COMMON, [4, 3, 2, 1]]), publishes_all=True) == (Warn.SIGNATURES,)
    assert warnings_for(of(COMMON)) == warnings_for(of([])) == ()
    assert possible_rankings(7) == 13_699


def test_of_a_ranking_that_many_gave_some_are_shortened_beside_a_lone_one() -> None:
    found = publication(of([*[[1, 2, 3, 0]] * 12, [0, 0, 0, 1]]))

    assert (found.shown, found.shortened) == (Shown.SHORTENED, 5)
    assert patterns_of(found.ballots) == patterns_of(of([*[[1, 2, 3, 0]] * 8, *[[0, 0, 0, 0]] * 5]))
