"""VTIMEZONE: right in every zone, and no wider than needed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from folkmoot.kit import zones
from folkmoot.kit.ical import timezones, tzid, vtimezone

FIRST = date(2025, 1, 22)


def lines(zone, first=FIRST, last=None):
    return vtimezone(zone, first, last).split("\r\n")


def observances(text):
    """What a reader of RFC 5545 makes of it: the offset from each change on, until twelve years after the first."""
    (zone,) = icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n").walk("VTIMEZONE")
    found = []
    for part in zone.subcomponents:
        start = part["DTSTART"].dt
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        onsets = [start]
        if "RRULE" in part:
            rule = rrulestr(part["RRULE"].to_ical().decode(), dtstart=start)
            onsets = rule.between(start, start + timedelta(days=12 * 366), inc=True)
        if "RDATE" in part:
            listed = part["RDATE"] if isinstance(part["RDATE"], list) else [part["RDATE"]]
            onsets += [moment.dt for group in listed for moment in group.dts]
        found += [(onset - before, before, after) for onset in onsets]
    return sorted(found)


def offset_at(found, moment):
    """The offset in force at a naive UTC moment: that of the latest change before it."""
    return next(after for onset, _, after in reversed(found) if onset <= moment)


def assert_right(zone, first, last=None, *, years=9):
    found = observances(vtimezone(zone, first, last))
    place = zones.zone(zone)
    moment = datetime(first.year, first.month, first.day)
    end = datetime(last.year, last.month, last.day) if last else moment + timedelta(days=365 * years)
    while moment < end:
        assert offset_at(found, moment) == moment.replace(tzinfo=UTC).astimezone(place).utcoffset(), (zone, moment)
        moment += timedelta(days=3, hours=5)
    for change in zones.transitions(
        zone, datetime(first.year, first.month, first.day, tzinfo=UTC), end.replace(tzinfo=UTC)
    ):
        at = change.at.replace(tzinfo=None)
        assert offset_at(found, at) == change.after, (zone, at)
        assert offset_at(found, at - timedelta(seconds=1)) == change.before, (zone, at)


def test_berlin_is_two_yearly_rules():
    assert lines("Europe/Berlin") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:DAYLIGHT",
        "DTSTART:20250330T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20241027T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_zone_without_changes_is_one_standard():
    assert lines("Asia/Kathmandu") == [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Kathmandu",
        "BEGIN:STANDARD",
        "DTSTART:20230101T000000",
        "TZOFFSETFROM:+0545",
        "TZOFFSETTO:+0545",
        "TZNAME:+0545",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_window_of_one_summer_holds_only_what_is_in_force():
    found = lines("Europe/Berlin", date(2025, 7, 1), date(2025, 9, 1))

    assert [line for line in found if line.startswith("BEGIN")] == ["BEGIN:VTIMEZONE", "BEGIN:DAYLIGHT"]
    assert not [line for line in found if line.startswith(("RRULE", "RDATE"))]


def test_window_over_two_years_lists_its_changes():
    found = lines("America/New_York", date(2025, 7, 1), date(2027, 1, 1))

    assert "DTSTART:20250309T020000" in found
    assert "RDATE:20260308T020000" in found
    assert [line for line in found if line.startswith("RDATE:2027")] == []
    assert [line for line in found if line.startswith("RRULE")] == []


def test_irish_summer_is_daylight_although_the_zone_data_call_winter_the_saving():
    found = lines("Europe/Dublin")

    summer = found[found.index("BEGIN:DAYLIGHT") : found.index("END:DAYLIGHT")]
    assert {"TZOFFSETTO:+0100", "TZNAME:IST"} <= set(summer)


def test_utc_needs_none_and_fixed_offsets_have_names_that_calendars_know():
    assert vtimezone("UTC", FIRST, None) == ""
    assert lines("UTC-08:00")[1] == "TZID:Etc/GMT+8"
    assert tzid("UTC+14:00") == "Etc/GMT-14"
    assert tzid("UTC+05:30") == "UTC+0530"
    assert tzid("Asia/Calcutta") == "Asia/Kolkata"


def test_offsets_of_local_mean_time_keep_their_seconds():
    found = lines("Europe/Amsterdam", date(1890, 1, 1), date(1891, 1, 1))

    offset = zones.zone("Europe/Amsterdam").utcoffset(datetime(1890, 1, 1))
    assert offset.total_seconds() % 60
    assert any(line.startswith("TZOFFSETTO:+00") and len(line) == len("TZOFFSETTO:+001730") for line in found)


def test_ramadan_changes_are_listed_where_no_yearly_rule_describes_them():
    found = lines("Asia/Gaza")

    assert [line for line in found if line.startswith("RRULE")] == []
    assert len([line for line in found if line.startswith("RDATE")]) >= 18


def test_rule_that_straddles_the_end_of_a_month_has_two_parts():
    # Egypt changes back at the end of the last Thursday of October: on a Friday that may be 1 November.
    found = [line for line in lines("Africa/Cairo") if line.startswith("RRULE")]

    assert found == [
        "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=-1FR",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1;BYDAY=FR",
    ]


def test_every_zone_is_right_for_the_next_nine_years():
    for zone in zones.choices():
        if zone != "UTC":
            assert_right(zone, FIRST)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([zone for zone in zones.choices() if zone != "UTC"]),
    st.dates(date(1960, 1, 1), date(2080, 1, 1)),
    st.integers(0, 800),
)
def test_every_window_is_right(zone, first, days):
    assert_right(zone, first, first + timedelta(days=days))


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([zone for zone in zones.choices() if zone != "UTC"]),
    st.dates(date(1980, 1, 1), date(2080, 1, 1)),
)
@example("Europe/Vilnius", date(2000, 1, 1))  # no summer time from 2000 to 2002, then the common rules again
@example("Asia/Tokyo", date(1980, 1, 1))
def test_every_open_end_is_right(zone, first):
    assert_right(zone, first, years=8)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "UTC-03:30", "Asia/Gaza"])
def test_no_wider_than_needed(zone):
    assert len(vtimezone(zone, FIRST, None)) < 800
    assert len(vtimezone(zone, date(2025, 7, 1), date(2025, 7, 2))) < 180


@pytest.mark.parametrize("day", [date.min, date.max, date(1, 1, 2), date(9999, 12, 30)])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "UTC-12:00"])
def test_ends_of_the_calendar_do_not_break(zone, day):
    assert vtimezone(zone, day, day).count("BEGIN:") >= 2
    assert vtimezone(zone, day, None).count("BEGIN:") >= 2


def test_timezones_takes_each_zone_once_and_wide_enough():
    found = timezones(
        [
            ("Europe/Berlin", date(2025, 7, 1), date(2025, 7, 1)),
            ("UTC", FIRST, None),
            ("Asia/Calcutta", FIRST, None),
            ("Europe/Berlin", date(2025, 12, 1), date(2025, 12, 1)),
            ("Asia/Kolkata", date(2026, 1, 1), date(2026, 1, 1)),
        ]
    )

    assert found == [
        vtimezone("Asia/Kolkata", FIRST, None),
        vtimezone("Europe/Berlin", date(2025, 7, 1), date(2025, 12, 1)),
    ]
