"""Days of voting as instants: zones of every kind, midnights that are not there, and voting that is opened late."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.governance.domain.voting_times import voting_times
from folkmoot.kit.errors import Refused

EARLY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def told(first: str, last: str, zone: str, *, grace: str | None = None, now: dt.datetime = EARLY) -> list[str]:
    day = dt.date.fromisoformat
    found = voting_times(day(first), day(last), zone, grace_until=day(grace) if grace else None, now=now)
    return [f"{at:%m-%dT%H:%M:%S}" for at in (found.opens_at, found.closes_at, found.accepts_until)]


@pytest.mark.parametrize(
    ("zone", "first", "last", "wanted"),
    [
        ("UTC", "2026-09-11", "2026-09-30", ["09-11T00:00:00", "10-01T00:00:00", "10-01T00:00:00"]),
        ("Etc/GMT+12", "2026-09-11", "2026-09-30", ["09-11T12:00:00", "10-01T12:00:00", "10-01T12:00:00"]),
        ("Asia/Kolkata", "2026-09-11", "2026-09-11", ["09-10T18:30:00", "09-11T18:30:00", "09-11T18:30:00"]),
        # Clocks change within, and at, a day's end.
        ("Europe/Lisbon", "2026-10-20", "2026-10-31", ["10-19T23:00:00", "11-01T00:00:00", "11-01T00:00:00"]),
        # In Cairo the first hour of this day is left out: it begins at one.
        ("Africa/Cairo", "2026-04-24", "2026-04-24", ["04-23T22:00:00", "04-24T21:00:00", "04-24T21:00:00"]),
    ],
)
def test_days_are_whole_days_where_they_are_counted(zone, first, last, wanted):
    assert told(first, last, zone) == wanted


def test_days_of_grace_come_after_the_last_day_and_never_before_it():
    with_grace = told("2026-09-11", "2026-09-30", "UTC", grace="2026-10-02")
    before = told("2026-09-11", "2026-09-30", "UTC", grace="2026-09-20")

    assert with_grace == ["09-11T00:00:00", "10-01T00:00:00", "10-03T00:00:00"]
    assert before[2] == "10-01T00:00:00"


def test_voting_never_begins_before_it_was_opened_nor_after_it_is_over():
    late = dt.datetime(2026, 9, 12, 8, 30, 15, 999, tzinfo=dt.UTC)

    assert told("2026-09-11", "2026-09-30", "UTC", now=late)[0] == "09-12T08:30:15"
    with pytest.raises(Refused) as caught:
        told("2026-09-01", "2026-09-11", "UTC", now=late)
    assert caught.value.code == "over"
    assert told("2026-09-01", "2026-09-11", "Etc/GMT+12", now=dt.datetime(2026, 9, 12, 11, 59, tzinfo=dt.UTC))
