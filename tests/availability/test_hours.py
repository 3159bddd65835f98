"""The hours of a poll on anybody's clock."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.availability.domain.hours import (
    DAY,
    Line,
    Moves,
    Shape,
    Sort,
    cells_of,
    first_move,
    known,
    laid_out,
    on_clock,
    plain_week,
)
from folkmoot.kit import zones
from folkmoot.kit.errors import Refused

ZONES = (
    "UTC",
    "Europe/Lisbon",
    "America/Los_Angeles",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/Santiago",
    "Asia/Tokyo",
)
NEW_YORK = "America/New_York"


@st.composite
def shapes(draw) -> Shape:
    zone, step = draw(st.sampled_from(ZONES)), draw(st.sampled_from((15, 30, 60)))
    start = draw(st.integers(0, 20)) * 60
    end = min(DAY, start + draw(st.integers(1, 6)) * 60)
    on = draw(st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)))
    if draw(st.booleans()):
        weekdays = tuple(draw(st.sets(st.integers(0, 6), min_size=1)))
        return Shape(Sort.WEEK, zone, start, end, step, weekdays=weekdays, week=plain_week(zone, on))
    days = tuple(on + dt.timedelta(days=one) for one in draw(st.sets(st.integers(0, 20), min_size=1, max_size=8)))
    return Shape(Sort.DAYS, zone, start, end, step, days=days)


@given(shapes(), st.sampled_from(ZONES))
def test_every_hour_lies_in_one_place_on_every_clock(shape, zone):
    cells = cells_of(shape)
    laid = laid_out(cells, shape.sort, zone)

    assert sorted(laid.cells.values(), key=lambda cell: cell.at) == list(cells)
    assert len({cell.key for cell in cells}) == len(cells)
    assert [cell.at for cell in cells] == sorted(cell.at for cell in cells)
    for (line, column), cell in laid.cells.items():
        shown = on_clock(cell.at, cells[-1].at, shape.sort, zone)
        assert shown.time() == line.at
        assert column == (shown.weekday() if shape.sort is Sort.WEEK else shown.date())


@given(shapes())
def test_in_its_own_zone_a_poll_has_the_hours_that_were_asked_for(shape):
    cells = cells_of(shape)
    walls = [on_clock(cell.at, cells[-1].at, shape.sort, shape.zone) for cell in cells]

    if shape.sort is Sort.WEEK:
        assert [wall.weekday() * DAY + wall.hour * 60 + wall.minute for wall in walls] == [cell.key for cell in cells]
        return
    assert {wall.date() for wall in walls} <= set(shape.days)
    for on in shape.days:
        midnight = dt.datetime.combine(on, dt.time())
        begins, ends = (
            zones.local_to_utc(midnight + dt.timedelta(minutes=minute), shape.zone).utc
            for minute in (shape.start, shape.end)
        )
        steps = (ends - begins) // dt.timedelta(minutes=shape.step)
        assert sum(begins <= cell.at < ends for cell in cells) == steps


def test_day_on_which_clocks_change_has_an_hour_more_or_less():
    def hours(on: dt.date) -> list[str]:
        shape = Shape(Sort.DAYS, NEW_YORK, 0, 4 * 60, 60, days=(on,))
        laid = laid_out(cells_of(shape), Sort.DAYS, NEW_YORK)
        return [f"{line.at:%H:%M}{' again' if line.again else ''}" for line in laid.lines]

    assert hours(dt.date(2026, 11, 2)) == ["00:00", "01:00", "02:00", "03:00"]
    assert hours(dt.date(2026, 11, 1)) == ["00:00", "01:00", "01:00 again", "02:00", "03:00"]
    assert hours(dt.date(2027, 3, 14)) == ["00:00", "01:00", "03:00"]


def test_week_begins_on_a_monday_without_a_change_and_goes_round_for_readers_elsewhere():
    assert plain_week(NEW_YORK, dt.date(2026, 10, 28)) == dt.date(2026, 11, 9)
    assert plain_week("Asia/Tokyo", dt.date(2026, 10, 28)) == dt.date(2026, 11, 2)

    shape = Shape(Sort.WEEK, "Pacific/Kiritimati", 0, 60, 60, weekdays=(0, 6), week=dt.date(2026, 11, 9))
    laid = laid_out(cells_of(shape), Sort.WEEK, "Pacific/Honolulu")
    assert (laid.columns, laid.lines) == ((5, 6), (Line(0),))
    assert laid.cells[Line(0), 6].key == 0


def test_weekly_time_is_told_to_move_where_clocks_change_on_one_side():
    since = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)

    assert first_move(NEW_YORK, "Europe/London", since) == Moves(dt.date(2027, 3, 14), -60)
    assert first_move(NEW_YORK, "America/Toronto", since) is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"step": 20}, "Steps are of 15, 30 or 60 minutes."),
        ({"end": 480}, "The hours end later on the day than they begin."),
        ({"weekdays": ()}, "Please choose at least one day of the week."),
        ({"week": dt.date(2026, 11, 10)}, "A week begins with a Monday."),
        ({"sort": Sort.DAYS}, "Please name between one and 31 days."),
        ({"end": 500, "step": 60}, "There is no room for a single step between these hours."),
        (
            {"start": 0, "end": DAY, "step": 15},
            "Those are too many hours to fill in; please ask for fewer, or in longer steps.",
        ),
    ],
)
def test_what_is_no_poll_is_refused(changed, why):
    plain = {"sort": Sort.WEEK, "zone": "UTC", "start": 480, "end": 1080, "step": 30, "week": dt.date(2026, 11, 9)}

    with pytest.raises(Refused) as refused:
        Shape(**{**plain, "weekdays": tuple(range(5)), **changed})

    assert refused.value.message == why


def test_only_hours_of_the_poll_are_known():
    shape = Shape(Sort.WEEK, "UTC", 480, 600, 60, weekdays=(0,), week=dt.date(2026, 11, 9))

    assert known([540, 480, 540, 600, -1], cells_of(shape)) == (480, 540)
