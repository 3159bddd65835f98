"""When a call's list takes what, and the codes that are shown."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.meetings.domain.presence import CODE_LENGTH, CODE_LETTERS, new_code, spelled_code, times_of, typed_code

HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_list_opens_a_quarter_before_and_takes_taps_until_the_next_day_ends_where_the_call_is_anchored():
    starts = at("2026-11-25T16:00Z")

    times = times_of(starts, starts + HOUR, "America/Los_Angeles")

    assert times.opens == at("2026-11-25T15:45Z")
    assert times.ends == at("2026-11-27T08:00Z")
    assert times.closes == at("2026-12-09T17:00Z")
    assert [times.takes_taps(one) for one in (times.opens - SECOND, times.opens, times.ends - SECOND, times.ends)] == [
        False,
        True,
        True,
        False,
    ]
    assert (times.has_closed(times.closes - SECOND), times.has_closed(times.closes)) == (False, True)


def test_call_over_midnight_counts_from_the_day_on_which_it_ends():
    starts = at("2026-11-25T22:30Z")

    assert times_of(starts, starts + 2 * HOUR, "Europe/Lisbon").ends == at("2026-11-28T00:00Z")


@given(
    starts=st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2035, 1, 1), timezones=st.just(dt.UTC)),
    minutes=st.integers(1, 24 * 60),
    zone=st.sampled_from(["UTC", "Pacific/Kiritimati", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe"]),
)
def test_taps_are_taken_a_whole_day_after_every_call_and_never_beyond_its_closing(starts, minutes, zone):
    ends = starts + dt.timedelta(minutes=minutes)

    times = times_of(starts, ends, zone)

    assert times.opens < starts < ends
    assert 23 * HOUR <= times.ends - ends <= 49 * HOUR
    assert times.ends < times.closes


def test_codes_have_no_letters_that_are_taken_for_others_and_make_no_words():
    assert not set(CODE_LETTERS) & set("0O1IL2Z5S8BUVAEY")
    code = new_code(random.Random(7).choice)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(CODE_LETTERS)
    assert new_code(random.Random(8).choice) != code


@pytest.mark.parametrize("typed", ["K7M4QX", "k7m4qx", " K7M 4QX ", "k7m-4qx", "K7M\u00a04QX"])
def test_code_is_understood_however_it_is_typed(typed):
    assert typed_code(typed) == "K7M4QX"


def test_code_is_shown_in_two_halves():
    assert spelled_code("K7M4QX") == "K7M 4QX"


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(text):
    assert len(typed_code(text)) <= 2 * CODE_LENGTH
