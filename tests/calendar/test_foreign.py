"""Calendars that others keep, as files: what is read of them, and what they cannot do to us."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from folkmoot.calendar.domain.foreign import MOST_OCCURRENCES, as_json, from_json, read
from folkmoot.calendar.foreign_process import read_apart
from folkmoot.kit.errors import Refused

START, END = dt.date(2026, 12, 1), dt.date(2027, 1, 1)
BERLIN = "Europe/Berlin"


def ics(*events: str, head: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *filter(None, [head])]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}@example.org", *event.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def found(*events: str, zone: str = BERLIN, head: str = ""):
    return read(ics(*events, head=head), start=START, end=END, zone=zone).occurrences


def test_times_are_taken_in_the_zone_that_the_file_names():
    (one,) = found(
        "DTSTART;TZID=America/Los_Angeles:20261202T080000\nDTEND;TZID=America/Los_Angeles:20261202T093000\nSUMMARY:Call"
    )

    assert (one.summary, one.all_day, one.zone) == ("Call", False, "America/Los_Angeles")
    assert one.starts_at == dt.datetime(2026, 12, 2, 16, tzinfo=dt.UTC)
    assert one.ends_at == dt.datetime(2026, 12, 2, 17, 30, tzinfo=dt.UTC)


def test_times_without_a_zone_are_in_the_layer_s():
    (one,) = found("DTSTART:20261202T080000\nDURATION:PT45M\nSUMMARY:Call")

    assert (one.starts_at, one.ends_at, one.zone) == (
        dt.datetime(2026, 12, 2, 7, tzinfo=dt.UTC),
        dt.datetime(2026, 12, 2, 7, 45, tzinfo=dt.UTC),
        BERLIN,
    )


def test_zone_that_the_file_describes_itself_counts():
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Custom\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0330\r\nTZOFFSETTO:+0330\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    (one,) = found("DTSTART;TZID=Custom:20261202T080000\nSUMMARY:Call", head=zone)

    assert (one.starts_at, one.zone) == (dt.datetime(2026, 12, 2, 4, 30, tzinfo=dt.UTC), "UTC")


def test_whole_days_stay_days_with_the_last_one_included():
    one, two = found(
        "DTSTART;VALUE=DATE:20261210\nDTEND;VALUE=DATE:20261213\nSUMMARY:Summit",
        "DTSTART;VALUE=DATE:20261220\nSUMMARY:Day"
    )  # fmt: skip

    assert (one.all_day, one.first_day, one.last_day, one.starts_at) == (
        True, dt.date(2026, 12, 10), dt.date(2026, 12, 12), None,
    )  # fmt: skip
    assert (two.first_day, two.last_day) == (dt.date(2026, 12, 20), dt.date(2026, 12, 20))


def test_series_are_worked_out_with_their_exceptions():
    series = (
        "DTSTART;TZID=Europe/Berlin:20261104T180000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE\n"
        "EXDATE;TZID=Europe/Berlin:20261216T180000\nSUMMARY:Call"
    )
    content = ics(series).replace(b"END:VCALENDAR", (
        b"BEGIN:VEVENT\r\nUID:0@example.org\r\nRECURRENCE-ID;TZID=Europe/Berlin:20261230T180000\r\n"
        b"DTSTART;TZID=Europe/Berlin:20261231T190000\r\nSUMMARY:Moved\r\nEND:VEVENT\r\nEND:VCALENDAR"
    ))  # fmt: skip

    occurrences = read(content, start=START, end=END, zone=BERLIN).occurrences

    assert [(one.summary, one.starts_at.isoformat()) for one in occurrences] == [
        ("Call", "2026-12-02T17:00:00+00:00"),
        ("Moved", "2026-12-31T18:00:00+00:00"),
    ]


def test_cancelled_events_say_so_and_links_are_kept_only_where_harmless():
    one, two = found(
        "DTSTART:20261202T080000Z\nSUMMARY:A\nSTATUS:CANCELLED\nURL:https://example.org/a",
        "DTSTART:20261203T080000Z\nSUMMARY:B\nURL:javascript:alert(1)",
    )

    assert (one.is_cancelled, one.url) == (True, "https://example.org/a")
    assert (two.is_cancelled, two.url) == (False, "")


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>no</html>", b"\x00\x01\x02", b"BEGIN:VCARD\r\nEND:VCARD\r\n", "﻿nothing".encode(), b"x" * 5000],
)
def test_what_is_no_calendar_is_refused(content):
    with pytest.raises(Refused) as refused:
        read(content, start=START, end=END, zone=BERLIN)

    assert refused.value.code == "no_calendar"


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=1,2,3",
     "FREQ=DAILY;BYMINUTE=0,1", "FREQ=YEARLY;BYYEARDAY=" + ",".join(str(day) for day in range(1, 300))],
)  # fmt: skip
def test_rule_that_comes_within_the_day_is_left_out_with_a_note(rule):
    reading = read(
        ics(f"DTSTART:20261202T080000Z\nRRULE:{rule}\nSUMMARY:Bomb", "DTSTART:20261203T080000Z\nSUMMARY:Call"),
        start=START, end=END, zone=BERLIN,
    )  # fmt: skip

    assert [one.summary for one in reading.occurrences] == ["Call"]
    assert reading.notes == ["An event that repeats within the day was left out."]


def test_more_than_can_be_shown_is_cut_and_said():
    reading = read(
        ics(*[f"DTSTART:20261202T080000Z\nRRULE:FREQ=DAILY\nSUMMARY:{n}" for n in range(100)]),
        start=START, end=END, zone=BERLIN,
    )  # fmt: skip

    assert len(reading.occurrences) == MOST_OCCURRENCES
    assert reading.notes == [f"Only the first {MOST_OCCURRENCES} events are shown."]


def test_texts_are_on_one_line_short_and_steer_nothing():
    (one,) = found("DTSTART:20261202T080000Z\nSUMMARY:A\\nB\u202eC " + "x" * 900 + "\nLOCATION:Room\\, 1")

    assert one.summary.startswith("A B C x")
    assert len(one.summary) == 400
    assert one.location == "Room, 1"


def test_reading_survives_being_sent_between_processes():
    reading = read(
        ics("DTSTART:20261202T080000Z\nSUMMARY:A", "DTSTART;VALUE=DATE:20261210\nSUMMARY:B", head="X-WR-CALNAME:Ours"),
        start=START, end=END, zone=BERLIN,
    )  # fmt: skip

    assert from_json(as_json(reading)) == reading
    assert reading.name == "Ours"


def test_reading_apart_gives_the_same():
    content = ics("DTSTART:20261202T080000Z\nRRULE:FREQ=WEEKLY;COUNT=1000000000\nSUMMARY:A")

    apart = read_apart(content, start=START, end=END, zone=BERLIN)

    assert apart == read(content, start=START, end=END, zone=BERLIN)
    assert len(apart.occurrences) == 5


def test_reading_apart_says_why_not():
    with pytest.raises(Refused) as refused:
        read_apart(b"<html>", start=START, end=END, zone=BERLIN)

    assert refused.value.message == "The document at this address is no calendar file (iCalendar, .ics)."


def test_file_that_is_too_much_work_is_stopped():
    # The thirtieth of February of every year there is: nothing is ever found, and all is looked at.
    bomb = ics(*["DTSTART:19700101T080000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY:B"] * 2000)

    before = time.monotonic()
    with pytest.raises(Refused) as refused:
        read_apart(bomb, start=START, end=END, zone=BERLIN, seconds=1.0)

    assert refused.value.code == "too_heavy"
    assert time.monotonic() - before < 10
