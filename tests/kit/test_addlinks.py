"""Addresses that open someone's calendar with an event filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from folkmoot.kit.addlinks import (
    google_link,
    google_subscription,
    outlook_link,
    outlook_subscription,
    webcal_link,
)
from folkmoot.kit.ical import Event
from folkmoot.kit.recurrence import Rule, parse_rrule

CALL = Event(
    uid="call@folkmoot.example",
    summary="Call & co: 100%",
    changed=datetime(2025, 1, 1, tzinfo=UTC),
    start=datetime(2025, 1, 22, 8),
    zone="US/Pacific",
    description="Agenda\nfollows",
    location="Room #5",
    url="https://folkmoot.example/meetings/1/",
)


def fields(link):
    return {name: value for name, (value,) in parse_qs(urlsplit(link).query, strict_parsing=True).items()}


def test_google_form_has_wall_time_and_zone():
    link = google_link(CALL)

    assert link.startswith("https://calendar.google.com/calendar/render?")
    assert fields(link) == {
        "action": "TEMPLATE",
        "text": "Call & co: 100%",
        "dates": "20250122T080000/20250122T090000",
        "ctz": "America/Los_Angeles",
        "details": "Agenda\nfollows\n\nhttps://folkmoot.example/meetings/1/",
        "location": "Room #5",
    }


def test_google_form_takes_the_rule():
    rule = parse_rrule("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE")

    assert fields(google_link(replace(CALL, rule=rule)))["recur"] == "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"
    ended = replace(CALL, rule=replace(rule, until=date(2025, 7, 2)))
    assert fields(google_link(ended))["recur"].endswith("UNTIL=20250702T150000Z")


def test_google_form_of_whole_days_and_fixed_offsets():
    days = replace(CALL, start=date(2025, 6, 1), duration=timedelta(days=2))

    assert fields(google_link(days))["dates"] == "20250601/20250603"
    assert fields(google_link(replace(CALL, zone="UTC-08:00")))["ctz"] == "Etc/GMT+8"


def test_outlook_form_has_instants():
    link = outlook_link(CALL)

    found = fields(link)
    assert link.startswith("https://outlook.live.com/calendar/0/deeplink/compose?")
    assert (found["startdt"], found["enddt"]) == ("2025-01-22T16:00:00Z", "2025-01-22T17:00:00Z")
    assert found["subject"] == CALL.summary
    assert outlook_link(CALL, work=True).startswith("https://outlook.office.com/")


def test_outlook_form_of_whole_days():
    found = fields(outlook_link(replace(CALL, start=date(2025, 6, 1), duration=timedelta(days=1))))

    assert (found["startdt"], found["enddt"], found["allday"]) == ("2025-06-01", "2025-06-02", "true")


def test_outlook_form_knows_no_rule():
    assert outlook_link(replace(CALL, rule=Rule("WEEKLY"))) == outlook_link(CALL)


@pytest.mark.parametrize("make", [google_link, outlook_link])
def test_nothing_typed_breaks_out_of_its_field(make):
    evil = "x&recur=RRULE:FREQ=DAILY#frag ment\r\n\ud800"

    link = make(replace(CALL, summary=evil, description=evil, location=evil))

    assert set(fields(link)) == set(fields(make(CALL)))
    assert urlsplit(link).fragment == ""
    assert link.isascii()
    assert link.isprintable()
    assert " " not in link


def test_long_descriptions_are_cut_but_keep_the_address():
    link = google_link(replace(CALL, description="word " * 5_000))

    details = fields(link)["details"]
    assert len(details) <= 1_000
    assert details.endswith("…\n\nhttps://folkmoot.example/meetings/1/")


def test_subscriptions():
    feed = "https://folkmoot.example/groups/a/calendar.ics?token=x&y"

    assert webcal_link(feed) == "webcal://folkmoot.example/groups/a/calendar.ics?token=x&y"
    assert fields(google_subscription(feed)) == {"cid": webcal_link(feed)}
    assert fields(outlook_subscription(feed, "A & B")) == {"url": feed, "name": "A & B"}
    assert "office.com" in outlook_subscription(feed, "A", work=True)


@pytest.mark.parametrize("feed", ["javascript:alert(1)", "/calendar.ics", ""])
def test_only_web_addresses_are_feeds(feed):
    with pytest.raises(ValueError, match="web address"):
        webcal_link(feed)
