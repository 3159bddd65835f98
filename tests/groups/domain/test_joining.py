from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.groups.domain.commitment import Commitment, commitment_in, months_later
from folkmoot.groups.domain.joining import Asks, demands_approval, what_it_asks

RULES = {
    "Open to all members of the Oak Commons.": Asks.NOTHING,
    "Open to everyone in the Open Tools Commons.": Asks.NOTHING,
    "Anyone may take part. Nobody needs to ask first.": Asks.NOTHING,
    "Everyone is welcome; no application or approval is needed.": Asks.NOTHING,
    "The code of conduct applies to all.": Asks.NOTHING,
    "Participation is voluntary but requires active engagement.": Asks.AFFIRMATION,
    "Taking part is voluntary, and means doing something.": Asks.AFFIRMATION,
    "Members are expected to come to two calls a quarter.": Asks.AFFIRMATION,
    "You must not share what is said.": Asks.AFFIRMATION,
    "Members should have a background or interest in community building.": Asks.WORDS,
    "Some experience with advocacy helps.": Asks.WORDS,
    "Membership is by invitation.": Asks.APPROVAL,
    "Invitation-only.": Asks.APPROVAL,
    "New members must be approved by the chairs.": Asks.APPROVAL,
    "Subject to approval of the steering committee, with some background in law.": Asks.APPROVAL,
    "People may apply to join at any time.": Asks.APPROVAL,
    "To take part, submit an application.": Asks.APPROVAL,
    "Editors are appointed by the chair.": Asks.APPROVAL,
}


@pytest.mark.parametrize("rule", RULES)
def test_rule_of_membership_asks_what_its_words_say(rule):
    assert what_it_asks(rule) == RULES[rule]


@pytest.mark.parametrize("rule", RULES)
def test_how_a_rule_is_written_changes_nothing(rule):
    assert what_it_asks(rule.upper()) == RULES[rule]
    assert what_it_asks("  " + rule.replace(" ", " \n ")) == RULES[rule]


@given(st.text(max_size=3_000))
def test_any_words_are_understood_as_something(text):
    assert (what_it_asks(text) == Asks.APPROVAL) == demands_approval(text)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["Lead the calls. Two hours a week, for six months."], Commitment(2, 6)),
        (["About 3 hours per week."], Commitment(3, None)),
        (["Eight hours each month for a term of one year."], Commitment(2, 12)),
        (["5 hours monthly"], Commitment(2, None)),
        (["A six-month term."], Commitment(None, 6)),
        (["A two-year mandate, 1 hour weekly"], Commitment(1, 24)),
        (["Lead.", "For at least 9 months", "For 3 months"], Commitment(None, 9)),
        (["Calls last two hours. In six months we look back."], Commitment()),
        (["900 hours a week for 99 years"], Commitment()),
        ([], Commitment()),
    ],
)
def test_commitment_is_read_from_words(texts, said):
    assert commitment_in(texts) == said


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2025, 3, 5), 6, date(2025, 9, 4)),
        (date(2025, 8, 31), 6, date(2026, 2, 27)),
        (date(2025, 12, 1), 1, date(2025, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
    ],
)
def test_term_of_months_ends_the_day_before(day, months, last):
    assert months_later(day, months) == last
