"""What needs no database: affiliations, orders, days, names on the ballot."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.governance.domain.affiliations import (
    Counts,
    Given,
    affiliation_key,
    count_endorsements,
    one_spelling,
)
from folkmoot.governance.domain.ballot_names import Called, ballot_names, look_of
from folkmoot.governance.domain.candidate_days import CandidateDays, candidate_days
from folkmoot.governance.domain.orders import in_order_for

DAY = timedelta(days=1)
FIRST = date(2026, 9, 1)


@pytest.mark.parametrize(
    "alike",
    [
        ["Acme", "ACME, Inc.", "acme inc", " Acme  Incorporated ", "The Acme"],
        ["Zoë & Söhne GmbH & Co. KG", "zoe and sohne gmbh", "ZOE & SOHNE"],
        ["Example e.V.", "Example eV", "example"],
        ["Straße AG", "STRASSE"],
        ["世界 有限公司", "世界  有限公司"],
        ["O'Neil Ltd.", "ONeil Limited"],
    ],
)
def test_affiliations_are_compared_sanely(alike):
    assert len({affiliation_key(one) for one in alike}) == 1
    assert affiliation_key(alike[0]) != ""


@pytest.mark.parametrize("apart", [["Acme", "Acme Labs"], ["C", "C++"], ["SE", "AG"], ["हिंदी", "हदं"]])
def test_different_affiliations_stay_apart(apart):
    assert len({affiliation_key(one) for one in apart}) == 2


@pytest.mark.parametrize("none", ["", "  ", "—", "none", "Independent", "self-employed", "N/A", "n.a."])
def test_who_has_no_affiliation_has_none(none):
    assert affiliation_key(none) == ""
    assert one_spelling([none]) == [""]


def test_equal_affiliations_are_spelt_in_one_way():
    assert one_spelling(["Acme, Inc.", "Oak", "ACME", "independent"]) == ["Acme, Inc.", "Oak", "Acme, Inc.", ""]


def test_endorsements_count_by_different_affiliations_and_never_by_oneself():
    given_by = [
        Given(1, "Oak"),
        Given(2, "Acme Inc."),
        Given(3, "acme"),
        Given(4, ""),
        Given(5, "independent"),
        Given(None, "Birch"),
    ]

    assert count_endorsements(given_by, candidate=1) == [
        Counts.ONESELF,
        Counts.YES,
        Counts.SAME,
        Counts.YES,
        Counts.SAME,
        Counts.YES,
    ]


def order(reader: str, about: str = "contest 1") -> tuple[int, ...]:
    return tuple(in_order_for(reader, [1, 2, 3], key=b"key", about=about, name=lambda one: one))


def test_every_order_of_candidates_is_as_likely_as_any_other():
    readers = 6000
    seen = Counter(order(f"person {n}") for n in range(readers))

    expected = readers / 6
    chi_square = sum((seen[one] - expected) ** 2 / expected for one in itertools.permutations([1, 2, 3]))
    # With five degrees of freedom one in a thousand fair draws is above this; the key is fixed, so is the outcome.
    assert chi_square < 20.5
    # The control: an order by the names themselves is told at once.
    assert sum((count - expected) ** 2 / expected for count in [readers, 0, 0, 0, 0, 0]) > 20.5


@settings(max_examples=20)
@given(st.permutations(range(6)), st.integers())
def test_order_of_a_reader_stays_however_candidates_come(mixed, reader):
    orders = [
        in_order_for(f"person {reader}", some, key=b"key", about="one", name=lambda thing: thing)
        for some in (range(6), mixed)
    ]

    assert orders[0] == orders[1]
    assert sorted(orders[0]) == list(range(6))


def test_orders_of_two_contests_have_nothing_to_do_with_each_other():
    same = sum(order(f"person {n}") == order(f"person {n}", "contest 2") for n in range(600))

    assert 60 < same < 140


def test_days_come_from_the_steps_of_the_plan():
    stages = {
        "call": (FIRST, FIRST + 9 * DAY),
        "nominations": (FIRST + DAY, FIRST + 9 * DAY),
        "acceptance": (FIRST + 5 * DAY, FIRST + 14 * DAY),
        "questions": (FIRST + 10 * DAY, FIRST + 14 * DAY),
        "voting": (FIRST + 20 * DAY, FIRST + 30 * DAY),
    }

    days = candidate_days(stages)

    assert days == CandidateDays(
        nominate=(FIRST, FIRST + 9 * DAY),
        answer=(FIRST, FIRST + 14 * DAY),
        ask=(FIRST + 10 * DAY, FIRST + 30 * DAY),
    )
    assert [days.may_nominate(FIRST + n * DAY) for n in (-1, 0, 9, 10)] == [False, True, True, False]
    assert [days.may_answer(FIRST + n * DAY) for n in (-1, 0, 14, 15)] == [False, True, True, False]
    assert [days.is_over(FIRST + n * DAY) for n in (14, 15)] == [False, True]
    assert [days.may_ask(FIRST + n * DAY) for n in (9, 10, 30, 31)] == [False, True, True, False]


def test_election_without_steps_limits_no_day():
    days = candidate_days({})

    assert (days.may_nominate(FIRST), days.may_answer(FIRST), days.may_ask(FIRST)) == (True, True, True)
    assert not days.is_over(FIRST)
    assert days.reminder_due(FIRST, FIRST - 9 * DAY) == ""


@pytest.mark.parametrize(
    ("since", "halfway", "last"),
    [
        (0, [5, 6, 7, 8], [9]),
        (6, [8], [9]),
        # Nominated so late that no half is left, or on the day before the last itself: the mail of it says the day.
        (8, [], [9]),
        (9, [], []),
    ],
)
def test_reminders_are_due_from_halfway_and_on_the_day_before(since, halfway, last):
    days = CandidateDays(answer=(FIRST, FIRST + 10 * DAY))

    due = {n: days.reminder_due(FIRST + n * DAY, FIRST + since * DAY) for n in range(12)}

    assert [n for n, word in due.items() if word == "halfway"] == halfway
    assert [n for n, word in due.items() if word == "last"] == last


def test_names_on_the_ballot_hide_nothing_and_are_never_alike():
    called = [
        Called("Ada Quill", "Oak"),
        Called("ada  quill", "Acme"),
        Called("Bo\u202eMarsh\n"),
        Called("Cleo"),
        Called("Cleo\u200b"),
        Called("Yes"),
    ]

    assert ballot_names(called, taken=["Yes", "No"]) == [
        "Ada Quill (Oak)",
        "ada quill (Acme)",
        "BoMarsh",
        "Cleo (1)",
        "Cleo (2)",
        "Yes (2)",
    ]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["A", "a", "A (1)", "A (x)", "", "\u202e", "B" * 300]), st.text(max_size=4))))
def test_names_on_the_ballot_are_one_for_each(called):
    names = ballot_names([Called(*one) for one in called], taken=["A (2)"])

    assert len({look_of(name) for name in [*names, "A (2)"]}) == len(called) + 1
    assert all(0 < len(name) <= 250 for name in names)
