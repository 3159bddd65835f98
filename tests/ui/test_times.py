from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from folkmoot.ui import times

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "clock", "words"),
    [
        (time(21, 30), "24", "21:30"),
        (time(8, 5), "24", "08:05"),
        (time(21, 30), "12", "9:30\u00a0pm"),
        (time(8, 5), "12", "8:05\u00a0am"),
        (time(0, 0), "12", "12:00\u00a0am"),
        (time(12, 0), "12", "12:00\u00a0pm"),
    ],
)
def test_clock_words(moment, clock, words) -> None:
    assert times.clock_words(moment, clock) == words


def test_year_is_named_where_it_is_not_this_one() -> None:
    day = date(2026, 11, 25)

    assert times.long_day(day, now=date(2026, 1, 1)) == "Wednesday 25 November"
    assert times.long_day(day, now=date(2027, 1, 1)) == "Wednesday 25 November 2026"
    assert times.short_day(day, now=date(2026, 1, 1)) == "Wed 25 Nov"
    assert times.short_day(day) == "Wed 25 Nov 2026"
    assert times.plain_date(day, now=date(2026, 1, 1)) == "25 November"


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(seconds=30), "now"),
        (timedelta(seconds=-30), "now"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=59), "in 59 minutes"),
        (timedelta(hours=1), "in 1 hour"),
        (timedelta(hours=13), "in 13 hours"),
        (timedelta(hours=14), "tomorrow"),
        (timedelta(days=2), "in 2 days"),
        (timedelta(days=13), "in 13 days"),
        (timedelta(days=14), "in 2 weeks"),
        (timedelta(days=59), "in 8 weeks"),
        (timedelta(days=60), "in 1 month"),
        (timedelta(days=400), "in 13 months"),
        (timedelta(days=800), "in 2 years"),
        (timedelta(minutes=-5), "5 minutes ago"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(hours=-11), "yesterday"),
        (timedelta(days=-3), "3 days ago"),
        (timedelta(days=-20), "2 weeks ago"),
        (timedelta(days=-100), "3 months ago"),
        (timedelta(days=-1000), "2 years ago"),
    ],
)
def test_relative_words(apart, words) -> None:
    assert times.relative_words(NOW + apart, NOW, "UTC") == words


def test_days_are_counted_by_the_calendar_of_the_zone() -> None:
    instant = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)

    assert times.relative_words(instant, NOW, "UTC") == "in 13 hours"
    # There it is after midnight by then.
    assert times.relative_words(instant, NOW, "Asia/Kolkata") == "tomorrow"


def test_just_after_midnight_is_hours_away_and_not_tomorrow() -> None:
    late = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)

    assert times.relative_words(late + timedelta(hours=2), late, "UTC") == "in 2 hours"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (25, "25 minutes"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (121, "2 hours 1 minute"),
    ],
)
def test_minutes_words(minutes, words) -> None:
    assert times.minutes_words(minutes) == words


def test_wall_time_names_its_weekday_where_it_is_another() -> None:
    instant = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
    there = times.local(instant, "America/Los_Angeles")

    assert times.at_place(there, "America/Los_Angeles", "24", beside=date(2026, 11, 25)) == "08:00 in Los Angeles"
    assert (
        times.at_place(there, "America/Los_Angeles", "24", beside=date(2026, 11, 26))
        == "08:00 on Wednesday in Los Angeles"
    )
    assert times.at_place(instant, "UTC", "24", beside=date(2026, 11, 25)) == "16:00 UTC"
    assert times.at_place(instant, "UTC", "12", beside=date(2026, 11, 26)) == "4:00\u00a0pm UTC on Wednesday"


def test_naive_time_is_no_instant() -> None:
    with pytest.raises(ValueError, match="zone"):
        times.local(datetime(2026, 1, 1), "UTC")


def test_moment_shows_the_readers_time_and_the_anchors(draw, freeze) -> None:
    freeze("2026-11-23T10:00Z")
    instant = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)

    html = draw('{% moment instant "America/Los_Angeles" relative=True %}', instant=instant)

    assert 'data-relative="2026-11-25T16:00:00Z" data-in="Asia/Kolkata">in 2 days</span>, ' in html
    assert '<time datetime="2026-11-25T16:00:00Z" title="16:00 UTC">Wed 25 Nov, 21:30</time>' in html
    assert '<span class="moment-there">08:00 in Los Angeles</span>' in html


@pytest.mark.parametrize(
    ("zone", "known", "anchor", "shown", "beside"),
    [
        ("Asia/Kolkata", False, "America/Los_Angeles", "08:00", "Los Angeles"),
        ("Asia/Kolkata", False, "", "16:00", "UTC"),
        ("Asia/Kolkata", True, "", "21:30", "your time"),
        ("America/Los_Angeles", True, "America/Los_Angeles", "08:00", "your time"),
        ("Europe/Paris", True, "Europe/Berlin", "17:00", "your time"),
        ("Pacific/Auckland", True, "America/Los_Angeles", "05:00", "08:00 on Wednesday in Los Angeles"),
    ],
)
def test_moment_always_says_whose_time_it_is(draw, zone, known, anchor, shown, beside) -> None:
    from tests.ui.conftest import request_for

    html = draw(
        '{% moment instant anchor look="clock" %}',
        request=request_for(zone=zone, known=known),
        instant=datetime(2026, 11, 25, 16, 0, tzinfo=UTC),
        anchor=anchor,
    )

    assert f">{shown}</time>" in html
    assert f'<span class="moment-there">{beside}</span>' in html


def test_moments_have_ids_that_do_not_depend_on_the_zone(draw) -> None:
    import re

    from tests.ui.conftest import request_for

    source = "{% moment a %}{% moment b %}{% moment a %}"
    moments = {"a": datetime(2026, 11, 25, 16, 0, tzinfo=UTC), "b": datetime(2026, 11, 26, 16, 0, tzinfo=UTC)}

    ids = [
        re.findall(r'id="([^"]+)"', draw(source, request=request_for(zone=zone), **moments))
        for zone in ("Asia/Kolkata", "Pacific/Auckland")
    ]

    assert ids[0] == ids[1] == ["t-20261125T160000-1", "t-20261126T160000-1", "t-20261125T160000-2"]


def test_moment_on_a_page_without_a_reader_is_in_utc(draw) -> None:
    from django.test import RequestFactory

    html = draw(
        "{% moment instant %}", request=RequestFactory().get("/"), instant=datetime(2020, 1, 2, 3, 4, tzinfo=UTC)
    )

    assert "Thu 2 Jan 2020, 03:04</time>" in html
    assert ">UTC</span>" in html


def test_day_is_marked_up_as_a_date(draw) -> None:
    assert draw("{% day on %}", on=date(2026, 11, 25)) == '<time datetime="2026-11-25">25 November 2026</time>'
