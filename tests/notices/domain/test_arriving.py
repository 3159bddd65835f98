from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit.errors import Refused
from folkmoot.notices.domain.arriving import MOST_BYTES, Bounce, Report, read
from tests.notices.mails import PLAIN, bounce


def test_mail_is_read() -> None:
    arrived = read(PLAIN)

    assert arrived.sender == "ada@example.org"
    assert arrived.recipients == ("in+x@example.com", "ben@example.org")
    assert arrived.subject == "Grüße"
    assert arrived.text.strip() == "I come – gladly."
    assert arrived.message_id == "<1@example.org>"
    assert (arrived.machine, arrived.report) == ("", None)


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("failed", "5.1.1", Bounce.HARD),
        ("failed", "5.0.0 (no such user)", Bounce.HARD),
        ("failed", "4.4.7", Bounce.SOFT),
        ("failed", "5.2.2", Bounce.SOFT),
        ("failed", "5.7.1", Bounce.SOFT),
        ("failed", "nonsense", Bounce.SOFT),
        ("delayed", "4.4.1", Bounce.NONE),
        ("delivered", "2.1.5", Bounce.NONE),
        ("Failed", "5.1.10", Bounce.HARD),
    ],
)
def test_report_is_read(action, status, kind) -> None:
    assert read(bounce("b@example.org", action=action, status=status)).report.bounce == kind


def test_report_carries_the_servers_words() -> None:
    assert read(bounce("b@example.org")).report == Report(Bounce.HARD, "5.1.1", "550 5.1.1 No such person here")


def test_report_without_a_status_says_nothing() -> None:
    raw = bounce("b@example.org").replace(b"message/delivery-status", b"text/plain")

    assert read(raw).report == Report(Bounce.NONE, "", "")


@pytest.mark.parametrize(
    ("header", "machine"),
    [
        ("Auto-Submitted: auto-replied", "Auto-Submitted"),
        ("Auto-Submitted: auto-generated; x=y", "Auto-Submitted"),
        ("Auto-Submitted: no", ""),
        ("Precedence: bulk", "Precedence"),
        ("Precedence: auto_reply", "Precedence"),
        ("Return-Path: <>", "Return-Path"),
        ("Return-Path: <ada@example.org>", ""),
        ("X-Autoreply: yes", "X-Autoreply"),
        ("List-Id: <a.example.org>", "List-Id"),
    ],
)
def test_machines_are_told_from_people(header, machine) -> None:
    assert read(header.encode() + b"\n" + PLAIN).machine == machine


def test_calendars_are_taken_out() -> None:
    raw = (
        b"From: ada@example.org\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nYes\n"
        b"--x\nContent-Type: text/calendar; method=REPLY; charset=nowhere\n\nBEGIN:VCALENDAR\n--x--\n"
    )

    arrived = read(raw)

    assert arrived.calendars == ("BEGIN:VCALENDAR",)
    assert arrived.text.strip() == "Yes"


def test_mail_beyond_all_bounds_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read(b"x" * (MOST_BYTES + 1))

    assert refused.value.code == "too_large"


def test_mail_nested_without_end_is_refused_or_read_in_part() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20_000))

    try:
        arrived = read(b"From: ada@example.org\n" + nested)
    except Refused as refused:
        assert refused.code == "unreadable"
    else:
        assert arrived.sender == "ada@example.org"


def test_mail_of_ten_thousand_parts_is_read_within_bounds() -> None:
    parts = b"--x\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n" * 10_000

    assert len(read(b"Content-Type: multipart/mixed; boundary=x\n\n" + parts).calendars) == 5


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "undefined", "unicode_escape", "base64", "nonsense", "a\0b", "é"]
)
def test_text_in_no_charset_for_texts_is_read(charset) -> None:
    raw = f"From: ada@example.org\nContent-Type: text/plain; charset={charset}\n\nI come \\ud800.\0".encode()

    arrived = read(raw)

    assert "I come" in arrived.text
    assert is_storable(arrived.text)


def test_nothing_that_no_database_keeps_is_left_in() -> None:
    arrived = read(b"From: a\0da@example.org\nMessage-ID: <1\0@x>\nSubject: A\0b\n\nI\0 come.")

    assert (arrived.sender, arrived.message_id, arrived.text) == ("ada@example.org", "<1@x>", "I come.")


def is_storable(text: str) -> bool:
    """Whether PostgreSQL would keep it."""
    return "\0" not in text and text == text.encode("utf-8", "replace").decode()


@given(st.binary(max_size=2000))
def test_whatever_arrives_is_read_or_refused(raw) -> None:
    try:
        read(raw)
    except Refused as refused:
        assert refused.code == "unreadable"


HEADERS = st.sampled_from([b"From", b"To", b"Subject", b"Content-Type", b"Status", b"Return-Path", b"Message-ID"])


@given(st.lists(st.tuples(HEADERS, st.binary(max_size=80)), max_size=8), st.binary(max_size=200))
def test_broken_headers_are_read_or_refused(headers, body) -> None:
    raw = b"".join(name + b": " + value + b"\n" for name, value in headers) + b"\n" + body

    try:
        arrived = read(raw)
    except Refused as refused:
        assert refused.code == "unreadable"
    else:
        assert not set("\r\n") & set(arrived.sender + arrived.subject + arrived.message_id)
        assert is_storable(arrived.sender + arrived.subject + arrived.message_id + arrived.text)
