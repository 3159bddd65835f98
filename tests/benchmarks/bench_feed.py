"""Feeds as they are served: an unchanged one against the empty view, a changed one against writing all anew."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from statistics import median

import icalendar
from django.test import Client
from django.utils.http import http_date

from folkmoot.calendar.actions import Published, publish
from folkmoot.calendar.models import FeedStamp
from folkmoot.calendar.rendering import rendered
from folkmoot.groups.models import Group
from tests.benchmarks.requests import Requests
from tests.factories.organisation import organisation

UNCHANGED, ONE_CHANGED = 3.0, 1 / 20
MANY = 500
ZONES = ("America/Los_Angeles", "America/Sao_Paulo", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe")
TURNS = 7


def meeting(number: int, group: Group, turn: int = 0) -> Published:
    """One of the meetings of two years, with what a meeting usually says."""
    return Published(
        uid=f"bench-{number}",
        summary=f"Working group call, number {number}",
        description="Agenda: last month’s actions; the year’s activities; any other business.",
        location="https://meet.example/working-group",
        starts=datetime(2026, 1, 5, 8 + number % 10) + timedelta(days=number, minutes=turn),
        zone=ZONES[number % len(ZONES)],
        duration=timedelta(hours=1),
        path=f"/meetings/{number}/",
        source=f"bench.meeting:{number}",
        group=group,
    )


def run() -> list[tuple[str, float, float]]:
    """304 by tag and by date, and the whole feed after one change, each with its bar."""
    organisation()
    group = Group.objects.create(slug="bench-feed", name="Bench")
    for number in range(MANY):
        publish(meeting(number, group))
    FeedStamp.objects.update(changed_at=datetime.fromisoformat("2026-01-01T00:00:00Z"))
    with Requests() as requests:
        rows = []
        empty = requests.empty()
        for what, path in (("group", "/groups/bench-feed/calendar.ics"), ("organisation", "/calendar.ics")):
            answer = Client().get(path)
            unchanged = requests.cost(path, 304, HTTP_IF_NONE_MATCH=answer["ETag"])
            rows.append((f"unchanged feed of the {what} by its tag, to the empty view", unchanged / empty, UNCHANGED))
        since = http_date(datetime.fromisoformat("2026-06-01T00:00:00Z").timestamp())
        unchanged = requests.cost("/calendar.ics", 304, HTTP_IF_MODIFIED_SINCE=since)
        rows.append(("unchanged feed by its date, to the empty view", unchanged / empty, UNCHANGED))
        rows.append(
            ("feed of 500 with one changed, of icalendar’s time for all", _one_changed(requests, group), ONE_CHANGED)
        )
    return rows


def _one_changed(requests: Requests, group: Group) -> float:
    """CPU of writing one component anew and serving the feed that has it, over that of writing all by icalendar.

    That the change itself is kept, with its transaction, is not the feed's cost.
    """
    ours, theirs = [], []
    path = "/groups/bench-feed/calendar.ics"
    ask = requests.caller(path)
    for turn in range(1, TURNS + 1):
        item = publish(meeting(250, group, turn))
        began = time.process_time()
        assert rendered(item) == item.component
        ask()
        ours.append(time.process_time() - began)
    content = Client().get(path).content
    assert content.count(b"BEGIN:VEVENT") == MANY
    assert f"SEQUENCE:{TURNS}\r\n".encode() in content
    parsed = icalendar.Calendar.from_ical(content)
    for _turn in range(3):
        began = time.process_time()
        parsed.to_ical()
        theirs.append(time.process_time() - began)
    return median(ours) / median(theirs)
