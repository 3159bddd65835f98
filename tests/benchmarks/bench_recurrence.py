"""Expanding a year of a thousand series, against recurring-ical-events on the same series."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from time import perf_counter

import icalendar
import recurring_ical_events

from folkmoot.kit.ical import Event, calendar, component, timezones
from folkmoot.kit.recurrence import Rule, aligned, occurrences, parse_rrule

BAR = 1 / 15
MANY = 1_000
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
ZONES = ("America/Los_Angeles", "America/Sao_Paulo", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe")
# Of twenty series: eight weekly or fortnightly, eight by n-th weekday, and the rare rest.
RULES = (
    *["FREQ=WEEKLY;BYDAY=WE", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"] * 3,
    *["FREQ=WEEKLY;BYDAY=MO,TH"] * 2,
    *["FREQ=MONTHLY;BYDAY=1TU", "FREQ=MONTHLY;BYDAY=2WE,4WE", "FREQ=MONTHLY;BYDAY=-1FR"] * 2,
    *["FREQ=MONTHLY;BYDAY=3TH"] * 2,
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO",
    "FREQ=YEARLY;BYMONTH=3,9;BYDAY=1TU",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
)

Series = tuple[Rule, date, time, str]


def thousand_series() -> list[Series]:
    """The same every time: rules, zones and hours in turn, begun at different times in the two years before."""
    found = []
    for number in range(MANY):
        rule = parse_rrule(RULES[number % len(RULES)])
        first = aligned(rule, date(2024 + number % 2, number % 12 + 1, number % 28 + 1))
        found.append((rule, first, time(6 + number % 16, 30), ZONES[number % len(ZONES)]))
    return found


def as_calendar(series: list[Series]) -> icalendar.Component:
    """The series as a parsed calendar."""
    changed = datetime(2024, 1, 1, tzinfo=UTC)
    events = [
        Event(uid=str(number), summary="Call", changed=changed, start=datetime.combine(first, at), zone=zone, rule=rule)
        for number, (rule, first, at, zone) in enumerate(series)
    ]
    spans = [(event.zone, event.first, event.last) for event in events]
    return icalendar.Calendar.from_ical(calendar(map(component, events), timezones(spans), name="Thousand series"))


def run() -> list[tuple[str, float, float]]:
    """The share of the other's time that we take, and the bar; AssertionError when the occurrences differ."""
    series = thousand_series()
    theirs_from = as_calendar(series)

    ours_took = []
    for _ in range(3):
        started = perf_counter()
        ours = [occurrences(rule, first, at, zone, START, END) for rule, first, at, zone in series]
        ours_took.append(perf_counter() - started)
    started = perf_counter()
    theirs = recurring_ical_events.of(theirs_from).between(START, END)
    theirs_took = perf_counter() - started

    found = {(str(number), one.utc) for number, each in enumerate(ours) for one in each}
    # They also give what began before the window and reaches into it.
    of_theirs = [(str(event["UID"]), event["DTSTART"].dt.astimezone(UTC)) for event in theirs]
    expected = {(uid, start) for uid, start in of_theirs if start >= START}
    assert found == expected
    assert len(found) > 20 * MANY
    return [("1,000 series over a year, of recurring-ical-events' time", min(ours_took) / theirs_took, BAR)]
