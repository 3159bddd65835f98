"""Invitations as RFC 5546 and 6047 want them, judged by another library; and answers, also from who means harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.kit.ical import Attendee, Event, Organizer, Reply, calendar_email, invitation, replies
from folkmoot.kit.ical.reply import MOST_EVENTS
from folkmoot.kit.recurrence import parse_rrule

CHANGED = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
BEN = Attendee('Ben "the" Bee', "ben@folkmoot.example")
CALL = Event(
    uid="call-1",
    summary="Community call",
    changed=CHANGED,
    start=datetime(2025, 1, 22, 8),
    zone="America/Los_Angeles",
    sequence=3,
    organizer=Organizer("Docs", "answers+i-1-a-b@folkmoot.example"),
    attendees=(BEN,),
)
SERIES = replace(CALL, rule=parse_rrule("FREQ=WEEKLY;BYDAY=WE"))
MOVED = replace(CALL, recurrence_id=datetime(2025, 1, 29, 8), start=datetime(2025, 1, 30, 9), sequence=4)

ANSWER = """BEGIN:VCALENDAR
PRODID:-//Elsewhere//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:call-1
DTSTAMP:20250103T101112Z
SEQUENCE:3
ORGANIZER:mailto:answers@folkmoot.example
ATTENDEE;PARTSTAT=DECLINED;CN="Ben, the bee":MAILTO:Ben@Folkmoot.example
COMMENT:I am away\\, sorry.
END:VEVENT
END:VCALENDAR
"""
READ = Reply(
    uid="call-1",
    attendee="ben@folkmoot.example",
    answer="DECLINED",
    sequence=3,
    written_at=datetime(2025, 1, 3, 10, 11, 12, tzinfo=UTC),
    comment="I am away, sorry.",
)


def parsed(body):
    whole = icalendar.Calendar.from_ical(body)
    assert not [component.errors for component in whole.walk() if component.errors]
    return whole


def test_a_request_is_read_by_another_library():
    whole = parsed(invitation([CALL], "REQUEST"))

    (event,) = whole.walk("VEVENT")
    assert (str(whole["METHOD"]), str(whole["VERSION"]), "NAME" in whole) == ("REQUEST", "2.0", False)
    assert (str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == ("call-1", 3, "CONFIRMED")
    assert event["DTSTAMP"].dt == CHANGED
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2025, 1, 22, 16, tzinfo=UTC)
    assert str(event["ORGANIZER"]) == "mailto:answers+i-1-a-b@folkmoot.example"
    assert str(event["ATTENDEE"]) == "mailto:ben@folkmoot.example"
    assert dict(event["ATTENDEE"].params) == {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
        "CN": 'Ben "the" Bee',
    }
    assert [str(zone["TZID"]) for zone in whole.walk("VTIMEZONE")] == ["America/Los_Angeles"]


def test_a_series_comes_before_its_changed_occurrences():
    elsewhere = replace(MOVED, zone="Europe/Paris", recurrence_zone="America/Los_Angeles")

    whole = parsed(invitation([elsewhere, SERIES], "REQUEST"))

    series, occurrence = whole.walk("VEVENT")
    assert ("RRULE" in series, "RECURRENCE-ID" in series) == (True, False)
    assert occurrence["RECURRENCE-ID"].dt.astimezone(UTC) == datetime(2025, 1, 29, 16, tzinfo=UTC)
    assert sorted(str(zone["TZID"]) for zone in whole.walk("VTIMEZONE")) == ["America/Los_Angeles", "Europe/Paris"]


@pytest.mark.parametrize("event", [CALL, SERIES, MOVED])
def test_a_cancel_calls_off_just_what_it_names(event):
    whole = parsed(invitation([event], "CANCEL"))

    (found,) = whole.walk("VEVENT")
    assert (str(whole["METHOD"]), str(found["STATUS"]), str(found["UID"])) == ("CANCEL", "CANCELLED", "call-1")
    assert ("RECURRENCE-ID" in found) == (event.recurrence_id is not None)


@pytest.mark.parametrize(
    ("events", "method"),
    [
        ([], "REQUEST"),
        ([CALL, replace(CALL, uid="another")], "REQUEST"),
        ([replace(CALL, organizer=None)], "REQUEST"),
        ([replace(CALL, organizer=Organizer("Docs", "no address"))], "REQUEST"),
        ([replace(CALL, attendees=())], "CANCEL"),
        ([replace(CALL, attendees=(Attendee("Ben", "ben"),))], "CANCEL"),
        ([replace(CALL, status="CANCELLED")], "REQUEST"),
    ],
)
def test_what_is_no_invitation_is_a_mistake(events, method):
    with pytest.raises(ValueError, match=r"one UID|has to|CANCEL"):
        invitation(events, method)


def test_an_answer_is_read():
    assert replies(ANSWER) == [READ]
    assert replies(ANSWER.replace("\n", "\r\n")) == [READ]


@pytest.mark.parametrize("word", ["ACCEPTED", "TENTATIVE", "DECLINED"])
@pytest.mark.parametrize("event", [CALL, MOVED])
def test_an_answer_by_another_library_is_read(word, event):
    answer = icalendar.Calendar.from_ical(invitation([event], "REQUEST"))
    answer["METHOD"] = icalendar.vText("REPLY")
    (inside,) = answer.walk("VEVENT")
    inside["ATTENDEE"].params["PARTSTAT"] = icalendar.vText(word)
    inside["DTSTAMP"] = icalendar.vDDDTypes(datetime(2025, 1, 9, tzinfo=UTC))

    found = replies(answer.to_ical().decode())

    assert found == [
        Reply(
            uid="call-1",
            attendee="ben@folkmoot.example",
            answer=word,
            sequence=event.sequence,
            written_at=datetime(2025, 1, 9, tzinfo=UTC),
            occurrence=event.recurrence_id,
            occurrence_zone="America/Los_Angeles" if event.recurrence_id else "",
        )
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("METHOD:REPLY", "METHOD:REQUEST"),
        ("METHOD:REPLY\n", ""),
        ("UID:call-1", "UID:" + "x" * 300),
        ("UID:call-1\n", ""),
        ("PARTSTAT=DECLINED", "PARTSTAT=DELEGATED"),
        ("PARTSTAT=DECLINED", "PARTSTAT=NEEDS-ACTION"),
        ("COMMENT", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:cleo@folkmoot.example\nCOMMENT"),
        ("SEQUENCE", "RECURRENCE-ID:20259999T000000Z\nSEQUENCE"),
        ("SEQUENCE", "RECURRENCE-ID;RANGE=THISANDFUTURE:20250122T000000Z\nSEQUENCE"),
        ("BEGIN:VEVENT", "BEGIN:VTODO"),
        ("BEGIN:VEVENT", "BEGIN:X\nBEGIN:VEVENT"),
    ],
)
def test_what_is_no_answer_of_one_person_is_left_out(old, new):
    assert replies(ANSWER.replace(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "other"),
    [
        ("SEQUENCE:3", "SEQUENCE:-1", {"sequence": 0}),
        ("SEQUENCE:3", "SEQUENCE:" + "9" * 5_000, {"sequence": 0}),
        ("SEQUENCE:3", "SEQUENCE:٣", {"sequence": 0}),
        ("DTSTAMP:20250103T101112Z", "DTSTAMP:20250103T101112", {"written_at": None}),
        ("DTSTAMP:20250103T101112Z", "DTSTAMP:yesterday", {"written_at": None}),
        ("MAILTO:Ben@Folkmoot.example", "ben@folkmoot.example", {"attendee": ""}),
        ("COMMENT:", "COMMENT:\\n\u202e\x07", {}),
        ("COMMENT:", "BEGIN:VALARM\nUID:other\nEND:VALARM\nCOMMENT:", {}),
        ("SEQUENCE", "RECURRENCE-ID;VALUE=DATE:20250122\nSEQUENCE", {"occurrence": date(2025, 1, 22)}),
        (
            "SEQUENCE",
            "RECURRENCE-ID:20250122T160000Z\nSEQUENCE",
            {"occurrence": datetime(2025, 1, 22, 16), "occurrence_zone": "UTC"},
        ),
    ],
)
def test_what_is_odd_in_an_answer_does_no_harm(old, new, other):
    assert replies(ANSWER.replace(old, new)) == [replace(READ, **other)]


def test_answers_within_a_text_are_bounded():
    event = ANSWER.partition("METHOD:REPLY\n")[2].partition("END:VCALENDAR")[0]
    flood = "BEGIN:VCALENDAR\nMETHOD:REPLY\n" + event * 100

    assert len(replies(flood)) == MOST_EVENTS
    assert replies("BEGIN:VCALENDAR\n" * 10_000 + ANSWER) == []
    assert replies("ATTENDEE" + ';A="b",' * 20_000) == []
    assert replies("\n" * 200_000 + ANSWER) == []


@given(st.text() | st.lists(st.sampled_from([*ANSWER.splitlines(), "BEGIN:VEVENT", "END:", ";:", " \x00", '"'])))
@settings(max_examples=150)
def test_whatever_is_sent_never_raises(said):
    text = said if isinstance(said, str) else "\n".join(said)

    assert all(reply.answer in ("ACCEPTED", "TENTATIVE", "DECLINED") for reply in replies(text))


@pytest.mark.parametrize(
    ("address", "carried"),
    [
        ("ben@example.org", "ben@example.org"),
        ("zoe@exämple.org", "zoe@xn--exmple-cua.org"),
        ('"odd one"@example.org', None),
        ("zoë@example.org", None),
        (f"ben@{'x' * 64}.org", None),
        ("ben@a..b", None),
        ("nobody", None),
        ("", None),
    ],
)
def test_addresses_are_carried_with_their_domain_as_dns_has_it(address, carried):
    assert calendar_email(address) == carried
