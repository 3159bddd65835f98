"""Minutes that suit, against a clock on every wall looked at minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.shared_hours import (
    DAY,
    MOST_DAYS,
    Rhythm,
    SharedTime,
    Window,
    has_stretch,
    in_common,
    minutes_a_weekday,
    shared_times,
    stretches,
    suiting,
    without,
)
from folkmoot.kit.errors import Refused
from folkmoot.meetings.domain.fair_times import Hours, Span

BERLIN, SYDNEY = Rhythm("Europe/Berlin"), Rhythm("Australia/Sydney")
SPANS = st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).filter(lambda one: one[0] != one[1])
HOURS = st.builds(
    lambda working, off, days: Hours(Span(*working), Span(*off) if off else None, tuple(days)),
    SPANS,
    st.none() | SPANS,
    st.sets(st.integers(0, 6)),
)
EDGES = [
    ("Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 3, 7, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2026, 1, 1, tzinfo=UTC)),
    ("Pacific/Chatham", datetime(2026, 9, 26, 1, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 29, 18, tzinfo=UTC)),
]


def counted(rhythm: Rhythm, window: Window) -> int:
    found, place = 0, ZoneInfo(rhythm.zone)
    for minute in range(window.minutes):
        wall = (window.start + timedelta(minutes=minute)).astimezone(place)
        found |= rhythm.hours.has(wall.weekday(), wall.hour * 60 + wall.minute) << minute
    return found


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(EDGES), HOURS)
@example(EDGES[-1], Hours(Span(22 * 60, 6 * 60), Span(23 * 60, 60), (4, 6)))
def test_minutes_are_those_of_the_wall(edge, hours) -> None:
    rhythm, window = Rhythm(edge[0], hours), Window(edge[1], 2)

    assert suiting(rhythm, window) == counted(rhythm, window)


@given(st.integers(0, 2**200 - 1), st.integers(1, 60))
def test_stretches_put_together_are_the_minutes(minutes, length) -> None:
    found = list(stretches(minutes))

    assert sum(((1 << (last - first)) - 1) << first for first, last in found) == minutes
    assert all(found[n][1] < found[n + 1][0] for n in range(len(found) - 1))
    assert has_stretch(minutes, length) == any(last - first >= length for first, last in found)


def test_busy_times_leave_the_minutes_they_touch() -> None:
    window = Window(datetime(2026, 10, 5, tzinfo=UTC), 1)
    busy = [
        (window.start - timedelta(hours=1), window.start + timedelta(minutes=9, seconds=30)),
        (window.start + timedelta(minutes=20, seconds=59), window.start + timedelta(minutes=30)),
        (window.end, window.end + timedelta(hours=1)),
    ]

    left = without((1 << 40) - 1, window, busy)

    assert list(stretches(left)) == [(10, 20), (30, 40)]


def on_wall(day: int, start: int, end: int) -> tuple[datetime, datetime]:
    return datetime(2026, 10, day, start), datetime(2026, 10, day, end)


def test_shared_times_move_apart_when_clocks_change() -> None:
    """Berlin and Sydney: 09:00 to 11:00 in Berlin until Europe's clocks go back, an hour less afterwards."""
    window = Window(datetime(2026, 10, 23, tzinfo=UTC), 4)

    found = shared_times([BERLIN, SYDNEY], window)

    friday, monday = (datetime(2026, 10, day, tzinfo=UTC) for day in (23, 26))
    assert found == (
        SharedTime(
            friday.replace(hour=6), friday.replace(hour=9),
            (on_wall(23, 8, 11), on_wall(23, 17, 20)),
        ),
        SharedTime(
            monday.replace(hour=7), monday.replace(hour=9),
            (on_wall(26, 8, 10), on_wall(26, 18, 20)),
        ),
    )  # fmt: skip
    assert in_common([BERLIN, SYDNEY], window).bit_count() == 5 * 60
    assert shared_times([BERLIN, SYDNEY], window, least=121) == found[:1]
    assert shared_times([BERLIN, SYDNEY], window, most=1) == found[:1]


def test_shared_times_leave_out_what_either_has_already() -> None:
    window = Window(datetime(2026, 10, 26, tzinfo=UTC), 1)
    busy = [(window.start.replace(hour=8), window.start.replace(hour=8, minute=40))]

    found = shared_times([BERLIN, SYDNEY], window, busy=[[], busy], least=20)

    assert [(one.start.hour, one.start.minute, one.minutes) for one in found] == [(7, 0, 60), (8, 40, 20)]


def test_minutes_a_weekday_count_days_that_are_weekdays_for_both() -> None:
    window = Window(datetime(2026, 10, 5, tzinfo=UTC), 7)

    assert minutes_a_weekday([BERLIN, BERLIN], window) == 12 * 60
    assert minutes_a_weekday([BERLIN, SYDNEY], window) == 3 * 60
    assert minutes_a_weekday([BERLIN, BERLIN], Window(datetime(2026, 10, 10, tzinfo=UTC), 1)) == 0


@pytest.mark.parametrize("days", [0, MOST_DAYS + 1])
def test_window_has_a_sensible_length(days) -> None:
    with pytest.raises(Refused, match="1 to 62 days"):
        Window(datetime(2026, 10, 5, tzinfo=UTC), days)
