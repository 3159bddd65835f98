"""A feed of 500 meetings of which one has changed, against writing all 500 with the icalendar library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import icalendar

from folkmoot.kit.ical import Event, calendar, component, etag, timezones

BAR = 1 / 20
MANY = 500
ZONES = ("America/Los_Angeles", "America/Sao_Paulo", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe")


def meetings() -> list[Event]:
    """Single meetings of two years, with what a meeting usually says."""
    return [
        Event(
            uid=f"meeting-{number}@folkmoot.example",
            summary=f"Working group call, number {number}",
            changed=datetime(2026, 1, 1, tzinfo=UTC),
            start=datetime(2026, 1, 5, 8 + number % 10) + timedelta(days=number),
            zone=ZONES[number % len(ZONES)],
            description="Agenda: last month’s actions; the year’s activities; any other business.\n"
            f"https://folkmoot.example/meetings/{number}/",
            location="https://meet.example/working-group",
            url=f"https://folkmoot.example/meetings/{number}/",
            sequence=number % 3,
        )
        for number in range(MANY)
    ]


def spans(events: list[Event]) -> list[tuple[str, date, date | None]]:
    return [(event.zone, event.first, event.last) for event in events]


def run() -> list[tuple[str, float, float]]:
    """The share of the other's time that we take, and the bar; AssertionError when the calendars differ."""
    events = meetings()
    kept = [component(event) for event in events]
    zones_kept = timezones(spans(events))
    parsed = icalendar.Calendar.from_ical(calendar(kept, zones_kept, name="Calls"))

    ours_took = []
    for turn in range(5):
        changed = replace(events[250], summary=f"Moved to another room ({turn})", sequence=9)
        started = perf_counter()
        kept[250] = component(changed)
        feed = calendar(kept, zones_kept, name="Calls")
        tag = etag(feed)
        ours_took.append(perf_counter() - started)
    theirs_took = []
    for _ in range(2):
        started = perf_counter()
        parsed.to_ical()
        theirs_took.append(perf_counter() - started)

    assert tag != etag(parsed.to_ical())
    read = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    assert len(read) == MANY
    assert str(read[250]["SUMMARY"]) == "Moved to another room (4)"
    ratio = min(ours_took) / min(theirs_took)
    return [("feed of 500 with one changed, of icalendar's time for all 500", ratio, BAR)]
