"""Rules in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit.recurrence import LANGUAGES, parse_rrule, parts, words
from tests.kit.test_recurrence import rules

WEDNESDAY = date(2025, 1, 22)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "every second Wednesday"),
        ("FREQ=WEEKLY", "every Wednesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "every Monday and Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every working day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "on Monday and Thursday of every second week"),
        ("FREQ=WEEKLY;INTERVAL=24", "every 24th Wednesday"),
        ("FREQ=WEEKLY;BYMONTH=1,2", "every Wednesday in January and February"),
        ("FREQ=MONTHLY;BYDAY=1TU", "on the first Tuesday of each month"),
        ("FREQ=MONTHLY;BYDAY=2WE,4WE", "on the second and fourth Wednesday of each month"),
        ("FREQ=MONTHLY;BYDAY=1FR,-1FR", "on the first and last Friday of each month"),
        ("FREQ=MONTHLY;BYDAY=-2MO", "on the second-last Monday of each month"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", "on the first Monday of every third month"),
        ("FREQ=MONTHLY;BYMONTH=1,7;BYDAY=1MO", "on the first Monday of January and July"),
        ("FREQ=MONTHLY;BYDAY=MO", "on every Monday of each month"),
        ("FREQ=MONTHLY", "on the 22nd of each month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,11,12,13,21", "on the 1st, 11th, 12th, 13th and 21st of each month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of each month"),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "on the 13th of each month when it is a Friday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "on the last working day of each month"),
        ("FREQ=YEARLY", "on the 22nd of January each year"),
        ("FREQ=YEARLY;INTERVAL=2", "on the 22nd of January, every second year"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=1TU", "on the first Tuesday of March each year"),
        ("FREQ=YEARLY;BYDAY=20MO", "on the 20th Monday of each year"),
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=4", "every third day, 4 times"),
        ("FREQ=DAILY;BYDAY=SA,SU", "every day that is a Saturday or Sunday"),
        ("FREQ=WEEKLY;COUNT=1", "every Wednesday, once"),
        ("FREQ=WEEKLY;UNTIL=20261231", "every Wednesday, until 31 December 2026"),
    ],
)
def test_words_in_english(rule, said):
    assert words(parse_rrule(rule), WEDNESDAY) == said


def test_unknown_language_falls_back_to_its_parent_and_to_english(monkeypatch):
    monkeypatch.setitem(LANGUAGES, "xx", lambda said: f"{said.kind} {said.interval} {said.weekdays}")
    rule = parse_rrule("FREQ=WEEKLY;INTERVAL=2")

    assert words(rule, WEDNESDAY, "xx-yy") == "weeks 2 (2,)"
    assert words(rule, WEDNESDAY, "zz") == "every second Wednesday"


def test_parts_fill_in_what_the_first_day_says():
    assert parts(parse_rrule("FREQ=YEARLY"), WEDNESDAY).months == (1,)
    assert parts(parse_rrule("FREQ=YEARLY"), WEDNESDAY).month_days == (22,)
    assert parts(parse_rrule("FREQ=WEEKLY"), WEDNESDAY).weekdays == (2,)


@given(rules(), st.dates())
def test_every_rule_has_words(rule, first):
    said = words(rule, first)

    assert said.startswith(("every", "on "))
    assert "  " not in said
    assert not said.endswith((" ", ",", "of"))
