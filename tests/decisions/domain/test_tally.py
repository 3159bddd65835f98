"""Counting positions by the terms of a vote."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.decisions.domain.amounts import HALF, TWO_THIRDS, Of
from folkmoot.decisions.domain.tally import Counts, Result, Value, Voice, tally
from folkmoot.decisions.domain.thresholds import Quorum, VotingTerms

OF_ALL = VotingTerms(of=Of.VOTERS)
VALUES = st.sampled_from([None, *Value])
VOICES = st.lists(st.builds(Voice, st.booleans(), st.booleans(), VALUES), max_size=9)
SHARES = st.builds(lambda a, b: Fraction(min(a, b), max(a, b)), st.integers(1, 9), st.integers(1, 9))
TERMS = st.builds(
    VotingTerms,
    threshold=SHARES,
    more=st.booleans(),
    of=st.sampled_from(Of),
    quorum=st.builds(Quorum, share=SHARES, of_leaders=st.booleans()) | st.builds(Quorum, count=st.integers(1, 9)),
)
ORDER = [Result.NO_QUORUM, Result.BLOCKED, Result.FAILED, Result.CARRIED]


def voices(approve=0, decline=0, block=0, abstain=0, absent=0, silent=0) -> list[Voice]:
    numbers = {
        Value.APPROVE: approve, Value.DECLINE: decline, Value.BLOCK: block,
        Value.ABSTAIN: abstain, Value.ABSENT: absent, None: silent,
    }  # fmt: skip
    return [Voice(True, value=value) for value, number in numbers.items() for _ in range(number)]


def test_majority_of_all_voting_members() -> None:
    counted = tally(voices(approve=4, silent=3), OF_ALL)

    assert (counted.result, counted.needed, counted.base) == (Result.CARRIED, 4, 7)
    assert tally(voices(approve=3, abstain=1, silent=3), OF_ALL).result == Result.FAILED


def test_majority_of_votes_cast_leaves_abstentions_out() -> None:
    counted = tally(voices(approve=2, decline=1, abstain=4), VotingTerms())

    assert (counted.result, counted.needed, counted.base, counted.quorum_there) == (Result.CARRIED, 2, 3, 7)
    assert tally(voices(approve=2, decline=1, abstain=4), VotingTerms(of=Of.PRESENT)).result == Result.FAILED


def test_tie_does_not_carry() -> None:
    assert tally(voices(approve=2, decline=2), VotingTerms()).result == Result.FAILED


def test_two_thirds_are_exact() -> None:
    terms = VotingTerms(threshold=TWO_THIRDS, more=False)

    assert tally(voices(approve=6, decline=3), terms).result == Result.CARRIED
    assert tally(voices(approve=5, decline=3), terms).result == Result.FAILED


def test_quorum_fails_and_says_how_many_are_missing() -> None:
    counted = tally(voices(approve=2, absent=1, silent=4), VotingTerms())

    assert (counted.result, counted.quorum_needed, counted.quorum_missing) == (Result.NO_QUORUM, 4, 2)


def test_quorum_of_those_who_lead() -> None:
    terms = VotingTerms(quorum=Quorum(share=HALF, of_leaders=True))
    leaders = [Voice(True, leads=True), Voice(True, leads=True, value=Value.ABSENT)]

    assert tally([*leaders, *voices(approve=5)], terms).result == Result.NO_QUORUM
    assert tally([*leaders, Voice(True, True, Value.APPROVE), *voices(approve=2)], terms).quorum_needed == 2


def test_block_stands_in_the_way_and_advice_does_not() -> None:
    assert tally(voices(approve=6, block=1), VotingTerms()).result == Result.BLOCKED
    counted = tally(
        [*voices(approve=1), Voice(False, value=Value.BLOCK), Voice(False, value=Value.DECLINE)], VotingTerms()
    )
    assert counted.result == Result.CARRIED
    assert counted.advisory == Counts(decline=1, block=1)


def test_everybody_spoke_once_nobody_is_silent() -> None:
    assert tally(voices(approve=1, absent=1), VotingTerms()).everybody_spoke
    assert not tally(voices(approve=1, silent=1), VotingTerms()).everybody_spoke


def test_only_abstentions_carry_nothing() -> None:
    assert tally(voices(abstain=5), VotingTerms()).result == Result.FAILED


@given(VOICES, TERMS, st.data())
def test_another_approval_never_makes_it_worse(given_voices, terms, data) -> None:
    before = tally(given_voices, terms).result
    place = data.draw(st.integers(0, len(given_voices) - 1)) if given_voices else None
    if place is None:
        return
    was = given_voices[place]

    after = tally(
        [*given_voices[:place], Voice(was.binding, was.leads, Value.APPROVE), *given_voices[place + 1 :]], terms
    ).result

    assert ORDER.index(after) >= ORDER.index(before)


@given(VOICES, TERMS, st.booleans(), VALUES)
def test_advice_changes_nothing(given_voices, terms, leads, value) -> None:
    assert tally([*given_voices, Voice(False, leads, value)], terms).result == tally(given_voices, terms).result


@given(VOICES, st.integers(0, 5))
def test_abstentions_never_hurt_where_votes_cast_count(given_voices, more) -> None:
    terms = VotingTerms(quorum=Quorum(count=1))
    before = tally(given_voices, terms)

    after = tally([*given_voices, *voices(abstain=more)], terms)

    assert (after.base, after.needed) == (before.base, before.needed)
    assert ORDER.index(after.result) >= ORDER.index(before.result)


@given(VOICES, TERMS)
def test_every_voice_is_counted_once_and_carried_means_enough(given_voices, terms) -> None:
    counted = tally(given_voices, terms)

    assert counted.binding.voters + counted.advisory.voters == len(given_voices)
    assert (counted.result == Result.CARRIED) == (
        counted.is_quorate and not counted.binding.block and counted.binding.approve >= counted.needed
    )
    assert counted.needed >= 1
