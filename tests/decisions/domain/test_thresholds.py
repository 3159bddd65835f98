"""What charters say of votes, sentence by sentence."""

from __future__ import annotations

from fractions import Fraction

import pytest

from folkmoot.decisions.domain.amounts import HALF, TWO_THIRDS, Of, base_of, read_sentence
from folkmoot.decisions.domain.franchise import RoleSaid, RoleVote, who_votes
from folkmoot.decisions.domain.thresholds import Quorum, Said, VotingTerms, least, voting_terms


def rule(text: str, rule: str = "majority", number: str = "", anchor: str = "") -> dict[str, str]:
    return {"text": text, "rule": rule, "number": number, "anchor": anchor}


@pytest.mark.parametrize(
    ("text", "kind", "share", "more", "of"),
    [
        ("Decisions are made by a simple majority of all voting members.", "majority", HALF, True, Of.VOTERS),
        ("Two thirds of the committee must approve.", "supermajority", TWO_THIRDS, False, Of.VOTERS),
        ("A motion passes with a majority of those voting.", "majority", HALF, True, Of.CAST),
        ("A motion passes by simple majority.", "majority", HALF, True, Of.CAST),
        ("Motions need 50% + 1 of the votes cast.", "majority", HALF, True, Of.CAST),
        ("More than half of the votes decide.", "majority", HALF, True, Of.CAST),
        ("At least half of the votes are in favour.", "majority", HALF, False, Of.CAST),
        ("Votes take a two-thirds (2/3) majority of members present.", "supermajority", TWO_THIRDS, False, Of.PRESENT),
        ("A 2/3 vote of members present and voting is needed.", "supermajority", TWO_THIRDS, False, Of.CAST),
        ("Decisions require a ¾ majority of the board.", "supermajority", Fraction(3, 4), False, Of.VOTERS),
        ("Three-quarters of participants must agree.", "supermajority", Fraction(3, 4), False, Of.VOTERS),
        ("Approval takes 60% of votes.", "supermajority", Fraction(3, 5), False, Of.CAST),
        ("Approval takes over 60 percent of the votes cast.", "supermajority", Fraction(3, 5), True, Of.CAST),
        ("Decisions pass with 66.67% of votes cast.", "supermajority", Fraction("66.67") / 100, False, Of.CAST),
        ("Decisions take a supermajority.", "supermajority", TWO_THIRDS, False, Of.CAST),
        ("Decisions must be unanimous.", "unanimity", Fraction(1), False, Of.CAST),
        ("Decisions need the unanimous consent of all members.", "unanimity", Fraction(1), False, Of.VOTERS),
        ("An absolute majority decides.", "majority", HALF, True, Of.VOTERS),
        ("If consensus fails, a majority vote of the managers decides.", "majority", HALF, True, Of.VOTERS),
        ("Four out of five voters must approve.", "supermajority", Fraction(4, 5), False, Of.VOTERS),
        ("A simple majority of the participants on the next call decides.", "majority", HALF, True, Of.PRESENT),
        ("Decisions are made by a majority of the seats that are held.", "majority", HALF, True, Of.VOTERS),
        ("A third of the votes in favour is enough.", "majority", Fraction(1, 3), False, Of.CAST),
    ],
)  # fmt: skip
def test_share_that_must_approve_is_read(text, kind, share, more, of) -> None:
    terms = voting_terms([rule(text, kind, "2.1", "decisions")])

    assert (terms.threshold, terms.more, terms.of) == (share, more, of)
    assert terms.threshold_said == Said(text, "2.1", "decisions")
    assert terms.quorum_said is None


@pytest.mark.parametrize(
    ("text", "kind", "quorum"),
    [
        ("A quorum of three is needed.", "quorum", Quorum(count=3)),
        ("The quorum is three (3) members.", "quorum", Quorum(count=3)),
        ("Quorum: At least 5 members.", "quorum", Quorum(count=5)),
        ("Quorum: Half of the voting members.", "quorum", Quorum(share=HALF)),
        ("A majority of members constitutes a quorum.", "quorum", Quorum(share=HALF, more=True)),
        ("A quorum is half plus one of us.", "quorum", Quorum(share=HALF, more=True)),
        ("A call has a quorum when five participants are there.", "quorum", Quorum(count=5)),
        ("A meeting is quorate when two thirds of members attend.", "quorum", Quorum(share=TWO_THIRDS)),
        ("At least 50% of managers are present.", "supermajority", Quorum(share=HALF, of_leaders=True)),
        ("More than 40% of members must be present.", "supermajority", Quorum(share=Fraction(2, 5), more=True)),
        ("A majority of managers must be present.", "majority", Quorum(share=HALF, more=True, of_leaders=True)),
    ],
)
def test_quorum_is_read(text, kind, quorum) -> None:
    terms = voting_terms([rule(text, kind)])

    assert (terms.quorum, terms.quorum_said) == (quorum, Said(text))
    assert terms.threshold_said is None


@pytest.mark.parametrize(
    "text",
    [
        "Decisions pass by a two-thirds majority if at least half of managers are present.",
        "Decisions take two thirds of the votes cast, with a quorum of half of the managers.",
        "When half of the managers are present, decisions pass with two thirds of votes.",
    ],
)
def test_one_sentence_may_set_both(text) -> None:
    terms = voting_terms([rule(text, "quorum")])

    assert (terms.threshold, terms.quorum) == (TWO_THIRDS, Quorum(share=HALF, of_leaders=True))
    assert terms.threshold_said == terms.quorum_said == Said(text)


def test_silent_charter_leaves_the_defaults() -> None:
    terms = voting_terms([])

    assert terms == VotingTerms()
    assert (terms.threshold, terms.more, terms.of, terms.quorum) == (HALF, True, Of.CAST, Quorum(share=HALF))
    assert terms.threshold_said is terms.quorum_said is terms.consensus_said is None


def test_sentences_on_other_matters_set_nothing() -> None:
    others = [
        rule("Managers are elected by a two-thirds majority.", "supermajority"),
        rule("A manager can be removed by a three-quarters majority of members.", "supermajority"),
        rule("Amending this charter takes two thirds of the votes.", "supermajority"),
        rule("Managers serve a term of two years.", "term"),
    ]

    assert voting_terms(others) == VotingTerms()


def test_changes_of_the_charter_have_their_own_rule_before_the_ordinary_one() -> None:
    rules = [
        rule("Motions pass by simple majority."),
        rule("A quorum of three is needed.", "quorum"),
        rule("Amending this charter takes two thirds of the votes.", "supermajority"),
    ]

    assert voting_terms(rules).threshold == HALF
    terms = voting_terms(rules, charter=True)
    assert (terms.threshold, terms.quorum) == (TWO_THIRDS, Quorum(count=3))


def test_consensus_is_named_beside_the_majority() -> None:
    terms = voting_terms(
        [rule("We decide by consensus.", "consensus"), rule("Failing that, a majority of members decides.")]
    )

    assert terms.consensus_said == Said("We decide by consensus.")
    assert (terms.threshold, terms.of) == (HALF, Of.VOTERS)


@pytest.mark.parametrize(
    ("share", "of", "more", "expected"),
    [
        (HALF, 7, True, 4),
        (HALF, 8, True, 5),
        (HALF, 7, False, 4),
        (HALF, 8, False, 4),
        (TWO_THIRDS, 9, False, 6),
        (TWO_THIRDS, 10, False, 7),
        (Fraction(1), 5, False, 5),
        (Fraction(1), 5, True, 5),
        (HALF, 0, True, 0),
    ],
)
def test_least_is_exact(share, of, more, expected) -> None:
    assert least(share, of, more=more) == expected


def test_nobody_carries_nothing() -> None:
    assert VotingTerms().needed(0) == 1


@pytest.mark.parametrize(
    "text", ["", "We meet weekly.", "0% of votes decide.", "Motions take 140% of votes.", "1/0 of votes pass."]
)
def test_sentence_without_a_share_says_nothing(text) -> None:
    assert read_sentence(text, "majority").approve is None
    assert base_of(text.casefold()) == (Of.CAST)


MANAGERS = RoleSaid("Managers", "manage", Said("Lead the calls.", "3.1", "managers"))
PARTICIPANTS = RoleSaid("Participants", "take_part", Said("Contribute to discussions."))
OBSERVERS = RoleSaid("Observers", "observe", Said("Follow."))


def test_who_leads_or_contributes_votes_and_observers_advise() -> None:
    assert who_votes([MANAGERS, PARTICIPANTS, OBSERVERS], VotingTerms()) == {
        "Managers": RoleVote(True),
        "Participants": RoleVote(True),
        "Observers": RoleVote(False),
    }


def test_a_majority_of_managers_is_among_managers() -> None:
    said = "Decisions take a majority of the managers."
    terms = voting_terms([rule(said)])

    assert terms.quorum == Quorum(share=HALF, of_leaders=True)
    assert who_votes([MANAGERS, PARTICIPANTS], terms) == {
        "Managers": RoleVote(True, Said(said)),
        "Participants": RoleVote(False, Said(said)),
    }


def test_a_majority_of_seats_is_among_those_who_hold_them() -> None:
    terms = voting_terms([rule("Decisions are made by a majority of the seats that are held.")])

    assert (terms.of_seats, terms.of_leaders) == (True, False)


def test_words_of_a_role_come_first() -> None:
    voting = RoleSaid("Managers", "manage", Said("Lead the calls. Vote on motions.", "3.1", "managers"))
    silent = RoleSaid("Participants", "take_part", Said("Contribute, but do not vote."))

    assert who_votes([voting, silent, OBSERVERS], VotingTerms()) == {
        "Managers": RoleVote(True, Said("Vote on motions.", "3.1", "managers")),
        "Participants": RoleVote(False, Said("Contribute, but do not vote.")),
        "Observers": RoleVote(False),
    }


@pytest.mark.parametrize(
    "text",
    ["Non-voting guests.", "Take part without voting rights.", "They may not vote.", "They have no vote.",
     "They cannot vote.", "Their voice is advisory.", "Not eligible to vote."],
)  # fmt: skip
def test_words_that_take_the_vote_away(text) -> None:
    assert who_votes([RoleSaid("Guests", "take_part", Said(text))], VotingTerms()) == {
        "Guests": RoleVote(False, Said(text))
    }
