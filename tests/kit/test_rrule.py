"""Rules as RFC 5545 writes them: read, refused, written."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule, parse_rrule, to_rrule
from tests.kit.test_recurrence import rules


def test_rule_is_read_and_written_the_same():
    text = "FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,3,5;BYDAY=2WE,4WE;WKST=SU;COUNT=12"

    rule = parse_rrule(text)

    assert rule == Rule("MONTHLY", interval=2, weekdays=(2,), nth=(2, 4), months=(1, 3, 5), week_start=6, count=12)
    assert to_rrule(rule) == text


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("RRULE:FREQ=WEEKLY", Rule("WEEKLY")),
        ("freq=weekly;byday=we,mo", Rule("WEEKLY", weekdays=(0, 2))),
        ("FREQ=WEEKLY;BYDAY=MO,MO;", Rule("WEEKLY", weekdays=(0,))),
        ("FREQ=MONTHLY;BYDAY=+1TU", Rule("MONTHLY", weekdays=(1,), nth=(1,))),
        ("BYDAY=-1FR;FREQ=MONTHLY", Rule("MONTHLY", weekdays=(4,), nth=(-1,))),
        ("FREQ=WEEKLY;WKST=MO", Rule("WEEKLY")),
        ("FREQ=WEEKLY;UNTIL=20261231", Rule("WEEKLY", until=date(2026, 12, 31))),
    ],
)
def test_parse_reads_what_others_write(text, rule):
    assert parse_rrule(text) == rule


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FREQ=SECONDLY", "rule_too_dense"),
        ("FREQ=MINUTELY;COUNT=1", "rule_too_dense"),
        ("FREQ=HOURLY;INTERVAL=24", "rule_too_dense"),
        ("FREQ=YEARLY;COUNT=1;BYSECOND=0,1,2,3;BYMINUTE=0,1,2;BYHOUR=0,1,2", "rule_too_dense"),
        ("FREQ=DAILY;BYHOUR=9", "rule_too_dense"),
        ("FREQ=DAILY;COUNT=1000000000", "rule_too_dense"),
        ("FREQ=DAILY;COUNT=10001", "rule_too_dense"),
        ("FREQ=DAILY;COUNT=99999999999999", "rule_invalid"),
        ("FREQ=DAILY;COUNT=0", "rule_invalid"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260101", "rule_invalid"),
        ("FREQ=DAILY;INTERVAL=0", "rule_invalid"),
        ("FREQ=DAILY;INTERVAL=-1", "rule_invalid"),
        ("FREQ=DAILY;INTERVAL=٣", "rule_invalid"),
        ("FREQ=DAILY;INTERVAL=1001", "rule_invalid"),
        ("FREQ=YEARLY;BYWEEKNO=20", "rule_unsupported"),
        ("FREQ=YEARLY;BYYEARDAY=100", "rule_unsupported"),
        ("FREQ=MONTHLY;BYDAY=1MO,3WE", "rule_unsupported"),
        ("FREQ=MONTHLY;BYDAY=MO,3WE", "rule_unsupported"),
        ("FREQ=WEEKLY;BYDAY=1MO", "rule_invalid"),
        ("FREQ=WEEKLY;BYDAY=XX", "rule_invalid"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "rule_invalid"),
        ("FREQ=MONTHLY;BYDAY=6MO", "rule_invalid"),
        ("FREQ=MONTHLY;BYDAY=0MO", "rule_invalid"),
        ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=2", "rule_invalid"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=6MO", "rule_invalid"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "rule_invalid"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "rule_invalid"),
        ("FREQ=YEARLY;BYMONTH=13", "rule_invalid"),
        ("FREQ=DAILY;BYDAY=MO;BYSETPOS=1", "rule_invalid"),
        ("FREQ=MONTHLY;BYSETPOS=1", "rule_invalid"),
        ("FREQ=WEEKLY;UNTIL=20261301", "rule_invalid"),
        ("FREQ=WEEKLY;UNTIL=soon", "rule_invalid"),
        ("FREQ=WEEKLY;UNTIL=20260101T250000Z", "rule_invalid"),
        ("FREQ=WEEKLY;FREQ=DAILY", "rule_invalid"),
        ("FREQ=WEEKLY;X-OURS=1", "rule_invalid"),
        ("FREQ=WEEKLY;WKST=XX", "rule_invalid"),
        ("INTERVAL=2", "rule_invalid"),
        ("FREQ=", "rule_invalid"),
        ("FREQ=FORTNIGHTLY", "rule_invalid"),
        ("", "rule_invalid"),
        ("every Wednesday", "rule_invalid"),
        ("FREQ=WEEKLY;BYDAY=" + "MO," * 100_000 + "MO", "rule_invalid"),
    ],
)
def test_parse_refuses_in_words(text, code):
    with pytest.raises(Refused) as refusal:
        parse_rrule(text)

    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")
    assert len(refusal.value.message) < 200


@settings(max_examples=300)
@given(st.text(max_size=60) | st.from_regex(r"FREQ=[A-Z]{0,7}(;[A-Z]{1,10}=[A-Z0-9,+-]{0,12}){0,4}", fullmatch=True))
def test_any_text_is_a_rule_or_refused(text):
    try:
        rule = parse_rrule(text)
    except Refused:
        return

    assert parse_rrule(to_rrule(rule)) == rule


@given(rules())
def test_written_rules_are_read_back(rule):
    assert parse_rrule(to_rrule(rule)) == rule


def test_until_is_an_instant_for_a_series_with_a_time():
    rule = Rule("WEEKLY", until=date(2026, 7, 1))
    berlin = {"at": time(9), "zone_name": "Europe/Berlin"}

    assert to_rrule(rule) == "FREQ=WEEKLY;UNTIL=20260701"
    assert to_rrule(rule, **berlin) == "FREQ=WEEKLY;UNTIL=20260701T070000Z"
    assert parse_rrule("FREQ=WEEKLY;UNTIL=20260701T070000Z", **berlin) == rule


def test_until_before_that_days_start_ends_the_series_on_the_day_before():
    berlin = {"at": time(9), "zone_name": "Europe/Berlin"}

    rule = parse_rrule("FREQ=DAILY;UNTIL=20260701T065959Z", **berlin)

    assert rule.until == date(2026, 6, 30)


def test_until_in_utc_may_be_another_day_in_the_zone():
    auckland = {"at": time(9), "zone_name": "Pacific/Auckland"}

    rule = parse_rrule("FREQ=DAILY;UNTIL=20260630T210000Z", **auckland)

    assert rule.until == date(2026, 7, 1)
    assert to_rrule(rule, **auckland) == "FREQ=DAILY;UNTIL=20260630T210000Z"


def test_rule_puts_its_parts_in_order():
    assert Rule("WEEKLY", weekdays=(3, 0, 3)) == Rule("WEEKLY", weekdays=(0, 3))


def test_rule_refuses_a_frequency_of_its_own():
    with pytest.raises(Refused):
        Rule("HOURLY")  # type: ignore[arg-type]
