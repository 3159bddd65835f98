"""What other calendar programs make of our calendars is what we mean: two years in twelve zones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.kit import zones
from folkmoot.kit.ical import Event, calendar, component, timezones
from folkmoot.kit.recurrence import Rule, aligned, occurrences, parse_rrule
from tests.kit.judges import read_by_icalendar, read_by_icaljs

ZONES = [
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "Europe/Dublin",
    "Europe/Berlin",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "UTC-08:00",
    "UTC",
]
RULES = [
    "FREQ=WEEKLY;BYDAY=WE",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYDAY=1TU",
    "FREQ=MONTHLY;BYDAY=2WE,4WE",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=WEEKLY;BYDAY=SU;UNTIL=20261101",
    "FREQ=MONTHLY;BYDAY=3TH;COUNT=7",
    "FREQ=YEARLY;BYMONTH=3,9;BYDAY=1TU",
]
START = datetime(2025, 1, 1, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHANGED = datetime(2024, 12, 1, tzinfo=UTC)


def series(zone, text, *, at=time(8), number=0):
    rule = parse_rrule(text)
    first = aligned(rule, date(2025, 1, 6))
    return Event(
        uid=f"{number}@folkmoot.example",
        summary=f"Call {number}",
        changed=CHANGED,
        start=datetime.combine(first, at),
        zone=zone,
        rule=rule,
    )


def meant(event, end=END):
    found = occurrences(event.rule, event.first, event.at, event.zone, START, end)
    return {(event.uid, one.utc, one.utc + event.duration, "CONFIRMED") for one in found}


def feed(events):
    spans = [(event.zone, event.first, event.last) for event in events]
    return calendar(map(component, events), timezones(spans), name="Judged")


def with_changes(event):
    """The series with one occurrence moved, one cancelled and one excluded; the events, and what they mean."""
    found = occurrences(event.rule, event.first, event.at, event.zone, START, END)
    moved, cancelled, excluded = found[1], found[2], found[3]
    later = moved.local + timedelta(days=1, hours=2)
    events = [
        replace(event, excluded=(excluded.local,)),
        replace(event, rule=None, start=later, sequence=1, recurrence_id=moved.local),
        replace(
            event,
            rule=None,
            start=cancelled.local,
            sequence=1,
            status="CANCELLED",
            recurrence_id=cancelled.local,
        ),
    ]
    left = meant(event) - {(event.uid, one.utc, one.utc + HOUR, "CONFIRMED") for one in found[1:4]}
    elsewhere = zones.local_to_utc(later, event.zone).utc
    return events, left | {
        (event.uid, elsewhere, elsewhere + HOUR, "CONFIRMED"),
        (event.uid, cancelled.utc, cancelled.utc + HOUR, "CANCELLED"),
    }


@pytest.fixture(scope="module")
def judged():
    """Every rule in every zone in one calendar, each with a moved, a cancelled and an excluded occurrence."""
    events, expected = [], set()
    number = 0
    for zone in ZONES:
        for text in RULES:
            number += 1
            plain = series(zone, text, number=number)
            if "COUNT" in text or plain.first.year > 2025 or "YEARLY" in text:
                events.append(plain)
                expected |= meant(plain)
            else:
                changed, meaning = with_changes(plain)
                events += changed
                expected |= meaning
    return feed(events), expected


def test_two_years_agree_with_recurring_ical_events(judged):
    calendar_bytes, expected = judged

    found = read_by_icalendar(calendar_bytes, START, END)

    assert len(expected) > 5_000
    assert found == expected


def test_two_years_agree_with_icaljs(judged):
    calendar_bytes, expected = judged

    found = read_by_icaljs(calendar_bytes, END)

    assert found == expected


def test_single_meetings_agree_in_every_zone():
    events = [
        Event(uid=zone, summary=zone, changed=CHANGED, start=datetime(2025, 7, 1, 23, 30), zone=zone)
        for zone in zones.choices()
    ]
    starts = {zone: zones.local_to_utc(datetime(2025, 7, 1, 23, 30), zone).utc for zone in zones.choices()}
    expected = {(zone, start, start + HOUR, "CONFIRMED") for zone, start in starts.items()}

    whole = feed(events)

    assert read_by_icalendar(whole, START, END) == expected
    assert read_by_icaljs(whole, END) == expected


def test_moved_to_another_zone_replaces_the_planned_one():
    master = series("America/Los_Angeles", "FREQ=WEEKLY;COUNT=2")
    second = occurrences(master.rule, master.first, master.at, master.zone, START, END)[1]
    moved = replace(
        master, rule=None, zone="Asia/Kolkata", start=datetime(2025, 1, 14, 21, 30), sequence=1,
        recurrence_id=second.local, recurrence_zone=master.zone,
    )  # fmt: skip
    elsewhere = datetime(2025, 1, 14, 16, tzinfo=UTC)
    first = zones.local_to_utc(master.start, master.zone).utc
    expected = {
        (master.uid, first, first + HOUR, "CONFIRMED"),
        (master.uid, elsewhere, elsewhere + HOUR, "CONFIRMED"),
    }

    whole = feed([master, moved])

    assert read_by_icalendar(whole, START, END) == expected
    assert read_by_icaljs(whole, END) == expected


PLACES = st.sampled_from(zones.choices())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    PLACES,
    st.integers(1, 3),
    st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True).map(tuple),
    st.integers(4, 23).map(time),  # before that clocks may jump over the call, and programs differ
    st.dates(date(2024, 1, 1), date(2026, 1, 1)),
)
def test_any_weekly_series_agrees_with_recurring_ical_events(zone, interval, weekdays, at, day):
    rule = Rule("WEEKLY", interval=interval, weekdays=weekdays)
    event = replace(series(zone, "FREQ=DAILY"), rule=rule, start=datetime.combine(aligned(rule, day), at), zone=zone)

    found = read_by_icalendar(feed([event]), START, END)

    assert found == meant(event)


def test_call_in_a_gap_is_where_rfc_5545_puts_it():
    event = replace(series("Europe/Berlin", "FREQ=WEEKLY;BYDAY=SU"), start=datetime(2025, 3, 23, 2, 30))
    shifted = datetime(2025, 3, 30, 1, 30, tzinfo=UTC)

    assert shifted in {start for _, start, _, _ in meant(event)}
    assert shifted in {start for _, start, _, _ in read_by_icalendar(feed([event]), START, END)}
