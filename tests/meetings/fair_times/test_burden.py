from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.fair_times import USUAL_HOURS, USUAL_SCALE, Hours, Level, Scale, Span, level_of_call, span
from folkmoot.meetings.domain.fair_times.burden import DAY, WEEK

TUESDAY, SATURDAY, SUNDAY = 1, 5, 6


def at(weekday: int, clock: str) -> int:
    hour, minute = map(int, clock.split(":"))
    return weekday * DAY + hour * 60 + minute


@pytest.mark.parametrize(
    ("weekday", "clock", "level"),
    [
        (TUESDAY, "08:00", Level.COMFORTABLE),
        (TUESDAY, "19:00", Level.COMFORTABLE),
        (TUESDAY, "19:30", Level.EDGE),  # its second half hour is after 20:00
        (TUESDAY, "07:00", Level.EDGE),
        (TUESDAY, "06:30", Level.UNSOCIABLE),
        (TUESDAY, "21:00", Level.EDGE),
        (TUESDAY, "21:30", Level.UNSOCIABLE),
        (TUESDAY, "22:30", Level.NIGHT),
        (TUESDAY, "03:00", Level.NIGHT),
        (TUESDAY, "05:30", Level.NIGHT),
        (TUESDAY, "06:00", Level.UNSOCIABLE),
        (SATURDAY, "11:00", Level.DAY_OFF),
        (SATURDAY, "03:00", Level.NIGHT),
        (SUNDAY, "23:30", Level.NIGHT),  # goes on into Monday
    ],
)
def test_call_of_an_hour_is_what_its_worst_half_hour_is(weekday, clock, level):
    assert level_of_call(USUAL_SCALE, USUAL_HOURS, at(weekday, clock), 60) == level


def test_quarter_of_an_hour_counts_as_the_half_hour_that_it_touches():
    assert level_of_call(USUAL_SCALE, USUAL_HOURS, at(TUESDAY, "19:45"), 15) == Level.COMFORTABLE
    assert level_of_call(USUAL_SCALE, USUAL_HOURS, at(TUESDAY, "19:45"), 16) == Level.EDGE


def test_own_hours_cost_nothing_also_at_night_and_over_midnight():
    owl = Hours(working=Span(20 * 60, 4 * 60))

    assert level_of_call(USUAL_SCALE, owl, at(TUESDAY, "23:00"), 60) == Level.COMFORTABLE
    assert level_of_call(USUAL_SCALE, owl, at(SATURDAY, "03:00"), 60) == Level.COMFORTABLE  # began on Friday
    assert level_of_call(USUAL_SCALE, owl, at(0, "03:00"), 60) == Level.NIGHT  # would have begun on Sunday
    assert level_of_call(USUAL_SCALE, owl, at(TUESDAY, "12:00"), 60) == Level.EDGE


def test_hours_of_a_day_off_are_its_own_and_days_off_may_be_others():
    friday_off = Hours(off=Span(10 * 60, 12 * 60), days_off=(4,))

    assert level_of_call(USUAL_SCALE, friday_off, at(4, "10:00"), 60) == Level.COMFORTABLE
    assert level_of_call(USUAL_SCALE, friday_off, at(4, "14:00"), 60) == Level.DAY_OFF
    assert level_of_call(USUAL_SCALE, friday_off, at(SATURDAY, "14:00"), 60) == Level.COMFORTABLE


@given(st.integers(0, WEEK - 1), st.integers(1, 240), st.integers(0, 47), st.integers(0, 47), st.integers(0, 6))
def test_narrow_hours_never_make_a_call_cost_more_than_a_little_by_day(minute, minutes, start, end, day_off):
    hours = USUAL_HOURS if start == end else Hours(Span(start * 30, end * 30), days_off=(day_off,))

    level = level_of_call(USUAL_SCALE, hours, minute, minutes)
    by_clock = level_of_call(USUAL_SCALE, Hours(working=None, days_off=()), minute, minutes)

    assert level <= max(by_clock, Level.DAY_OFF)


def test_midnight_ends_a_span_and_equal_times_make_none():
    assert span(time(20), time(0)) == Span(20 * 60, DAY)
    with pytest.raises(Refused):
        span(time(9), time(9))


def test_scale_goes_up():
    with pytest.raises(Refused):
        Scale(edge=5)
    with pytest.raises(Refused):
        Hours(days_off=(7,))
