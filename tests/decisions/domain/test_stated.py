from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.decisions.domain.silence import MOST_DAYS
from folkmoot.decisions.domain.stated import Stated, charter_period, stated_period


@pytest.mark.parametrize(
    ("sentence", "days", "working"),
    [
        ("Silence for seven days is consent.", 7, False),
        ("What nobody objects to within 72 hours is adopted.", 3, False),
        ("A 72-hour lazy consensus period applies.", 3, False),
        ("Lazy consensus (five working days).", 5, True),
        ("after 5 (5) business days", 5, True),
        ("at least three full working days", 3, True),
        ("for a week", 7, False),
        ("two weeks without an objection", 14, False),
        ("a fortnight", 14, False),
        ("wait 25 hours", 2, False),
        ("48h of silence", 2, False),
        ("seventy-two hours", 3, False),
        ("ten weekdays", 10, True),
    ],
)
def test_length_is_read_from_the_sentence(sentence, days, working):
    assert stated_period(sentence) == Stated(days, working, text=sentence)


@pytest.mark.parametrize(
    "sentence",
    ["", "Decisions are made by lazy consensus.", "for 0 days", "within 1000 days", "every 3 months", "3 ha"],
)
def test_sentence_without_a_usable_length_states_none(sentence):
    assert stated_period(sentence) is None


@given(st.text(max_size=200))
def test_any_text_is_read_without_fail_and_within_bounds(text):
    found = stated_period(text)

    assert found is None or 1 <= found.days <= MOST_DAYS


@given(st.integers(1, MOST_DAYS), st.booleans())
def test_plain_numbers_of_days_are_read_as_they_stand(days, working):
    words = f"Silence for {days} {'working ' if working else ''}days is consent."

    assert stated_period(words) == Stated(days, working, text=words)


def test_only_the_charters_rule_on_lazy_consensus_counts():
    rules = [
        {"rule": "majority", "text": "A vote is open for ten days.", "anchor": "votes"},
        {"rule": "lazy_consensus", "text": "We use lazy consensus.", "anchor": "first"},
        {"rule": "lazy_consensus", "text": "Lazy consensus takes 72 hours.", "anchor": "how"},
    ]

    assert charter_period(rules) == Stated(3, False, "Lazy consensus takes 72 hours.", "how")
    assert charter_period(rules[:2]) is None
