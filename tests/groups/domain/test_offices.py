from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.groups.domain.offices import (
    Held,
    Span,
    consecutive,
    end_of_term,
    free_from,
    is_counted,
    months_after,
    staggered,
    terms_ending,
)

D = dt.date
NOV = D(2025, 11, 1)
days = st.dates(D(1990, 1, 1), D(2090, 1, 1))
lengths = st.integers(1, 120)


def span(begins: str, ends: str | None = None) -> Span:
    return Span(D.fromisoformat(begins), D.fromisoformat(ends) if ends else None)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2025, 1, 31), 1, D(2025, 2, 28)),
        (D(2025, 11, 1), 24, D(2027, 11, 1)),
        (D(2025, 3, 31), -1, D(2025, 2, 28)),
    ],
)
def test_months_after_keeps_the_day_or_takes_the_last_one(day, months, later):
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("begins", "months", "turns_on", "ends"),
    [
        (NOV, None, None, None),
        (NOV, 24, None, D(2027, 11, 1)),
        (NOV, 24, NOV, D(2027, 11, 1)),
        (D(2026, 4, 9), 24, NOV, D(2027, 11, 1)),
        (D(2024, 4, 9), 24, NOV, D(2025, 11, 1)),
        (NOV, 24, D(2026, 11, 1), D(2026, 11, 1)),
    ],
)
def test_a_term_ends_after_its_length_or_when_the_seat_turns_over(begins, months, turns_on, ends):
    assert end_of_term(begins, months, turns_on) == ends


@given(days, lengths, days)
def test_a_term_that_turns_over_ends_later_but_never_after_more_than_its_length(begins, months, turns_on):
    end = end_of_term(begins, months, turns_on)

    assert begins < end
    assert (end.year - begins.year) * 12 + end.month - begins.month <= months + 1


@given(days, days, days, days)
def test_spans_overlap_just_when_a_day_is_in_both(a, b, c, d):
    one, other = Span(a, b), Span(c, d)
    latest_begin = max(a, c)

    assert one.overlaps(other) == other.overlaps(one) == (one.holds_on(latest_begin) and other.holds_on(latest_begin))


def test_a_term_that_begins_where_another_ends_does_not_overlap_it():
    assert not span("2025-11-01", "2027-11-01").overlaps(span("2027-11-01"))
    assert span("2025-11-01").overlaps(span("2027-11-01"))


@pytest.mark.parametrize(
    ("ends", "counted"), [("2027-11-01", True), ("2026-11-02", True), ("2026-05-01", False), ("2025-11-01", False)]
)
def test_a_term_counts_when_it_lasts_half_of_a_full_one(ends, counted):
    assert is_counted(span("2025-11-01", ends), 24) == counted


def test_consecutive_terms_are_broken_by_somebody_else_and_not_by_an_empty_seat():
    first, second, third = span("2019-11-01", "2021-11-01"), span("2021-11-01", "2023-11-01"), span("2024-11-01")

    assert consecutive([Held(1, first), Held(1, second)], 1, D(2024, 11, 1)) == 2
    assert consecutive([Held(1, first), Held(2, second)], 1, D(2024, 11, 1)) == 0
    assert consecutive([Held(1, first), Held(2, second, counts=False)], 1, D(2024, 11, 1)) == 1
    assert consecutive([Held(1, first), Held(1, third)], 1, D(2023, 11, 1)) == 1


def test_a_seat_is_free_after_the_terms_that_follow_one_another():
    held = [span("2025-11-01", "2027-11-01"), span("2027-11-01", "2029-11-01")]

    assert free_from(held, D(2026, 1, 1)) == D(2029, 11, 1)
    assert free_from(held, D(2025, 1, 1)) == D(2025, 1, 1)
    assert free_from([span("2025-11-01")], D(2026, 1, 1)) is None


def test_terms_ending_names_those_that_hold_and_end_in_time_the_soonest_first():
    spans = [span("2025-11-01", "2027-11-01"), span("2025-11-01", "2027-09-01"), span("2027-11-01"), span("2020-01-01")]

    assert terms_ending(spans, D(2027, 8, 20), dt.timedelta(days=90)) == [1, 0]
    assert terms_ending(spans, D(2027, 8, 20), dt.timedelta(days=30)) == [1]
    assert terms_ending(spans, D(2027, 11, 1), dt.timedelta(days=30)) == []


def test_staggered_seats_turn_over_in_equal_parts():
    assert staggered(NOV, 24, 5, 2) == [NOV, D(2026, 11, 1), NOV, D(2026, 11, 1), NOV]


@given(days, lengths, st.integers(1, 12), st.integers(1, 4))
def test_staggering_deals_seats_out_so_that_parts_differ_by_one_at_most(first, months, seats, cohorts):
    turns = staggered(first, months, seats, cohorts)
    parts = [len(range(cohort, seats, cohorts)) for cohort in range(cohorts)]

    assert len(turns) == seats
    assert max(parts) - min(parts) <= 1
    assert turns[0] == first
