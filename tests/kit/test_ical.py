"""Events as RFC 5545 writes them: whole, folded, and safe from what people type."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit.errors import Refused
from folkmoot.kit.ical import Event, Organizer, calendar, component, etag, timezones
from folkmoot.kit.ical.lines import LONGEST_TEXT, fold
from folkmoot.kit.recurrence import Rule, parse_rrule

CHANGED = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
CALL = Event(
    uid="call-1@folkmoot.example",
    summary="Community call",
    changed=CHANGED,
    start=datetime(2025, 1, 22, 8),
    zone="America/Los_Angeles",
)
SERIES = replace(CALL, rule=parse_rrule("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"))


def lines(event):
    return component(event).replace("\r\n ", "").split("\r\n")


def parsed(event):
    whole = calendar([component(event)], timezones([(event.zone, event.first, event.last)]), name="Calls")
    (found,) = icalendar.Calendar.from_ical(whole).walk("VEVENT")
    assert not found.errors
    return found


def test_component_of_a_series():
    assert lines(SERIES) == [
        "BEGIN:VEVENT",
        "UID:call-1@folkmoot.example",
        "DTSTAMP:20250102T030405Z",
        "SEQUENCE:0",
        "DTSTART;TZID=America/Los_Angeles:20250122T080000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
        "SUMMARY:Community call",
        "STATUS:CONFIRMED",
        "LAST-MODIFIED:20250102T030405Z",
        "END:VEVENT",
        "",
    ]


def test_component_with_everything():
    event = replace(
        SERIES,
        sequence=3,
        created=datetime(2025, 1, 1, tzinfo=UTC),
        description="Agenda:\n- one; two, three \\ four",
        location="Room 5, north wing",
        url="https://meet.example/a b?c=d#e",
        status="TENTATIVE",
        categories=("calls", "a,b"),
        organizer=Organizer('The "moot" team', "moot@folkmoot.example"),
        excluded=(datetime(2025, 2, 5, 8), datetime(2025, 2, 19, 8)),
        rule=Rule("WEEKLY", interval=2, until=date(2025, 12, 31)),
        duration=timedelta(minutes=90),
    )

    written = lines(event)

    for line in (
        "SEQUENCE:3",
        "CREATED:20250101T000000Z",
        "DESCRIPTION:Agenda:\\n- one\\; two\\, three \\\\ four",
        "LOCATION:Room 5\\, north wing",
        "URL:https://meet.example/a%20b?c=d#e",
        "STATUS:TENTATIVE",
        "CATEGORIES:calls,a\\,b",
        "ORGANIZER;CN=\"The ^'moot^' team\":mailto:moot@folkmoot.example",
        "EXDATE;TZID=America/Los_Angeles:20250205T080000,20250219T080000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20251231T160000Z",
        "DURATION:PT1H30M",
    ):
        assert line in written


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("UTC", "DTSTART:20250122T080000Z"),
        ("Etc/UTC", "DTSTART:20250122T080000Z"),
        ("US/Pacific", "DTSTART;TZID=America/Los_Angeles:20250122T080000"),
        ("UTC-08:00", "DTSTART;TZID=Etc/GMT+8:20250122T080000"),
        ("UTC+05:30", "DTSTART;TZID=UTC+0530:20250122T080000"),
    ],
)
def test_start_names_the_canonical_zone(zone, start):
    assert start in lines(replace(CALL, zone=zone))


def test_whole_days_are_dates():
    event = replace(
        CALL, start=date(2025, 6, 1), duration=timedelta(days=2), rule=Rule("YEARLY", until=date(2030, 6, 1))
    )

    written = lines(event)

    assert "DTSTART;VALUE=DATE:20250601" in written
    assert "DURATION:P2D" in written
    assert "RRULE:FREQ=YEARLY;UNTIL=20300601" in written


def test_changed_occurrence_names_the_planned_start_in_the_series_zone():
    moved = replace(
        CALL, start=datetime(2025, 2, 6, 17), zone="Europe/Berlin", recurrence_id=datetime(2025, 2, 5, 8),
        recurrence_zone="America/Los_Angeles", sequence=1,
    )  # fmt: skip

    written = lines(moved)

    assert "RECURRENCE-ID;TZID=America/Los_Angeles:20250205T080000" in written
    assert "DTSTART;TZID=Europe/Berlin:20250206T170000" in written


def test_cancelled_occurrence_says_so():
    assert "STATUS:CANCELLED" in lines(replace(CALL, status="CANCELLED", recurrence_id=datetime(2025, 1, 22, 8)))


INJECTIONS = [
    "Call\r\nATTENDEE:mailto:evil@example.org",
    "Call\nBEGIN:VALARM\nACTION:EMAIL",
    "Call\rX:1",
    "Call\x0bX:1",
    "Call\x0cX:1",
    "Call\x85X:1",
    "Call\u2028X:1",
    "Call\u2029X:1",
    "Call\x00\x01\x1f\x7f\x9b",
    "END:VEVENT\r\nEND:VCALENDAR",
    "\ud800 lone surrogate",
]


@pytest.mark.parametrize("typed", INJECTIONS)
def test_no_text_breaks_out_of_its_line(typed):
    event = replace(
        CALL, uid=typed, summary=typed, description=typed, location=typed, url="https://x.example/" + typed,
        categories=(typed, typed), organizer=Organizer(typed, "a@b.example"),
    )  # fmt: skip
    harmless = replace(
        CALL, uid="u", summary="s", description="d", location="l", categories=("a", "b"),
        organizer=Organizer("n", "a@b.example"),
    )  # fmt: skip

    written = component(event)

    names = [line.partition(":")[0].partition(";")[0] for line in written.replace("\r\n ", "").split("\r\n")]
    expected = [line.partition(":")[0].partition(";")[0] for line in lines(harmless)]
    assert names == expected  # and no URL: these are none
    assert written.replace("\r\n", "").isprintable()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example", "https://", "x" * 9, ""]
)
def test_addresses_that_are_none_are_left_out(url):
    assert not [line for line in lines(replace(CALL, url=url)) if line.startswith("URL")]


@pytest.mark.parametrize("mail", ["", "nobody", "a@b\r\nX:1", "a b@c.example", "a@b.example,c@d.example"])
def test_organizer_without_a_plain_address_is_left_out(mail):
    assert not [line for line in lines(replace(CALL, organizer=Organizer("A", mail))) if line.startswith("ORGANIZER")]


def test_very_long_description_is_cut():
    written = component(replace(CALL, description="é" * 1_000_000))

    assert len(written.encode()) < LONGEST_TEXT * 2 * 1.1


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(TEXT)
def test_lines_are_folded_at_75_octets_between_characters(text):
    folded = fold("SUMMARY:" + text.replace("\r", "").replace("\n", ""))

    pieces = folded.removesuffix("\r\n").split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == (
        "SUMMARY:" + text.replace("\r", "").replace("\n", "")
    )


def test_fold_uses_the_whole_line():
    assert fold("x" * 75) == "x" * 75 + "\r\n"
    assert fold("x" * 76) == "x" * 75 + "\r\n x\r\n"
    assert fold("x" * 74 + "é") == "x" * 74 + "\r\n é\r\n"


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.just("\n"), max_size=300)


@given(PLAIN, PLAIN)
def test_texts_are_read_back_by_icalendar(summary, description):
    found = parsed(replace(CALL, summary=summary, description=description))

    assert str(found.get("SUMMARY", "")) == summary.strip(" ")
    assert str(found.get("DESCRIPTION", "")) == (description.strip(" ") if description.strip() else "")


def test_series_has_to_start_on_a_day_of_its_rule():
    with pytest.raises(Refused) as refusal:
        component(replace(SERIES, start=datetime(2025, 1, 23, 8)))

    assert refusal.value.code == "first_not_in_rule"


@pytest.mark.parametrize(
    "wrong",
    [
        {"uid": " "},
        {"start": datetime(2025, 1, 22, 8, tzinfo=UTC)},
        {"recurrence_id": datetime(2025, 1, 22, 8), "rule": Rule("WEEKLY")},
        {"excluded": (date(2025, 1, 22),)},
        {"start": date(2025, 1, 22), "duration": timedelta(hours=1)},
    ],
)
def test_contradictions_are_programming_errors(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        replace(CALL, **wrong)


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        (None, date(2025, 1, 22)),
        (Rule("WEEKLY"), None),
        (Rule("WEEKLY", until=date(2025, 3, 1)), date(2025, 3, 1)),
        (Rule("WEEKLY", count=3), date(2025, 2, 5)),
    ],
)
def test_last_day_of_an_event(rule, last):
    assert replace(CALL, rule=rule).last == last


def test_calendar_has_its_own_properties_and_no_zone():
    whole = calendar([component(CALL)], [], name="Group, calls", description="All; of them", refresh=timedelta(hours=1))

    text = whole.decode()
    head = text.split("BEGIN:VEVENT")[0].split("\r\n")
    assert head == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Folkmoot//Folkmoot//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Group\\, calls",
        "X-WR-CALNAME:Group\\, calls",
        "DESCRIPTION:All\\; of them",
        "X-WR-CALDESC:All\\; of them",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "",
    ]
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert "X-WR-TIMEZONE" not in text


def test_calendar_for_one_file_has_no_method_and_no_refresh():
    whole = calendar([component(CALL)], [], name="One", method=None, refresh=None).decode()

    assert "METHOD" not in whole
    assert "REFRESH" not in whole
    assert "TTL" not in whole


def test_empty_calendar_is_one_still():
    whole = calendar([], [], name="Nothing yet")

    assert icalendar.Calendar.from_ical(whole).walk("VEVENT") == []


def test_calendar_name_cannot_break_out():
    whole = calendar([], [], name="A\r\nBEGIN:VEVENT").decode()

    assert "\r\nBEGIN:VEVENT" not in whole


def test_etag_is_strong_quoted_and_tells_parts_apart():
    assert etag(b"abc") == etag("abc")
    assert etag("ab", "c") != etag("a", "bc")
    assert etag("ab") != etag("ab", "")
    assert etag().startswith('"')
    assert etag("x").endswith('"')
    assert len(etag("x")) == 34
