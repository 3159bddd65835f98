"""Caps of affiliations, seats of different length, empty seats: inside the count."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.governance.domain.counting.checking import check
from folkmoot.governance.domain.counting.methods import METHODS, Method, Rules, count
from folkmoot.governance.domain.counting.record import Cap, Displaced, Excluded, Guarded
from folkmoot.governance.domain.counting.ties import About, By, Tie
from folkmoot.governance.domain.counting.vacancies import fill_vacancies
from folkmoot.kit.errors import Refused
from tests.governance.domain.counting.elections import (
    NAMES,
    PAIRWISE,
    STV,
    counted,
    election,
    of_strict,
    strict_ballots,
)

VOTE = 100_000
HARBOUR = Cap(1, {"A": "Harbour", "B": "Harbour", "C": "Lighthouse"})


def test_others_of_a_full_affiliation_go_out_next() -> None:
    # A takes Harbour's only seat. B goes out before A's surplus moves, so that it goes to others.
    result = counted(election("9 A>B>D\n4 B>C\n4 C\n4 D"), Method.SCOTTISH_STV, 2, cap=HARBOUR)

    assert [(stage.action.value, stage.subject) for stage in result.stages] == [
        ("first_preferences", None), ("exclusion", "B"),
    ]  # fmt: skip
    assert result.elected == ("A", "C")
    assert result.displaced == (Displaced("B", "Harbour", 4 * VOTE),)


def test_of_too_many_at_once_those_with_most_votes_stay() -> None:
    result = counted(election("9 A>D\n8 B>D\n4 C\n2 D"), Method.SCOTTISH_STV, 2, cap=HARBOUR)

    assert result.stages[0].elected == ("A",)
    assert result.displaced == (Displaced("B", "Harbour", 8 * VOTE),)
    assert result.elected == ("A", "D")
    assert result.stages[1].subject == "B"


def test_equal_ones_of_whom_one_may_stay_are_a_tie() -> None:
    ballots = election("9 A>C\n9 B>D\n4 C\n4 D")

    open_count = counted(ballots, Method.SCOTTISH_STV, 2, cap=HARBOUR)
    drawn = counted(ballots, Method.SCOTTISH_STV, 2, cap=HARBOUR, draw=("B", "A", "C", "D"))

    assert open_count.open_tie == Tie(("A", "B"), About.SEAT, None, None, 1)
    assert drawn.elected == ("B", "C")


@pytest.mark.parametrize("method", PAIRWISE)
def test_next_in_order_takes_the_seat(method) -> None:
    result = counted(election("5 A>B>C>D\n1 D>C>B>A"), method, 2, cap=HARBOUR)

    assert result.order == (("A",), ("B",), ("C",), ("D",))
    assert result.elected == ("A", "C")
    assert [event.name for event in result.displaced] == ["B"]


def test_below_the_last_seat_nobody_is_displaced() -> None:
    result = counted(election("5 A>C>B>D"), Method.SCHULZE, 2, cap=HARBOUR)

    assert result.elected == ("A", "C")
    assert result.displaced == ()


def test_seats_stay_empty_where_the_cap_leaves_nobody() -> None:
    result = counted(election("5 A\n4 B"), Method.SCOTTISH_STV, 2, cap=HARBOUR)

    assert result.elected == ("A",)
    assert [event.name for event in result.displaced] == ["B"]


def test_nobody_goes_out_without_whom_a_seat_would_stay_empty() -> None:
    # Only one of Harbour's four can have a seat, so Cleo has the other one, with the fewest votes of all.
    cap = Cap(1, dict.fromkeys(("Ana", "Ben", "Dan", "Eve"), "Harbour"))
    ballots = election("5 Ana\n4 Ben\n3 Dan\n2 Eve\n1 Cleo")

    result = counted(ballots, Method.SCOTTISH_STV, 2, cap=cap)

    assert result.elected == ("Ana", "Cleo")
    assert result.stages[1].events[:2] == (Guarded("Cleo", VOTE), Excluded("Eve", 2 * VOTE))
    assert check(result) == []


@settings(max_examples=80)
@given(
    strict_ballots(),
    st.sampled_from(sorted(set(Method) - {Method.SCORE, Method.STAR, Method.IRV, Method.YES_NO})),
    st.integers(1, 4),
    st.integers(1, 2),
    st.lists(st.sampled_from(["X", "Y", ""]), min_size=5, max_size=5),
)
def test_no_affiliation_has_more_than_it_may(ballots, method, seats, most, affiliations) -> None:
    cap = Cap(most, {name: own for name, own in zip(NAMES, affiliations, strict=True) if own})
    result = counted(of_strict(ballots), method, seats, cap=cap, seed="s")

    held = [cap.affiliations.get(name) for name in result.elected]
    possible = sum(min(most, affiliations.count(own)) for own in "XY") + affiliations.count("")
    assert all(held.count(own) <= most for own in "XY")
    assert len(result.elected) == min(seats, possible)
    assert not {event.name for event in result.displaced} & set(result.elected)
    assert check(result) == []


def test_first_elected_have_the_longer_terms() -> None:
    result = counted(election("5 A>C\n4 B\n4 C"), Method.SCOTTISH_STV, 3, terms=(2, 1, 1))

    assert result.terms == {"A": 2, "B": 1, "C": 1}
    assert result.ties == ()


def test_equals_at_the_edge_of_two_terms_are_a_tie() -> None:
    ballots = election("4 A\n4 B\n3 C")

    open_count = counted(ballots, Method.PLURALITY, 3, terms=(2, 1, 1))
    drawn = counted(ballots, Method.PLURALITY, 3, terms=(2, 1, 1), draw="CBA")

    assert open_count.open_tie == Tie(("A", "B"), About.TERM, None, None, 0)
    assert open_count.elected == ("A", "B", "C")
    assert open_count.terms == {}
    assert drawn.terms == {"B": 2, "A": 1, "C": 1}
    assert drawn.elected == ("B", "A", "C")
    assert drawn.ties[-1].resolved_by == By.DRAW


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"terms": (2, 1)}, "wrong_terms"),
        ({"draw": ("A",)}, "wrong_draw"),
        ({"cap": Cap(0, {"A": "X"})}, "wrong_cap"),
        ({"seats": 5}, "wrong_seats"),
    ],
)
def test_rules_that_do_not_fit_are_refused(rules, code) -> None:
    with pytest.raises(Refused) as refused:
        count(election("1 A>B>C"), Rules(**{"method": Method.SCOTTISH_STV, "seats": 3, **rules}))

    assert refused.value.code == code


@pytest.mark.parametrize("method", [*STV, *PAIRWISE, Method.PLURALITY, Method.APPROVAL])
def test_empty_seat_is_filled_from_the_same_ballots(method) -> None:
    ballots = election("9 A>D\n8 B>C\n6 C>B\n5 D>A\n1 E>D")
    rules = Rules(method, 3, terms=(3, 2, 1), seed="s")
    first = count(ballots, rules)
    leaving = first.elected[0]

    result = fill_vacancies(ballots, rules, first, [leaving])

    assert result.holders == first.elected[1:]
    assert len(result.elected) == 1
    assert not {leaving, *first.elected} & set(result.elected)
    assert result.terms == {result.elected[0]: 3}
    assert check(result) == []


def test_holders_are_not_excluded_though_they_have_fewest() -> None:
    # Without A, C has fewest first preferences; C keeps the seat, and D takes A's.
    ballots = election("9 A>C\n7 D\n6 B\n1 C")
    first = count(ballots, Rules(Method.SCOTTISH_STV, 3))
    result = fill_vacancies(ballots, Rules(Method.SCOTTISH_STV, 3), first, ["D"])

    assert first.elected == ("A", "D", "B")
    assert result.elected == ("C",)
    assert result.holders == ("A", "B")


@settings(max_examples=40)
@given(strict_ballots(), st.sampled_from([*STV, *PAIRWISE]), st.integers(2, 4), st.integers(0, 1))
def test_newcomers_fill_as_many_seats_as_are_empty(ballots, method, seats, number) -> None:
    rules = Rules(method, seats, seed="s")
    first = count(of_strict(ballots), rules)
    result = fill_vacancies(of_strict(ballots), rules, first, first.elected[: number + 1])

    assert len(result.elected) == min(number + 1, len(NAMES) - seats)
    assert not set(result.elected) & set(first.elected)
    assert check(result) == []


def test_only_who_was_elected_can_leave() -> None:
    ballots = election("5 A\n4 B")
    first = count(ballots, Rules(Method.PLURALITY, 1))

    with pytest.raises(Refused) as refused:
        fill_vacancies(ballots, Rules(Method.PLURALITY, 1), first, ["B"])

    assert refused.value.code == "not_elected"
    assert METHODS[Method.IRV].one_seat
