"""Wall time and instants: gaps, overlaps, transitions, drift."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule, occurrences
from tests.kit.tzif import changes_of_offset

HOUR = timedelta(hours=1)
ALL = st.sampled_from(zones.choices())


def test_gap_is_told_and_shifted_by_its_length():
    found = zones.local_to_utc(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")

    assert found.kind == "gap"
    assert [(c.utc.hour, c.utc.minute, c.local.hour) for c in found.candidates] == [(1, 30, 3), (0, 30, 1)]
    assert found.utc == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert found.chosen.local == datetime(2026, 3, 29, 3, 30)


def test_overlap_gives_both_instants_although_python_calls_them_equal():
    found = zones.local_to_utc(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")

    assert found.kind == "overlap"
    assert found.candidates[0].local == found.candidates[1].local
    assert [c.utc for c in found.candidates] == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ]
    assert [c.offset for c in found.candidates] == [2 * HOUR, HOUR]
    assert found.utc == found.candidates[0].utc


@pytest.mark.parametrize(
    ("zone", "local", "kind", "utc"),
    [
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 15), "gap", datetime(2026, 10, 3, 15, 45)),
        ("Australia/Lord_Howe", datetime(2026, 4, 5, 1, 45), "overlap", datetime(2026, 4, 4, 14, 45)),
        ("Asia/Kathmandu", datetime(2026, 1, 1, 5, 45), "plain", datetime(2026, 1, 1)),
        ("Pacific/Chatham", datetime(2026, 1, 1, 13, 45), "plain", datetime(2026, 1, 1)),
        ("Pacific/Kiritimati", datetime(2026, 1, 1, 14), "plain", datetime(2026, 1, 1)),
        ("Africa/Casablanca", datetime(2025, 4, 6, 2, 30), "gap", datetime(2025, 4, 6, 2, 30)),
        ("Africa/Casablanca", datetime(2025, 2, 23, 2, 30), "overlap", datetime(2025, 2, 23, 1, 30)),
        ("Pacific/Apia", datetime(2011, 12, 30, 10), "gap", datetime(2011, 12, 30, 20)),
        ("UTC-08:00", datetime(2026, 3, 8, 2, 30), "plain", datetime(2026, 3, 8, 10, 30)),
    ],
)
def test_odd_zones_resolve(zone, local, kind, utc):
    found = zones.local_to_utc(local, zone)

    assert (found.kind, found.utc) == (kind, utc.replace(tzinfo=UTC))


def test_missing_day_of_apia_is_shifted_to_the_next_one():
    found = zones.local_to_utc(datetime(2011, 12, 30, 10), "Pacific/Apia")

    assert [c.local for c in found.candidates] == [datetime(2011, 12, 31, 10), datetime(2011, 12, 29, 10)]


@pytest.mark.parametrize(
    ("zone", "local"),
    [("UTC+14:00", datetime(1, 1, 1)), ("UTC-12:00", datetime(9999, 12, 31, 23))],
)
def test_ends_of_the_calendar_are_refused(zone, local):
    with pytest.raises(Refused) as refusal:
        zones.local_to_utc(local, zone)

    assert refusal.value.code == "time_out_of_range"


def test_aware_wall_time_is_a_programming_error():
    with pytest.raises(ValueError, match="naive"):
        zones.local_to_utc(datetime(2026, 1, 1, tzinfo=UTC), "UTC")


@settings(max_examples=400, deadline=None)
@given(ALL, st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))
def test_local_to_utc_and_back_gives_the_same_time_or_says_why_not(name, local):
    local = local.replace(fold=0)
    found = zones.local_to_utc(local, name)

    place = zones.zone(name)
    for candidate in found.candidates:
        assert candidate.utc.astimezone(place).replace(tzinfo=None) == candidate.local
        assert candidate.local - candidate.offset == candidate.utc.replace(tzinfo=None)
    shown = [candidate.local for candidate in found.candidates]
    if found.kind == "gap":
        assert shown[1] < local < shown[0]
    else:
        assert shown == [local] * len(shown)
    if found.kind == "overlap":
        assert found.candidates[0].utc < found.candidates[1].utc


@settings(max_examples=400, deadline=None)
@given(ALL, st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_utc_to_local_and_back_is_among_the_candidates(name, instant):
    local = instant.astimezone(zones.zone(name)).replace(tzinfo=None, fold=0)

    found = zones.local_to_utc(local, name)

    assert instant in [candidate.utc for candidate in found.candidates]
    assert found.kind != "gap"


def test_transitions_are_those_of_the_files_for_every_zone():
    zones.data_version()
    start, end = datetime(1960, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
    for name in zones.choices():
        listed = [
            (datetime.fromtimestamp(at, UTC), timedelta(seconds=before), timedelta(seconds=after))
            for at, before, after in changes_of_offset(name)
            if start.timestamp() <= at < end.timestamp()
        ]

        found = [tuple(change) for change in zones.transitions(name, start, end)]

        # Files end their lists where the yearly rule takes over; from there on only the rule is left.
        assert found[: len(listed)] == listed, name
        assert len({change[0].year for change in found[len(listed) :]}) * 2 >= len(found) - len(listed), name


def test_no_two_changes_of_any_zone_are_closer_than_the_step_of_the_search():
    closest = min(
        (later[0] - earlier[0], name)
        for name in zones.choices()
        if name != "UTC"
        for changes in [changes_of_offset(name)]
        for earlier, later in pairwise(changes)
    )

    assert timedelta(seconds=closest[0]) > timedelta(days=4), closest


def test_transitions_keep_within_their_window():
    first = datetime(2026, 3, 29, 1, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, tzinfo=UTC)

    assert zones.transitions("Europe/Berlin", first, second) == [(first, HOUR, 2 * HOUR)]
    assert zones.transitions("Europe/Berlin", second, first) == []
    assert zones.transitions("UTC-08:00", first, second) == []


@pytest.mark.parametrize("year", [1, 9999])
def test_transitions_reach_the_ends_of_the_calendar(year):
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, 23, tzinfo=UTC)

    for name in ("Pacific/Kiritimati", "Europe/Berlin", "America/Los_Angeles", "Etc/GMT+12"):
        assert len(zones.transitions(name, start, end)) in (0, 2)


def calls(zone, *, days=400, weekdays=(2,), at=time(8), first=date(2025, 1, 22), interval=2):
    start = datetime.combine(first, time(), UTC)
    rule = Rule("WEEKLY", interval=interval, weekdays=weekdays)
    return occurrences(rule, first, at, zone, start, start + timedelta(days=days))


def test_drift_names_the_anchor_whose_clocks_change():
    found = zones.drift(calls("America/Los_Angeles"), "America/Los_Angeles", "Asia/Kolkata")

    assert found is not None
    assert found.changed == "anchor"
    assert (found.now, found.then) == (datetime(2025, 1, 22, 21, 30), datetime(2025, 3, 19, 20, 30))
    assert found.moved_by == -HOUR
    assert [change.at for change in found.clocks] == [datetime(2025, 3, 9, 10, tzinfo=UTC)]


def test_drift_names_the_reader_whose_clocks_change():
    found = zones.drift(calls("Asia/Kolkata", at=time(18)), "Asia/Kolkata", "Europe/Berlin")

    assert found is not None
    assert found.changed == "reader"
    assert (found.now.time(), found.then.time()) == (time(13, 30), time(14, 30))
    assert found.then.date() == date(2025, 4, 2)


def test_drift_sees_the_weeks_between_two_changes():
    found = zones.drift(calls("America/New_York", interval=1), "America/New_York", "Europe/London")

    assert found is not None
    assert (found.changed, found.then) == ("anchor", datetime(2025, 3, 12, 12))


def test_drift_names_both_where_both_changed():
    both = calls("America/New_York", interval=13)  # quarterly: February and May see both changed
    found = zones.drift(both, "America/New_York", "Australia/Sydney")

    assert found is not None
    assert found.changed == "both"
    assert found.moved_by == -2 * HOUR
    assert len(found.clocks) == 2


def test_drift_is_none_where_nothing_moves():
    assert zones.drift(calls("Asia/Kolkata"), "Asia/Kolkata", "Asia/Tokyo") is None
    assert zones.drift(calls("Europe/Berlin", interval=1), "Europe/Berlin", "Europe/Oslo") is None
    assert zones.drift([], "Europe/Berlin", "Asia/Tokyo") is None


def test_drift_of_a_series_on_several_weekdays_is_not_taken_from_their_difference():
    several = calls("Asia/Tokyo", weekdays=(0, 2, 4), interval=1)

    assert zones.drift(several, "Asia/Tokyo", "Asia/Kolkata") is None


def test_drift_tells_a_change_of_weekday():
    found = zones.drift(calls("America/Los_Angeles", at=time(11)), "America/Los_Angeles", "Asia/Kolkata")

    assert found is not None
    assert (found.now.date().weekday(), found.now.time()) == (3, time(0, 30))
    assert (found.then.date().weekday(), found.then.time()) == (2, time(23, 30))


def test_drift_does_not_take_a_call_in_the_gap_for_a_change_before_it():
    found = zones.drift(
        calls("Europe/Berlin", at=time(2, 30), weekdays=(6,), first=date(2026, 3, 22), interval=1),
        "Europe/Berlin",
        "Asia/Tokyo",
    )

    assert found is not None
    assert found.then.date() == date(2026, 4, 5)  # on 29 March the call is held at 03:30, an hour of Tokyo as before
