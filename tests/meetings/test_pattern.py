"""How calls repeat as people say it, and the plans that come of it."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.kit.errors import Refused
from folkmoot.kit.recurrence import aligned, dates
from folkmoot.meetings.domain.pattern import Pattern, Turn, pattern_of, plans_of

EIGHT, FIVE, NOON = time(8), time(17), time(12)
START = date(2026, 11, 26)  # a Thursday
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)


def calls(pattern, *, until=date(2027, 6, 1), first=None, start=START, count=6):
    """Day and hour of the first calls of all turns together."""
    plans = plans_of(pattern, start, "Europe/Lisbon", first=first)
    found = sorted((day, plan.at) for plan in plans for day in plan.days(start, until))
    return [f"{day:%m-%d} {at:%H}" for day, at in found[:count]]


def test_weekly_calls_on_several_days():
    pattern = Pattern("weeks", (Turn(EIGHT),), weekdays=(TUESDAY, THURSDAY))

    assert calls(pattern) == ["11-26 08", "12-01 08", "12-03 08", "12-08 08", "12-10 08", "12-15 08"]


def test_two_times_take_turns_from_week_to_week():
    pattern = Pattern("weeks", (Turn(EIGHT), Turn(FIVE)), weekdays=(TUESDAY,))

    assert calls(pattern) == ["12-01 08", "12-08 17", "12-15 08", "12-22 17", "12-29 08", "01-05 17"]


def test_turns_may_have_weekdays_of_their_own():
    pattern = Pattern("weeks", (Turn(EIGHT), Turn(FIVE, (MONDAY,))), every=2, weekdays=(WEDNESDAY,))

    assert calls(pattern, count=4) == ["12-02 08", "12-14 17", "12-30 08", "01-11 17"]


def test_three_turns_rotate_over_months():
    pattern = Pattern("nth", (Turn(EIGHT), Turn(FIVE), Turn(NOON)), weekdays=(FRIDAY,), nth=(-1,))

    assert calls(pattern) == ["11-27 08", "12-25 17", "01-29 12", "02-26 08", "03-26 17", "04-30 12"]


def test_named_first_call_chooses_the_week():
    pattern = Pattern("weeks", (Turn(EIGHT),), every=2, weekdays=(TUESDAY,))

    assert calls(pattern, first=date(2026, 12, 8), count=2) == ["12-08 08", "12-22 08"]
    assert calls(pattern, count=2) == ["12-01 08", "12-15 08"]


def test_day_of_the_month_leaves_short_months_out():
    pattern = Pattern("month_day", (Turn(EIGHT), Turn(FIVE)), month_days=(31,))

    # The first turn has December, February, April and so on, which have no 31st until August.
    assert calls(pattern, count=4) == ["12-31 08", "01-31 17", "03-31 17", "05-31 17"]


def test_end_holds_for_every_turn():
    pattern = Pattern("weeks", (Turn(EIGHT), Turn(FIVE)), weekdays=(TUESDAY,), until=date(2026, 12, 10))

    assert calls(pattern) == ["12-01 08", "12-08 17"]


def test_turn_that_would_begin_after_the_end_is_left_out():
    pattern = Pattern("weeks", (Turn(EIGHT), Turn(FIVE)), weekdays=(TUESDAY,), until=date(2026, 12, 3))

    assert calls(pattern) == ["12-01 08"]


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        (Pattern("weeks", (), weekdays=(1,)), "invalid"),
        (Pattern("weeks", (Turn(EIGHT),) * 5, weekdays=(1,)), "invalid"),
        (Pattern("weeks", (Turn(EIGHT),)), "invalid"),
        (Pattern("nth", (Turn(EIGHT),), weekdays=(1,)), "invalid"),
        (Pattern("month_day", (Turn(EIGHT),)), "invalid"),
        (Pattern("weeks", (Turn(EIGHT),), every=0, weekdays=(1,)), "rule_invalid"),
        (Pattern("weeks", (Turn(EIGHT),), weekdays=(1,), until=date(2026, 11, 27)), "rule_empty"),
    ],
)
def test_what_makes_no_sense_is_refused(pattern, code):
    with pytest.raises(Refused) as refused:
        plans_of(pattern, START, "UTC")

    assert refused.value.code == code


def test_first_call_has_to_be_a_day_of_the_first_turn():
    with pytest.raises(Refused, match="2026-12-09 is not a day of this series"):
        plans_of(Pattern("weeks", (Turn(EIGHT),), weekdays=(TUESDAY,)), START, "UTC", first=date(2026, 12, 9))


TIMES = st.lists(st.sampled_from([EIGHT, FIVE, NOON]), min_size=1, max_size=4)
DAYS = st.sets(st.integers(0, 6), min_size=1, max_size=3).map(lambda found: tuple(sorted(found)))
PATTERNS = st.one_of(
    st.builds(
        lambda at, days, every: Pattern("weeks", tuple(map(Turn, at)), every=every, weekdays=days),
        TIMES, DAYS, st.integers(1, 6),
    ),
    st.builds(
        lambda at, days, every, nth: Pattern("nth", tuple(map(Turn, at)), every=every, weekdays=days, nth=nth),
        TIMES, DAYS, st.integers(1, 4), st.sampled_from([(1,), (2,), (-1,), (1, 3)]),
    ),
    st.builds(
        lambda at, days, every: Pattern("month_day", tuple(map(Turn, at)), every=every, month_days=days),
        TIMES, st.sampled_from([(1,), (15,), (-1,), (1, 15)]), st.integers(1, 4),
    ),
)  # fmt: skip


@settings(max_examples=60)
@given(PATTERNS, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_plans_tell_their_pattern_again_and_together_are_the_days_of_its_rule(pattern, start):
    plans = plans_of(pattern, start, "UTC")
    end = start.replace(year=start.year + 3, day=1)

    together = sorted(day for plan in plans for day in plan.days(start, end))

    assert together == dates(pattern.rule, aligned(pattern.rule, start), start, end)
    assert pattern_of(plans) == pattern
