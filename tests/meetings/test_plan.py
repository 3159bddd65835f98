from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import Rule, aligned, parse_rrule
from folkmoot.meetings.domain.plan import AT_LEAST, HORIZON, Plan, planned

WEDNESDAYS = Rule("WEEKLY", interval=2, weekdays=(2,))
FIRST = date(2025, 1, 22)
HOUR = timedelta(hours=1)
FAR = date(2028, 1, 1)


def plan(rule=WEDNESDAYS, first=FIRST, at=time(8), zone="America/Los_Angeles"):
    return Plan(rule, first, at, zone)


def test_first_date_that_is_no_day_of_the_rule_gives_way_to_the_next_one():
    assert planned(WEDNESDAYS, date(2025, 1, 20), time(8), "UTC").first == date(2025, 1, 22)


def test_until_keeps_all_days_up_to_the_last_one():
    ended = plan().until(date(2025, 3, 4))

    assert ended.days(FIRST, FAR) == [date(2025, 1, 22), date(2025, 2, 5), date(2025, 2, 19)]
    assert ended.rule.until == date(2025, 2, 19)


def test_until_turns_a_count_into_a_date():
    ended = plan(Rule("WEEKLY", weekdays=(2,), count=10)).until(date(2025, 2, 5))

    assert (ended.rule.count, ended.rule.until) == (None, date(2025, 2, 5))


def test_until_leaves_an_earlier_end_alone():
    ending = plan(Rule("WEEKLY", weekdays=(2,), until=date(2025, 2, 12)))

    assert ending.until(date(2025, 6, 1)) is ending


def test_until_before_the_first_day_leaves_nothing():
    ended = plan().until(date(2025, 1, 21))

    assert ended.is_empty
    assert ended.days(FIRST, FAR) == []
    assert ended.occurrences(datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC), limit=9) == []


def test_from_day_stays_in_step():
    later = plan().from_day(date(2025, 2, 1))

    assert later.first == date(2025, 2, 5)
    assert later.days(FIRST, date(2025, 3, 1)) == [date(2025, 2, 5), date(2025, 2, 19)]


def test_from_day_before_the_first_changes_nothing():
    assert plan().from_day(date(2024, 1, 1)) == plan()


def test_from_day_counts_only_what_is_left():
    later = plan(Rule("WEEKLY", weekdays=(2,), count=4)).from_day(date(2025, 2, 1))

    assert later.days(FIRST, FAR) == [date(2025, 2, 5), date(2025, 2, 12)]


def test_from_day_after_the_end_leaves_nothing():
    assert plan(Rule("WEEKLY", weekdays=(2,), until=date(2025, 2, 12))).from_day(date(2025, 3, 1)).is_empty


RULES = st.sampled_from(
    [
        "FREQ=WEEKLY;BYDAY=WE",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR;COUNT=30",
        "FREQ=MONTHLY;BYDAY=2WE,4WE",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270101",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;INTERVAL=5",
    ]
)
DAYS = st.dates(date(2024, 6, 1), date(2027, 12, 31))


@given(RULES, DAYS)
def test_ending_and_beginning_at_a_day_lose_and_double_nothing(text, day):
    rule = parse_rrule(text)
    whole = Plan(rule, aligned(rule, date(2025, 1, 1)), time(8), "UTC")

    before, after = whole.until(day - timedelta(days=1)), whole.from_day(day)

    # A plan begins on a day: the one from before the whole began is the whole.
    assert before.days(date(2024, 1, 1), FAR) + [
        d for d in after.days(date(2024, 1, 1), FAR) if d >= day
    ] == whole.days(date(2024, 1, 1), FAR)


def test_plans_agree_when_they_say_the_same_from_a_day_on():
    day = date(2026, 1, 1)
    assert plan().agrees_with(plan(first=date(2026, 1, 7)), day)
    assert plan().agrees_with(plan(Rule("WEEKLY", interval=2)), day)
    assert not plan().agrees_with(plan(first=date(2026, 1, 14)), day)
    assert not plan().agrees_with(plan(at=time(9)), day)
    assert not plan().agrees_with(plan(zone="America/Denver"), day)


def test_ahead_are_the_coming_weeks_and_what_is_under_way():
    now = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)  # half an hour into the call

    found = plan().ahead(now, HOUR)

    assert found[0].utc == datetime(2026, 11, 25, 16, tzinfo=UTC)
    assert found[-1].utc < now + HORIZON
    assert len(found) == 7


@pytest.mark.parametrize("text", ["FREQ=MONTHLY;BYDAY=1TU", "FREQ=YEARLY;BYMONTH=3;BYDAY=1TU"])
def test_ahead_are_at_least_six_of_a_rare_series(text):
    rule = parse_rrule(text)

    found = planned(rule, date(2025, 1, 1), time(8), "UTC").ahead(datetime(2026, 11, 25, tzinfo=UTC), HOUR)

    assert len(found) == AT_LEAST


def test_ahead_is_bounded_for_a_daily_series():
    found = plan(Rule("DAILY")).ahead(datetime(2026, 11, 25, tzinfo=UTC), HOUR)

    assert len(found) == 91


@pytest.mark.parametrize(
    ("text", "now", "days"),
    [
        # Every second week over new year, where week numbers begin anew
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", datetime(2026, 12, 20, tzinfo=UTC), [date(2026, 12, 23), date(2027, 1, 6)]),
        # The last day of the month, not every month's
        ("FREQ=MONTHLY;BYMONTHDAY=31", datetime(2027, 1, 30, tzinfo=UTC), [date(2027, 1, 31), date(2027, 3, 31)]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", datetime(2026, 1, 1, tzinfo=UTC), [date(2028, 2, 29)]),
        # Beyond the year in which old clocks stop counting
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", datetime(2038, 1, 18, tzinfo=UTC), [date(2038, 1, 20), date(2038, 2, 3)]),
    ],
)
def test_ahead_over_the_edges_of_years(text, now, days):
    rule = parse_rrule(text)

    found = planned(rule, FIRST, time(8), "America/Los_Angeles").ahead(now, HOUR)

    assert [one.local.date() for one in found][: len(days)] == days


def test_rule_without_days_is_refused():
    with pytest.raises(Refused, match="No day matches"):
        planned(Rule("YEARLY", months=(2,), month_days=(30,)), FIRST, time(8), "UTC")
