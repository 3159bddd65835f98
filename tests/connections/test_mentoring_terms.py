"""The days of a programme: what cannot be, where it stands, and when pairs are asked how it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.mentoring_terms import Moment, Odd, Phase, Term, check_in_days, check_in_due

TERM = Term(date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 15), date(2027, 4, 15))
TODAY = date(2026, 8, 20)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2026, 8, 31), Phase.PLANNED),
        (date(2026, 9, 1), Phase.OPEN),
        (date(2026, 9, 30), Phase.OPEN),
        (date(2026, 10, 1), Phase.MATCHING),
        (date(2026, 10, 14), Phase.MATCHING),
        (date(2026, 10, 15), Phase.RUNNING),
        (date(2027, 4, 15), Phase.RUNNING),
        (date(2027, 4, 16), Phase.ENDED),
    ],
)
def test_programme_stands_where_its_days_say(day, phase):
    assert TERM.phase(day) == phase


@pytest.mark.parametrize(
    ("changed", "on", "odd"),
    [
        ({}, TODAY, None),
        ({"closes_on": date(2026, 8, 31)}, TODAY, Odd.CLOSES_BEFORE_OPENING),
        ({"opens_on": date(2026, 3, 1)}, TODAY, Odd.OPEN_TOO_LONG),
        ({}, date(2026, 10, 1), Odd.WINDOW_IS_OVER),
        ({"starts_on": date(2026, 9, 30)}, TODAY, Odd.STARTS_BEFORE_CLOSING),
        ({"ends_on": date(2026, 10, 14)}, TODAY, Odd.ENDS_BEFORE_START),
        ({"ends_on": date(2026, 11, 10)}, TODAY, Odd.TERM_TOO_SHORT),
        ({"ends_on": date(2026, 11, 11)}, TODAY, None),
        ({"ends_on": date(2028, 10, 17)}, TODAY, Odd.TERM_TOO_LONG),
    ],
)
def test_days_that_cannot_be_are_named_with_their_field(changed, on, odd):
    found = replace(TERM, **changed).odd(on=on, is_new=True)

    assert found == odd
    assert odd is None or found.field in Term.__annotations__


def test_window_that_is_over_is_no_matter_for_a_programme_that_is_there_already():
    assert TERM.odd(on=date(2026, 12, 1), is_new=False) is None
    assert TERM.odd(on=date(2027, 4, 16), is_new=False) == Odd.TERM_IS_OVER


def test_pairs_are_asked_after_a_month_half_way_and_before_the_end_and_in_short_times_less_often():
    began = date(2026, 10, 15)

    assert check_in_days(began, date(2027, 4, 15)) == {
        Moment.MONTH: date(2026, 11, 14),
        Moment.MIDDLE: date(2027, 1, 14),
        Moment.END: date(2027, 4, 8),
    }
    assert list(check_in_days(began, began + timedelta(days=40))) == [Moment.MIDDLE, Moment.END]
    assert check_in_days(began, began + timedelta(days=3)) == {Moment.END: began}


@settings(max_examples=20)
@given(days=st.integers(0, 400), looks=st.lists(st.integers(-20, 420), min_size=1, max_size=12), jumps=st.booleans())
def test_each_moment_is_due_once_however_the_clock_goes(days, looks, jumps):
    """The clock stops, jumps ahead and back; the two are asked in order, each moment once, never after the end."""
    began = date(2026, 1, 1)
    ends = began + timedelta(days=days)
    asked: list[Moment] = []

    for look in looks if jumps else sorted(looks):
        on = began + timedelta(days=look)
        due = check_in_due(began, ends, asked, on=on)
        if due is not None:
            assert on <= ends
            assert check_in_days(began, ends)[due] <= on
            asked.append(due)

    assert asked == sorted(set(asked), key=list(Moment).index)
