"""Days away: what belongs together, and what fell into them. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.people.domain.absences import Span, away_until, has_missed

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FIRST = date(2026, 12, 1)


def span(first: int, last: int) -> Span:
    return Span(FIRST + first * DAY, FIRST + last * DAY)


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)).map(lambda one: span(one[0], one[0] + one[1])))


@given(spans, st.integers(-2, 52))
def test_last_day_away_is_the_one_before_the_first_day_here(away, number):
    day = FIRST + number * DAY
    until = day
    while any(one.covers(until) for one in away):
        until += DAY

    assert away_until(away, day) == (until - DAY if until != day else None)


def test_what_fell_due_while_away_is_made_up_for_during_a_week():
    away = [span(0, 4), span(5, 6)]
    due = FIRST + 3 * DAY

    found = [number for number in range(20) if has_missed(away, due, today=FIRST + number * DAY, within=WEEK)]

    assert found == [7, 8, 9, 10, 11, 12, 13]


def test_what_was_due_before_after_or_today_was_not_missed():
    away = [span(2, 4)]

    assert [has_missed(away, FIRST + number * DAY, today=FIRST + 6 * DAY, within=WEEK) for number in (1, 5, 6, 7)] == [
        False
    ] * 4
