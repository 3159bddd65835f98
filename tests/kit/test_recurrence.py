"""Days and instants of a series, held against python-dateutil and recurring-ical-events."""

from __future__ import annotations

import time as clock
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule, aligned, dates, occurrences, parse_rrule, to_rrule

FOREVER = (date.min, date.max)


def series(text, first, *, limit=6, start=None, end=date.max):
    return [str(day) for day in dates(parse_rrule(text), first, start or first, end, limit=limit)]


def test_every_second_wednesday_goes_on_over_new_year():
    found = series("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", date(2025, 1, 22), start=date(2025, 12, 1), limit=4)

    assert found == ["2025-12-10", "2025-12-24", "2026-01-07", "2026-01-21"]


def test_weekly_goes_on_over_week_53():
    found = series("FREQ=WEEKLY;BYDAY=MO,SU", date(2026, 12, 27), limit=4)

    assert found == ["2026-12-27", "2026-12-28", "2027-01-03", "2027-01-04"]
    assert date.fromisoformat(found[1]).isocalendar().week == 53


def test_start_of_the_week_counts_for_several_weekdays_of_every_second_week():
    # The example of RFC 5545, section 3.8.5.3.
    first = date(1997, 8, 5)

    by_monday = series("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", first)
    by_sunday = series("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", first)

    assert by_monday == ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]
    assert by_sunday == ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]


@pytest.mark.parametrize(
    ("rule", "first", "found"),
    [
        ("FREQ=MONTHLY;BYDAY=1TU", date(2026, 1, 6), ["2026-01-06", "2026-02-03", "2026-03-03"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 1, 30), ["2026-01-30", "2026-02-27", "2026-03-27"]),
        ("FREQ=MONTHLY;BYDAY=2WE,4WE", date(2026, 1, 14), ["2026-01-14", "2026-01-28", "2026-02-11"]),
        ("FREQ=MONTHLY;BYDAY=5MO", date(2026, 3, 30), ["2026-03-30", "2026-06-29", "2026-08-31"]),
        ("FREQ=MONTHLY", date(2026, 1, 31), ["2026-01-31", "2026-03-31", "2026-05-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 1, 31), ["2026-01-31", "2026-02-28", "2026-03-31"]),
        ("FREQ=MONTHLY;INTERVAL=3", date(2026, 11, 15), ["2026-11-15", "2027-02-15", "2027-05-15"]),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", date(2026, 2, 13), ["2026-02-13", "2026-03-13", "2026-11-13"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", date(2026, 1, 27), ["2026-01-27", "2026-02-24", "2026-03-31"]),
        ("FREQ=YEARLY", date(2024, 2, 29), ["2024-02-29", "2028-02-29", "2032-02-29"]),
        ("FREQ=YEARLY;BYMONTH=3,9;BYDAY=1TU", date(2026, 3, 3), ["2026-03-03", "2026-09-01", "2027-03-02"]),
        ("FREQ=YEARLY;BYDAY=20MO", date(2026, 5, 18), ["2026-05-18", "2027-05-17", "2028-05-15"]),
        ("FREQ=DAILY;INTERVAL=10", date(2026, 12, 25), ["2026-12-25", "2027-01-04", "2027-01-14"]),
    ],
)
def test_rules_give_their_days(rule, first, found):
    assert series(rule, first, limit=3) == found


def test_leap_day_is_left_out_of_1900_and_2100():
    found = series("FREQ=YEARLY", date(1896, 2, 29), start=date(1896, 1, 1), end=date(1908, 1, 1))
    later = series("FREQ=YEARLY", date(2096, 2, 29), limit=2)

    assert found == ["1896-02-29", "1904-02-29"]
    assert later == ["2096-02-29", "2104-02-29"]


@pytest.mark.parametrize("year", [1, 2038, 2106, 9999])
def test_year_edges_are_reached(year):
    first = aligned(parse_rrule("FREQ=WEEKLY;BYDAY=WE"), date(year, 1, 1))
    last = date(year, 12, 31)

    weekly = dates(Rule("WEEKLY"), first, first, last)
    monthly = dates(Rule("MONTHLY", month_days=(-1,)), date(year, 1, 31), date(year, 1, 1), last)
    daily = dates(Rule("DAILY"), date(year, 12, 30), date(year, 1, 1), date.max if year == 9999 else last)

    assert len(weekly) in (52, 53)
    assert len(monthly) == 12
    assert daily == [date(year, 12, 30), last]


def test_occurrences_at_the_ends_of_the_calendar_do_not_break():
    start = datetime(9999, 12, 1, tzinfo=UTC)
    end = datetime(9999, 12, 31, 23, tzinfo=UTC)

    found = occurrences(Rule("DAILY"), date(9999, 12, 29), time(23), "UTC-12:00", start, end)
    early = occurrences(
        Rule("DAILY"),
        date(1, 1, 1),
        time(1),
        "UTC+14:00",
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1, 1, 3, tzinfo=UTC),
    )

    assert [one.local.day for one in found] == [29, 30]
    assert [one.local.day for one in early] == [2, 3]


def test_count_runs_from_the_first_day_whatever_the_window():
    rule = parse_rrule("FREQ=WEEKLY;COUNT=3")

    found = dates(rule, date(2026, 1, 7), date(2026, 1, 10), date(2027, 1, 1))

    assert found == [date(2026, 1, 14), date(2026, 1, 21)]


def test_until_is_the_last_day():
    rule = parse_rrule("FREQ=WEEKLY;UNTIL=20260121")

    assert dates(rule, date(2026, 1, 7), *FOREVER)[-1] == date(2026, 1, 21)


def test_empty_windows_are_empty():
    rule = parse_rrule("FREQ=WEEKLY")

    assert dates(rule, date(2026, 1, 7), date(2025, 1, 1), date(2026, 1, 6)) == []
    assert dates(rule, date(2026, 1, 7), date(2026, 2, 2), date(2026, 2, 1)) == []
    assert dates(rule, date(2026, 1, 7), date(2026, 1, 8), date(2026, 1, 13)) == []


def test_limit_gives_the_earliest():
    assert len(dates(Rule("DAILY"), date(2026, 1, 1), *FOREVER)) == 10_000
    assert dates(Rule("DAILY"), date(2026, 1, 1), *FOREVER, limit=1) == [date(2026, 1, 1)]


def test_first_day_has_to_match():
    with pytest.raises(Refused) as refusal:
        dates(parse_rrule("FREQ=WEEKLY;BYDAY=WE"), date(2026, 1, 8), *FOREVER)

    assert refusal.value.code == "first_not_in_rule"


@pytest.mark.parametrize(
    ("rule", "day", "found"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", date(2025, 1, 23), date(2025, 1, 29)),
        ("FREQ=WEEKLY;BYDAY=WE", date(2025, 1, 22), date(2025, 1, 22)),
        ("FREQ=WEEKLY", date(2025, 1, 23), date(2025, 1, 23)),
        ("FREQ=MONTHLY;BYDAY=1TU", date(2026, 1, 7), date(2026, 2, 3)),
        ("FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=31", date(2026, 2, 1), date(2026, 3, 31)),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2096, 3, 1), date(2104, 2, 29)),
        ("FREQ=DAILY;BYMONTH=6", date(2026, 7, 1), date(2027, 6, 1)),
    ],
)
def test_aligned_gives_the_next_day_that_can_start_the_series(rule, day, found):
    assert aligned(parse_rrule(rule), day) == found


def test_aligned_refuses_a_rule_without_days():
    with pytest.raises(Refused) as refusal:
        aligned(parse_rrule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), date(2026, 1, 1))

    assert refusal.value.code == "rule_empty"


@pytest.mark.parametrize(
    "rule",
    [
        Rule("YEARLY", months=(2,), month_days=(30,)),
        Rule("DAILY", months=(2,), month_days=(30,)),
        Rule("MONTHLY", months=(2,), month_days=(31,)),
        Rule("MONTHLY", months=(2,), weekdays=(0, 1, 2, 3, 4, 5, 6), set_positions=(200,)),
        Rule("DAILY", months=(2,), month_days=(30,), count=10_000),
    ],
)
def test_rules_that_never_match_are_given_up_within_bounds(rule):
    started = clock.process_time()
    try:
        dates(rule, date(2026, 1, 1), *FOREVER)
    except Refused as refusal:
        code = refusal.code
    with pytest.raises(Refused):
        aligned(rule, date(1, 1, 1))

    assert code == "first_not_in_rule"
    assert clock.process_time() - started < 10


def test_dense_rule_over_the_whole_calendar_is_bounded():
    rule = Rule("MONTHLY", months=(2,), month_days=(29,))

    started = clock.process_time()
    found = dates(rule, date(4, 2, 29), *FOREVER)

    assert len(found) == 2424  # every leap day from year 4 to 9996
    assert clock.process_time() - started < 10


def test_occurrences_are_attached_to_the_zone_after_they_are_computed():
    found = occurrences(
        parse_rrule("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"), date(2025, 1, 22), time(8), "America/Los_Angeles",
        datetime(2025, 2, 27, tzinfo=UTC), datetime(2025, 3, 20, tzinfo=UTC),
    )  # fmt: skip

    assert found == [
        (datetime(2025, 3, 5, 8), datetime(2025, 3, 5, 16, tzinfo=UTC)),
        (datetime(2025, 3, 19, 8), datetime(2025, 3, 19, 15, tzinfo=UTC)),
    ]


def test_occurrence_in_a_gap_is_shifted_and_in_an_overlap_is_the_first():
    start = datetime(2026, 3, 1, tzinfo=UTC)

    found = occurrences(
        parse_rrule("FREQ=WEEKLY"),
        date(2026, 3, 1),
        time(2, 30),
        "Europe/Berlin",
        start,
        start + timedelta(days=250),
    )

    by_day = {one.local.date(): one.utc for one in found}
    assert by_day[date(2026, 3, 29)] == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert by_day[date(2026, 10, 25)] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert len(found) == 36


def test_fold_of_the_planned_time_means_nothing():
    gap = datetime(2026, 3, 29, tzinfo=UTC)

    found = occurrences(
        Rule("WEEKLY"), date(2026, 3, 29), time(2, 30, fold=1), "Europe/Berlin", gap, gap + timedelta(1)
    )

    assert found == [(datetime(2026, 3, 29, 2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC))]
    assert found[0].local.fold == 0


def test_window_of_occurrences_is_closed_at_the_start_and_open_at_the_end():
    first = datetime(2026, 1, 7, 9, tzinfo=UTC)
    rule = parse_rrule("FREQ=WEEKLY")

    both = occurrences(rule, date(2026, 1, 7), time(9), "UTC", first, first + timedelta(days=7))
    none = occurrences(rule, date(2026, 1, 7), time(9), "UTC", first + timedelta(seconds=1), first + timedelta(days=7))

    assert [one.utc for one in both] == [first]
    assert none == []


def test_limit_of_occurrences_is_of_those_in_the_window():
    start = datetime(2026, 1, 5, tzinfo=UTC)

    found = occurrences(
        Rule("DAILY"),
        date(2026, 1, 1),
        time(9),
        "Pacific/Kiritimati",
        start,
        start + timedelta(days=99),
        limit=3,
    )

    assert [one.local.day for one in found] == [6, 7, 8]


WEEKDAYS = st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True).map(tuple)


@st.composite
def rules(draw):
    """Rules that dateutil understands as RFC 5545 means them."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts: dict[str, object] = {"interval": draw(st.integers(1, 5))}
    some = st.booleans()
    if freq == "WEEKLY":
        parts["weekdays"] = draw(st.just(()) | WEEKDAYS)
        parts["week_start"] = draw(st.integers(0, 6))
    elif draw(some):
        parts["weekdays"] = draw(WEEKDAYS)
    if draw(some):
        parts["months"] = draw(st.lists(st.integers(1, 12), min_size=1, max_size=5, unique=True).map(tuple))
    if freq != "WEEKLY" and draw(some):
        days = st.integers(-31, 31).filter(bool)
        parts["month_days"] = draw(st.lists(days, min_size=1, max_size=6, unique=True).map(tuple))
    if freq in ("MONTHLY", "YEARLY") and parts.get("weekdays") and not parts.get("month_days") and draw(some):
        most = 53 if freq == "YEARLY" and not parts.get("months") else 5
        positions = st.integers(-most, most).filter(bool)
        parts["nth"] = draw(st.lists(positions, min_size=1, max_size=3, unique=True).map(tuple))
    if freq in ("MONTHLY", "YEARLY") and (parts.get("weekdays") or parts.get("month_days")) and draw(some):
        parts["set_positions"] = draw(
            st.lists(st.integers(-4, 4).filter(bool), min_size=1, max_size=2, unique=True).map(tuple)
        )
    if draw(st.integers(0, 3)) == 0:
        parts["count"] = draw(st.integers(1, 40))
    return Rule(freq, **parts)


@settings(max_examples=400, deadline=None)
@given(rules(), st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 900))
def test_days_agree_with_dateutil(rule, day, later):
    try:
        first = aligned(rule, day)
    except Refused:
        assume(False)
    start = first + timedelta(days=later)
    end = start + timedelta(days=1500)

    ours = dates(rule, first, start, end)

    theirs = rrulestr(to_rrule(rule), dtstart=datetime.combine(first, time()))
    between = theirs.between(datetime.combine(start, time()), datetime.combine(end, time()), inc=True)
    assert ours == [moment.date() for moment in between]


@settings(max_examples=200, deadline=None)
@given(rules(), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_aligned_gives_a_day_with_which_the_series_starts(rule, day):
    try:
        first = aligned(rule, day)
    except Refused:
        assume(False)

    assert first >= day
    assert dates(rule, first, first, first) == [first]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(zones.choices()),
    st.dates(date(1995, 1, 1), date(2060, 1, 1)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    WEEKDAYS,
    st.integers(1, 4),
)
def test_wall_time_is_kept_round_changes_of_clocks(zone, day, at, weekdays, interval):
    rule = Rule("WEEKLY", interval=interval, weekdays=weekdays)
    first = aligned(rule, day)
    start = datetime.combine(first, time(), UTC) - timedelta(days=2)

    found = occurrences(rule, first, at, zone, start, start + timedelta(days=400))

    place = zones.zone(zone)
    assert [one.local.date() for one in found] == dates(rule, first, first, found[-1].local.date())
    for one in found:
        assert one.local.time() == at
        shown = one.utc.astimezone(place).replace(tzinfo=None)
        if zones.local_to_utc(one.local, zone).kind == "gap":
            assert shown > one.local
        else:
            assert shown == one.local
