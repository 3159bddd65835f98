"""How the time of a call runs."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.live.domain.running import NOTHING, Planned, elapsed, outlook, whole_minutes

NOW = dt.datetime(2026, 11, 25, 16, 20, tzinfo=dt.UTC)
ENDS = dt.datetime(2026, 11, 25, 17, 0, tzinfo=dt.UTC)


def minutes(count: float) -> dt.timedelta:
    return dt.timedelta(minutes=count)


def planned(key: int, length: float, spent: float = 0, *, done: bool = False) -> Planned:
    return Planned(key, minutes(length), minutes(spent), done)


def test_what_comes_begins_when_what_is_before_it_is_over():
    agenda = [planned(1, 10, 10, done=True), planned(2, 15, 5), planned(3, 20), planned(4, 15)]

    found = outlook(agenda, 2, now=NOW, ends_at=ENDS)

    assert [(one.key, one.begins - NOW, one.late) for one in found.coming] == [
        (2, minutes(0), NOTHING),
        (3, minutes(10), NOTHING),
        (4, minutes(30), minutes(5)),
    ]
    assert [one.key for one in found.unfit] == [4]
    assert (found.left, found.late) == (minutes(40), minutes(5))


def test_an_item_that_runs_over_takes_nothing_more_and_what_was_passed_over_still_comes():
    agenda = [planned(1, 30), planned(2, 10, 14)]

    found = outlook(agenda, 2, now=NOW, ends_at=ENDS)

    assert [(one.key, one.begins - NOW, one.fits) for one in found.coming] == [
        (2, minutes(0), True),
        (1, minutes(0), True),
    ]


def test_what_takes_no_time_fits_also_when_the_call_is_over():
    found = outlook([planned(1, 0), planned(2, 5)], None, now=ENDS, ends_at=ENDS)

    assert [one.fits for one in found.coming] == [True, False]


def test_time_is_counted_while_the_clock_runs():
    assert elapsed(minutes(3), None, NOW) == minutes(3)
    assert elapsed(minutes(3), NOW - minutes(2), NOW) == minutes(5)
    assert elapsed(minutes(3), NOW + minutes(2), NOW) == minutes(3)


def test_minutes_are_rounded_up():
    assert [whole_minutes(minutes(one)) for one in (0, 0.1, 1, -0.5, 4.2)] == [0, 1, 1, 1, 5]


lengths = st.integers(0, 60)
agendas = st.lists(st.tuples(lengths, lengths, st.booleans()), max_size=8).map(
    lambda rows: [planned(key, length, spent, done=done) for key, (length, spent, done) in enumerate(rows)]
)


@given(agendas, st.integers(-30, 90), st.integers(0, 8))
def test_times_follow_one_another_and_what_fits_ends_with_the_call(agenda, left, current):
    ends_at = NOW + minutes(left)

    found = outlook(agenda, current, now=NOW, ends_at=ends_at)

    assert sorted(one.key for one in found.coming) == [
        one.key for one in agenda if not one.is_done or one.key == current
    ]
    at = NOW
    for one in found.coming:
        assert one.begins == at <= one.ends
        at = one.ends
        assert one.fits == (one.ends <= ends_at or one.ends == one.begins)
    assert found.late == max(NOTHING, *(one.late for one in found.coming), NOTHING)


@given(agendas, st.integers(0, 90), st.integers(1, 30))
def test_the_later_it_is_the_less_fits(agenda, left, passed):
    ends_at = NOW + minutes(left)

    now = outlook(agenda, None, now=NOW, ends_at=ends_at)
    later = outlook(agenda, None, now=NOW + minutes(passed), ends_at=ends_at)

    assert {one.key for one in now.unfit} <= {one.key for one in later.unfit}
    assert later.left == now.left - minutes(passed)
