"""What is told from a record: checks, the story, JSON, and what else would have been."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.governance.domain.counting.checking import check
from folkmoot.governance.domain.counting.methods import METHODS, Method, Rules, count
from folkmoot.governance.domain.counting.others import Change, Other, others
from folkmoot.governance.domain.counting.record import Cap, Elected, Result, Stage, Transferred
from folkmoot.governance.domain.counting.story import exact, number, story
from folkmoot.governance.domain.counting.written import others_to_json, to_json
from tests.governance.domain.counting.elections import (
    TENNESSEE,
    counted,
    election,
    of_strict,
    scores,
    strict_ballots,
)

COMMITTEE = election("7 A>B\n2 A>C\n4 B\n3 C\n1 D>C")


@settings(max_examples=80)
@given(
    strict_ballots(),
    st.sampled_from(sorted(set(Method) - {Method.SCORE, Method.STAR, Method.YES_NO})),
    st.integers(1, 4),
)
def test_right_record_has_nothing_to_find(ballots, method, seats) -> None:
    result = counted(of_strict(ballots), method, 1 if METHODS[method].one_seat else seats, seed="s")

    assert check(result) == []
    assert len(story(result)) == len(result.stages) + 2


def changed(result: Result, place: int, **changes) -> Result:
    stages = list(result.stages)
    stages[place] = replace(stages[place], **changes)
    return replace(result, stages=tuple(stages))


def without(stage: Stage, kind: type) -> tuple:
    return tuple(event for event in stage.events if not isinstance(event, kind))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda r: replace(r, seats=1), "More are elected than there are seats."),
        (lambda r: replace(r, quota=500_000), "The quota is wrong."),
        (lambda r: replace(r, elected=("A", "C")), "Those who are elected are not those whom the stages elected."),
        (lambda r: replace(r, withdrawn=("B",)), "B is elected and cannot be."),
        (lambda r: changed(r, 1, lost=4), "Stage 2 does not keep the number of votes."),
        (
            lambda r: changed(r, 1, totals={**r.stages[1].totals, "B": 633_332}),
            "Stage 2 gives B other votes than were transferred.",
        ),
        (
            lambda r: changed(r, 1, totals={**r.stages[1].totals, "A": 600_001}),
            "Stage 2 does not leave A the quota.",
        ),
        (lambda r: changed(r, 1, exhausted=1), "Stage 2 has other exhausted votes than were transferred."),
        (lambda r: changed(r, 1, subject="D"), "Stage 2 does not transfer the largest surplus."),
        (
            lambda r: changed(r, 1, events=without(r.stages[1], Transferred)),
            "Stage 2 gives B other votes than were transferred.",
        ),
        (
            lambda r: changed(r, 0, events=(*r.stages[0].events, Elected("C", 300_000, r.stages[0].events[0].why))),
            "Stage 1 elects C, who does not have the quota.",
        ),
    ],
)
def test_wrong_record_is_found_out(change, found) -> None:
    result = counted(COMMITTEE, Method.SCOTTISH_STV, 2)

    assert check(result) == []
    assert found in check(change(result))


def test_wrong_exclusion_is_found_out() -> None:
    result = counted(election("9 A\n6 B>A\n5 C>B\n2 D"), Method.IRV)

    assert check(result) == []
    assert "Stage 2 excludes D, though B had fewer votes." in check(
        changed(result, 0, totals={"A": 9, "B": 1, "C": 5, "D": 7})
    )
    assert "Stage 3 excludes C, who does not stand any more." in check(
        changed(result, 1, events=(*result.stages[1].events, *result.stages[2].events))
    )


@pytest.mark.parametrize("method", [Method.SCHULZE, Method.RANKED_PAIRS])
def test_order_is_checked_from_the_pairs(method) -> None:
    result = counted(TENNESSEE, method)

    assert check(replace(result, order=result.order[::-1])) == ["The order does not follow from the pairs."]


def test_story_of_a_surplus() -> None:
    assert story(counted(COMMITTEE, Method.SCOTTISH_STV, 2)) == [
        "Scottish STV for 2 seats: 17 ballots. Who has 6 votes, the quota, is elected.",
        "First preferences: A 9, B 4, C 3, D 1. A reached the quota.",
        "A had 3 more than needed; those 3 went on: 2.33331 to B, 0.66666 to C. B reached the quota.",
        "A and B are elected.",
    ]


def test_story_of_an_exclusion_a_cap_and_a_tie() -> None:
    cap = Cap(1, {"A": "Harbour", "B": "Harbour"})
    ballots = election("9 A>B>D\n4 B>C\n3 C\n3 D")

    told = story(counted(ballots.without(["D"]), Method.SCOTTISH_STV, 2, cap=cap, terms=(2, 1)))
    tied = story(counted(election("2 A\n2 B\n1 C"), Method.PLURALITY))

    assert told == [
        "Scottish STV for 2 seats: 19 ballots, of which 3 could not be counted. Who has 6 votes, the quota, is "
        "elected. Withdrawn, and as if never there: D.",
        "First preferences: A 9, B 4, C 3. A reached the quota. C took the seat that was left. "
        "B is kept out: as many of Harbour as may have a seat have one.",
        "A and C are elected. Terms: A 2 years, C 1 year.",
    ]
    assert tied[-1] == "A and B are equal for a seat, and no rule was given to decide. Nobody is elected."


def test_story_of_pairs_and_of_a_runoff() -> None:
    assert story(counted(TENNESSEE, Method.SCHULZE))[1] == (
        "In order: Nashville; Chattanooga; Knoxville; Memphis. Nashville against Chattanooga: 68 to 32. "
        "Chattanooga against Knoxville: 83 to 17. Knoxville against Memphis: 58 to 42."
    )
    assert story(counted(scores([((5, 0), 4), ((2, 3), 5)], "AB"), Method.STAR))[1:] == [
        "Totals: A 30, B 15.",
        "Run-off, B against A: 5 to 4. B won.",
        "B is elected.",
    ]


def test_votes_are_written_exactly_and_read_easily() -> None:
    assert [exact(units, 5) for units in (0, 1_234 * 10**5, 7, -12)] == ["0.00000", "1234.00000", "0.00007", "-0.00012"]
    assert [number(units, 5) for units in (0, 4_000_000, 4_050_000)] == ["0", "40", "40.5"]
    assert (exact(30, 0), number(30, 0)) == ("30", "30")


def test_json_has_its_keys() -> None:
    cap = Cap(1, {"A": "Harbour", "B": "Harbour"})
    data = to_json(counted(COMMITTEE, Method.SCOTTISH_STV, 2, terms=(2, 1), cap=cap))

    assert {key: data[key] for key in ("method", "seats", "ballots", "quota", "direction", "elected", "terms")} == {
        "method": "scottish-stv", "seats": 2, "ballots": 17, "quota": 6, "direction": "listed-in-order",
        "elected": ["A", "C"], "terms": {"A": 2, "C": 1},
    }  # fmt: skip
    assert data["candidates"] == ["A", "B", "C", "D"]
    assert data["displaced"] == [
        {"name": "B", "reason": "As many of Harbour as may have a seat have one.", "affiliation": "Harbour"}
    ]
    assert data["stages"][1] == {
        "number": 2, "action": "exclusion", "subject": "B",
        "totals": {"A": "9.00000", "B": "0.00000", "C": "3.00000", "D": "1.00000"},
        "elected": [], "excluded": ["B"], "exhausted": "4.00000", "lost": "0.00000", "quota": "6.00000",
        "transfers": [{"from": "B", "to": None, "ballots": 4, "votes": "4.00000"}],
        "events": [
            {"event": "excluded", "name": "B", "votes": "4.00000"},
            {"event": "transferred", "from": "B", "to": None, "ballots": 4, "votes": "4.00000"},
        ],
    }  # fmt: skip


def test_other_methods_are_told_apart_from_the_result() -> None:
    rules = Rules(Method.PLURALITY, 1)
    found = others(TENNESSEE, rules, count(TENNESSEE, rules))

    assert [(other.method.value, other.elected, other.differs) for other in found if not other.refused] == [
        ("scottish-stv", ("Knoxville",), True),
        ("meek-stv", ("Knoxville",), True),
        ("irv", ("Knoxville",), True),
        ("schulze", ("Nashville",), True),
        ("ranked-pairs", ("Nashville",), True),
        ("approval", (), False),
        ("plurality", ("Memphis", "Nashville"), False),
    ]
    assert {other.method.value for other in found if other.refused} == {"score", "star"}


def test_ranking_last_whom_ballots_leave_out_may_elect_others() -> None:
    ballots = election("3 A>B\n2 B\n2 B>C\n4 C>B\n1 C>A")
    rules = Rules(Method.SCHULZE, 1)
    result = count(ballots, rules)

    found = [other for other in others(ballots, rules, result) if other.change is Change.UNRANKED_LAST]

    assert result.elected == ("C",)
    assert found == [Other(Change.UNRANKED_LAST, Method.SCHULZE, 1, ("B",), ("B",), ("C",))]
    assert others_to_json(found)[0]["differs"] is True
