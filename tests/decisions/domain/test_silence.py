from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.decisions.domain.silence import MOST_DAYS, Skipped, end_of_day, first_whole_day, period

instants = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC))
lengths = st.integers(1, 25)
offsets = st.integers(-12 * 4, 14 * 4).map(lambda quarter: dt.timezone(dt.timedelta(minutes=15 * quarter)))


@st.composite
def given_holidays(draw, near):
    """Some named days in the weeks after an instant."""
    gaps = draw(st.sets(st.integers(0, 60), max_size=12))
    return {near.date() + dt.timedelta(days=gap): "Feast" for gap in gaps}


@st.composite
def asked(draw):
    opened = draw(instants)
    return opened, draw(lengths), draw(st.booleans()), draw(given_holidays(opened))


def run(question, **other):
    opened, days, weekends, holidays = question
    return period(**{"opened_at": opened, "days": days, "skips_weekends": weekends, "holidays": holidays, **other})


@given(asked())
def test_silence_never_ends_on_a_skipped_day_and_says_which_it_skipped(question):
    found = run(question)

    _opened, days, weekends, holidays = question
    assert found.last_day not in holidays
    assert not (weekends and found.last_day.weekday() >= 5)
    between = (found.last_day - first_whole_day(question[0])).days + 1
    assert between == days + len(found.skipped)
    assert all(one.why == "Feast" or one.on.weekday() >= 5 for one in found.skipped)


@settings(max_examples=40)
@given(asked(), offsets)
def test_everybody_on_earth_has_all_the_counted_days_whole(question, zone):
    opened, days, weekends, holidays = question

    found = run(question)

    here, counted = opened.astimezone(zone).date(), 0
    while here <= found.last_day + dt.timedelta(days=2):
        begins = dt.datetime.combine(here, dt.time(), zone)
        is_whole = opened <= begins and begins + dt.timedelta(days=1) <= found.ends_at
        is_counted = here not in holidays and not (weekends and here.weekday() >= 5)
        counted += is_whole and is_counted
        here += dt.timedelta(days=1)
    assert counted >= days


@given(asked(), st.timedeltas(dt.timedelta(0), dt.timedelta(days=20)))
def test_opened_later_or_longer_or_with_more_left_out_it_never_ends_earlier(question, later):
    opened, days, _weekends, _holidays = question
    end = run(question).ends_at

    assert run(question, opened_at=opened + later).ends_at >= end
    assert run(question, days=days + 1).ends_at > end
    assert run(question, skips_weekends=True).ends_at >= end
    assert run(question, holidays={}).ends_at <= end


@given(st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1)))
def test_day_is_over_anywhere_on_earth_at_noon_utc_of_the_next(day):
    assert end_of_day(day) == dt.datetime.combine(day + dt.timedelta(days=1), dt.time(12), dt.UTC)


def test_five_working_days_over_a_weekend_and_a_holiday():
    opened = dt.datetime(2026, 12, 22, 9, tzinfo=dt.UTC)

    found = period(opened, 5, skips_weekends=True, holidays={dt.date(2026, 12, 25): "Christmas Day"})

    assert (found.first_day, found.last_day) == (dt.date(2026, 12, 23), dt.date(2026, 12, 30))
    assert found.ends_at == dt.datetime(2026, 12, 31, 12, tzinfo=dt.UTC)
    assert found.skipped == (
        Skipped(dt.date(2026, 12, 25), "Christmas Day"),
        Skipped(dt.date(2026, 12, 26), "weekend"),
        Skipped(dt.date(2026, 12, 27), "weekend"),
    )


def test_day_that_has_begun_in_the_east_is_not_counted():
    just_before, just_after = (dt.datetime(2026, 11, 26, 10, minute, tzinfo=dt.UTC) for minute in (0, 1))

    assert period(just_before, 1).last_day == dt.date(2026, 11, 27)
    assert period(just_after, 1).last_day == dt.date(2026, 11, 28)


def test_lengths_that_make_no_sense_are_refused():
    opened = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    always = {dt.date(2026, 1, 1) + dt.timedelta(days=gap): "Feast" for gap in range(500)}

    for days, holidays in ((0, {}), (MOST_DAYS + 1, {}), (1, always)):
        with pytest.raises(ValueError):
            period(opened, days, holidays=holidays)
