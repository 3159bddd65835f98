from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit import zones
from folkmoot.notices.domain.timing import Every, Period, Rhythm, period_due, quiet_until

ZONES = ("UTC", "Europe/Lisbon", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
NIGHT = (time(22), time(7))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-05-01T20:59", None),
        ("2026-05-01T21:00", "2026-05-02T06:00"),
        ("2026-05-02T05:59", "2026-05-02T06:00"),
        ("2026-05-02T06:00", None),
    ],
)
def test_quiet_hours_run_over_midnight_on_the_readers_clock(now, until) -> None:
    assert quiet_until(utc(now), "Europe/Lisbon", *NIGHT) == (utc(until) if until else None)


def test_quiet_hours_within_a_day() -> None:
    assert quiet_until(utc("2026-01-01T12:00"), "UTC", time(12), time(13)) == utc("2026-01-01T13:00")
    assert quiet_until(utc("2026-01-01T13:00"), "UTC", time(12), time(13)) is None


def test_quiet_hours_that_are_not_set_are_never() -> None:
    assert quiet_until(utc("2026-01-01T12:00"), "UTC", None, None) is None
    assert quiet_until(utc("2026-01-01T12:00"), "UTC", time(3), time(3)) is None


def test_quiet_hours_may_end_in_the_hour_that_clocks_jump_over() -> None:
    """New York, 8 March 2026: 2:30 is not on any clock; the mail goes as much later as the clocks jump."""
    assert quiet_until(utc("2026-03-08T05:00"), "America/New_York", time(23), time(2, 30)) == utc("2026-03-08T07:30")


def test_quiet_hours_may_end_in_the_hour_that_comes_twice() -> None:
    """New York, 1 November 2026: at 1:10 for the second time, 1:30 has passed once and is still to come."""
    assert quiet_until(utc("2026-11-01T05:10"), "America/New_York", time(23), time(1, 30)) == utc("2026-11-01T05:30")
    assert quiet_until(utc("2026-11-01T06:10"), "America/New_York", time(23), time(1, 30)) == utc("2026-11-01T06:30")


@given(MOMENTS, st.sampled_from(ZONES), CLOCKS, CLOCKS)
def test_quiet_hours_end_within_a_day_and_a_jump(now, zone, begins, ends) -> None:
    end = quiet_until(now, zone, begins, ends)

    assert end is None or now < end <= now + timedelta(hours=26)


def test_weekly_digest_is_due_from_its_hour_until_the_next() -> None:
    monday = Rhythm(Every.WEEK, 0, 8)

    assert period_due(monday, "Asia/Kolkata", utc("2026-11-23T02:29")) == Period("2026-W47", utc("2026-11-16T02:30"))
    assert period_due(monday, "Asia/Kolkata", utc("2026-11-23T02:30")) == Period("2026-W48", utc("2026-11-23T02:30"))


def test_daily_digest_is_due_every_day_and_never_for_who_wants_none() -> None:
    assert period_due(Rhythm(Every.DAY, 0, 8), "UTC", utc("2026-11-23T07:59")) == Period(
        "2026-11-22", utc("2026-11-22T08:00")
    )
    assert period_due(Rhythm(Every.NEVER, 0, 8), "UTC", utc("2026-11-23T08:00")) is None


def test_week_across_the_new_year_is_one_week() -> None:
    assert period_due(Rhythm(Every.WEEK, 4, 0), "UTC", utc("2027-01-01T00:00")).key == "2026-W53"


@given(
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.sampled_from([timedelta(minutes=5), timedelta(minutes=47)]),
)
def test_each_day_has_one_digest_however_clocks_change(day, zone, hour, step) -> None:
    """Asked again and again for three days, as the worker does: every day's key comes once, at one instant."""
    now = datetime.combine(day, time(), UTC)
    periods = []
    for _round in range(timedelta(days=3) // step):
        period = period_due(Rhythm(Every.DAY, 0, hour), zone, now)
        assert period is not None
        assert period.at <= now < period.at + timedelta(hours=26)
        if period not in periods:
            periods.append(period)
        now += step

    assert len({period.key for period in periods}) == len(periods)
    assert sorted(periods, key=lambda period: period.at) == sorted(periods, key=lambda period: period.key)


def test_day_that_a_zone_left_out_has_no_digest_of_its_own() -> None:
    """Apia skipped 30 December 2011."""
    rhythm = Rhythm(Every.WEEK, 4, 8)

    due = period_due(rhythm, "Pacific/Apia", utc("2012-01-01T00:00"))

    assert due is not None
    assert zones.local_to_utc(datetime(2011, 12, 30, 8), "Pacific/Apia").utc == due.at
