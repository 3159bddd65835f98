"""Thirty rules in twelve zones over two years, against another expander: dateutil, which knows no code of ours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from folkmoot.kit.recurrence import aligned, occurrences, parse_rrule

ZONES = (
    "America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo", "America/Santiago", "Europe/Lisbon",
    "Europe/Berlin", "Africa/Cairo", "Africa/Casablanca", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham",
    "UTC",
)  # fmt: skip
RULES = (
    "FREQ=WEEKLY;BYDAY=WE",
    "FREQ=WEEKLY;BYDAY=SU",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;BYDAY=TU,TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR",
    "FREQ=WEEKLY;INTERVAL=4;BYDAY=SA",
    "FREQ=WEEKLY;INTERVAL=6;BYDAY=TU",
    "FREQ=WEEKLY;BYDAY=SU;UNTIL=20261101",
    "FREQ=WEEKLY;BYDAY=MO;COUNT=40",
    "FREQ=WEEKLY;BYMONTH=9,10,11;BYDAY=TH",
    "FREQ=MONTHLY;BYDAY=1TU",
    "FREQ=MONTHLY;BYDAY=2WE,4WE",
    "FREQ=MONTHLY;BYDAY=3TH",
    "FREQ=MONTHLY;BYDAY=5MO",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYDAY=-2SU",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SA",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=1",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=3TH;COUNT=7",
    "FREQ=YEARLY;BYMONTH=3,9;BYDAY=1TU",
    "FREQ=DAILY;INTERVAL=10",
    "FREQ=DAILY;BYDAY=SA,SU",
)
TIMES = (time(2, 30), time(0, 15), time(8), time(23, 45))
"""By turns: the first two fall into gaps and overlaps of many clocks."""
START = datetime(2025, 1, 1, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)


def test_there_are_thirty_rules_in_twelve_zones():
    assert (len(set(RULES)), len(set(ZONES))) == (30, 12)


@pytest.mark.parametrize("number", range(len(RULES)))
def test_rule_agrees_with_another_expander_in_every_zone(number):
    text = RULES[number]
    first = aligned(parse_rrule(text), date(2024, 12, 30))
    for turn, name in enumerate(ZONES):
        at = TIMES[(number + turn) % len(TIMES)]
        begins = datetime.combine(first, at)
        rule = rrulestr(text.replace("UNTIL=20261101", "UNTIL=20261101T235959"), dtstart=begins)
        theirs = []
        for local in rule.between(datetime(2024, 12, 30), datetime(2027, 1, 3), inc=True):
            # The stated rule: the offset before a gap, and the first of two (RFC 5545 section 3.3.5).
            instant = local.replace(tzinfo=ZoneInfo(name), fold=0).astimezone(UTC)
            if START <= instant < END:
                theirs.append((local, instant))

        ours = occurrences(parse_rrule(text, at=at, zone_name=name), first, at, name, START, END)

        assert [(one.local, one.utc) for one in ours] == theirs, (text, name)
        assert theirs


@pytest.mark.parametrize("name", [zone for zone in ZONES if zone not in ("UTC", "Asia/Kolkata", "America/Sao_Paulo")])
def test_wall_time_is_kept_while_the_instant_moves_with_the_clocks(name):
    ours = occurrences(parse_rrule("FREQ=DAILY"), date(2025, 1, 1), time(12), name, START, END)

    assert {one.utc.astimezone(ZoneInfo(name)).time() for one in ours} == {time(12)}
    assert len({one.utc.time() for one in ours}) > 1
    assert {after.local - before.local for before, after in pairwise(ours)} == {timedelta(days=1)}
