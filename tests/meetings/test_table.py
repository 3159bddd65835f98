from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from folkmoot.kit.recurrence import Rule
from folkmoot.kit.timetable import Row
from folkmoot.meetings.domain.plan import Plan
from folkmoot.meetings.domain.table import truth

ROWS = (
    Row("PST", time(8), ("America/Los_Angeles", "UTC-08:00")),
    Row("MST", time(9), ("America/Denver", "UTC-07:00")),
    Row("CST", time(10), ("America/Chicago", "UTC-06:00")),
    Row("IST", time(21, 30), ("Asia/Kolkata",)),
)
PLAN = Plan(Rule("WEEKLY", interval=2, weekdays=(2,)), date(2025, 1, 22), time(8), "America/Los_Angeles")


@pytest.mark.parametrize(
    ("day", "hour", "right", "india", "next_change"),
    [
        # Wednesdays of the series; clocks in the United States change on 9 March and 2 November 2025
        (date(2025, 3, 5), 16, True, time(21, 30), date(2025, 3, 19)),
        (date(2025, 3, 19), 15, False, time(20, 30), date(2025, 11, 12)),
        (date(2025, 10, 29), 15, False, time(20, 30), date(2025, 11, 12)),
        (date(2025, 11, 12), 16, True, time(21, 30), date(2026, 3, 18)),
        (date(2026, 3, 18), 15, False, time(20, 30), date(2026, 11, 11)),
    ],
)
def test_table_is_right_only_while_all_clocks_stand_as_at_the_start(day, hour, right, india, next_change):
    instant = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

    found = truth(ROWS, PLAN, instant)

    assert found.is_right is right
    assert [row.is_right for row in found.rows] == [True, True, True, right]
    assert found.rows[3].shows.time() == india
    assert [row.place for row in found.rows] == ["Los Angeles", "Denver", "Chicago", "Kolkata"]
    assert found.next_change.first_call.date() == next_change
    assert found.next_change.right is not right


def test_table_of_fixed_offsets_stays_right():
    rows = (Row("UTC", time(16), ("UTC",)), Row("IST", time(21, 30), ("Asia/Kolkata",)))

    found = truth(rows, Plan(PLAN.rule, PLAN.first, time(16), "UTC"), datetime(2025, 7, 9, 16, tzinfo=UTC))

    assert found.is_right is True
    assert found.next_change is None


def test_row_that_nobody_understands_is_not_judged():
    rows = (Row("Lunch time", time(12), ()),)

    found = truth(rows, PLAN, datetime(2025, 3, 5, 16, tzinfo=UTC))

    assert found.is_right is None
    assert (found.rows[0].is_right, found.rows[0].shows, found.rows[0].place) == (None, None, "")


def test_no_table_no_truth():
    assert truth((), PLAN, datetime(2025, 3, 5, 16, tzinfo=UTC)) is None


def test_row_shows_the_day_where_it_is_another():
    rows = (Row("Auckland", time(5), ("Pacific/Auckland",)),)

    found = truth(rows, PLAN, datetime(2025, 1, 22, 16, tzinfo=UTC))

    assert found.rows[0].shows == datetime(2025, 1, 23, 5)
    assert found.is_right is True


def test_table_that_contradicts_the_call_is_never_right():
    rows = (Row("PST", time(8), ("America/Los_Angeles",)), Row("IST", time(9), ("Asia/Kolkata",)))

    found = truth(rows, PLAN, datetime(2025, 3, 5, 16, tzinfo=UTC))

    assert (found.is_right, found.is_ever_right, found.next_change) == (False, False, None)
    assert truth(ROWS, PLAN, datetime(2025, 3, 19, 15, tzinfo=UTC)).is_ever_right
