"""Which slots bookings stand for: held against the plain list of all slots, in any zone and over changes of clocks."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from folkmoot.connections.domain.office_days import clash, ended, monthly, slots_by_key, weekly
from folkmoot.connections.domain.office_hours import Hours, slots
from folkmoot.kit import zones
from folkmoot.kit.recurrence import aligned

ZONES = ("Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC")
# Around the changes of clocks of spring and autumn, north and south.
DAYS = st.dates(date(2026, 3, 1), date(2026, 11, 20))


@st.composite
def any_hours(draw) -> Hours:
    day = draw(DAYS)
    rule = draw(st.sampled_from([weekly(1, (day.weekday(),)), weekly(2, (0, 3)), weekly(3, ()), monthly(day)]))
    first = aligned(rule, day)
    hours = Hours(
        draw(st.sampled_from(ZONES)),
        rule,
        first,
        draw(st.sampled_from([time(0), time(1, 45), time(2, 30), time(10), time(23, 30)])),
        minutes=draw(st.sampled_from([20, 45])),
        slots=draw(st.integers(1, 4)),
        gap=draw(st.sampled_from([0, 10])),
    )
    planned = sorted({one.start.astimezone(zones.zone(hours.zone)).date() for one in _all(hours)})[:6]
    moved = {
        one: datetime.combine(one + timedelta(days=draw(st.integers(-20, 20))), time(9, 15))
        for one in draw(st.sets(st.sampled_from(planned), max_size=2))
    }
    extra = tuple(draw(st.lists(st.datetimes(datetime(2026, 3, 1), datetime(2026, 12, 1)), max_size=2, unique=True)))
    return replace(hours, moved=moved, extra=tuple(wall.replace(second=0, microsecond=0) for wall in extra))


def _all(hours: Hours):
    return slots(hours, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC))


@given(any_hours())
@hypothesis(max_examples=25)
def test_every_key_finds_its_slot_and_slots_keep_their_wall_time_and_never_overlap(hours):
    every = _all(hours)

    assert slots_by_key(hours, [one.key for one in every]) == {one.key: one for one in every}
    for one, following in itertools.pairwise(every):
        assert one.end <= following.start
        assert one.end - one.start == timedelta(minutes=hours.minutes)
    for one in every:
        sitting, _dot, number = one.key.rpartition(".")
        if number == "1" and not sitting.startswith("extra-") and date.fromisoformat(sitting) not in hours.moved:
            wall = datetime.combine(date.fromisoformat(sitting), hours.start)
            assert zones.local_to_utc(wall, hours.zone).utc == one.start


@given(any_hours(), DAYS)
@hypothesis(max_examples=25)
def test_nothing_begins_after_the_last_day_and_all_before_it_stays(hours, last):
    begun = {one.key: one for one in _all(hours)}
    left = _all(ended(hours, last))

    # A sitting that others ran into has all its slots again once these have ended.
    assert {one.key for one in left if begun.get(one.key) == one} == {one.key for one in left} & set(begun)
    for one in left:
        wall = one.on_wall(hours.zone)[0]
        assert wall.date() <= last + timedelta(days=1)  # the later slots of a sitting that goes over midnight


@pytest.mark.parametrize(
    "key", ["", "x", ".1", "2026-03-04", "2026-03-04.9", "extra-nonsense.1", "2026-03-05.1", "0001-01-01.1"]
)
def test_what_is_no_slot_names_none(key):
    hours = Hours("Europe/Berlin", weekly(1, (2,)), date(2026, 3, 4), time(10))

    assert slots_by_key(hours, [key]) == {}


def test_times_that_touch_do_not_clash():
    ten, eleven, noon = (datetime(2026, 3, 4, hour, tzinfo=UTC) for hour in (10, 11, 12))

    assert not clash((ten, eleven), [(eleven, noon)])
    assert clash((ten, noon), [(eleven, noon)])
