"""Yes, no or abstain: quorum, thresholds, and of whom."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from folkmoot.decisions.domain.amounts import Of
from folkmoot.decisions.domain.tally import Result as Outcome
from folkmoot.decisions.domain.thresholds import Quorum
from folkmoot.governance.domain.counting.checking import check
from folkmoot.governance.domain.counting.methods import Method
from folkmoot.governance.domain.counting.record import Asked, Verdict
from folkmoot.governance.domain.counting.story import story
from folkmoot.governance.domain.counting.yes_no import amount, quorum_of
from folkmoot.kit.errors import Refused
from tests.governance.domain.counting.elections import counted, election

QUESTION = election("6 Yes\n3 No\n3 Abstain\n1 Yes=No\n1 Yes>No\n1", candidates=["Yes", "No", "Abstain"])
TWO_THIRDS = Fraction(2, 3)


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        (Asked(), Verdict(Outcome.CARRIED, 6, 9, 5, 12, 0)),
        (Asked(TWO_THIRDS, more=False), Verdict(Outcome.CARRIED, 6, 9, 6, 12, 0)),
        (Asked(TWO_THIRDS), Verdict(Outcome.FAILED, 6, 9, 7, 12, 0)),
        (Asked(of=Of.PRESENT), Verdict(Outcome.FAILED, 6, 12, 7, 12, 0)),
        (Asked(of=Of.VOTERS, members=20), Verdict(Outcome.FAILED, 6, 20, 11, 12, 0)),
        (Asked(quorum=Quorum(share=TWO_THIRDS), members=20), Verdict(Outcome.NO_QUORUM, 6, 9, 5, 12, 14)),
        (Asked(quorum=Quorum(count=12)), Verdict(Outcome.CARRIED, 6, 9, 5, 12, 12)),
    ],
)
def test_question_is_decided_by_what_it_needs(asked, verdict) -> None:
    result = counted(QUESTION, Method.YES_NO, asked=asked)

    assert result.verdict == verdict
    assert result.elected == ("Yes" if verdict.result is Outcome.CARRIED else "No",)
    assert (result.ballots, result.invalid, result.ties, check(result)) == (15, 3, (), [])


def test_question_is_told_in_a_sentence() -> None:
    carried = counted(QUESTION, Method.YES_NO)
    few = counted(QUESTION, Method.YES_NO, asked=Asked(quorum=Quorum(count=13)))

    assert story(carried) == [
        "Yes or no: 15 ballots, of which 3 could not be counted.",
        "Totals: Yes 6, Abstain 3, No 3.",
        "Carried: 6 of 9 said yes, and 5 had to.",
    ]
    assert story(few)[-1] == "12 took part, and 13 had to: not carried."


def test_wrong_answer_to_a_question_is_found_out() -> None:
    result = counted(QUESTION, Method.YES_NO)
    assert result.verdict is not None

    assert check(replace(result, verdict=replace(result.verdict, yes=7))) == ["The answers are not those of the stage."]
    assert check(replace(result, verdict=replace(result.verdict, needed=7))) == [
        "What became of the question does not follow from the answers."
    ]


@pytest.mark.parametrize(
    ("ballots", "asked", "code"),
    [
        (election("1 Ana>Ben"), Asked(), "no_question"),
        (QUESTION, Asked(of=Of.VOTERS), "no_members"),
        (QUESTION, Asked(members=11), "too_many_answers"),
        (QUESTION.without(["Abstain"]), Asked(), "no_election"),
    ],
)
def test_what_is_no_question_is_refused(ballots, asked, code) -> None:
    with pytest.raises(Refused) as refused:
        counted(ballots, Method.YES_NO, asked=asked)

    assert refused.value.code == code


def test_shares_are_read_exactly() -> None:
    assert amount("2/3") == (TWO_THIRDS, False)
    assert amount("> 50%") == (Fraction(1, 2), True)
    assert amount("66.6 %") == (Fraction(333, 500), False)
    assert quorum_of("12") == Quorum(count=12)
    assert quorum_of(">1/2") == Quorum(share=Fraction(1, 2), more=True)
    for wrong in ("", "3/2", "2/0", "half", "1e3%", "-1/2", "٣%"):
        with pytest.raises(Refused):
            amount(wrong)
