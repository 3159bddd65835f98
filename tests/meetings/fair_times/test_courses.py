from __future__ import annotations

from datetime import date, time

import pytest

from folkmoot.meetings.domain.fair_times import Slot, course_of, without_repeats
from folkmoot.meetings.domain.pattern import Pattern, Turn, plans_of

MONDAY = date(2026, 12, 7)
LISBON = "Europe/Lisbon"


def course(pattern, calls=4):
    return course_of(plans_of(pattern, date(2026, 11, 26), LISBON), MONDAY, calls)


def test_weekly_calls_may_go_to_any_weekday_and_take_turns():
    found = course(Pattern("weeks", (Turn(time(17)),), weekdays=(1,)))

    assert found.days == (date(2026, 12, 8), date(2026, 12, 15), date(2026, 12, 22), date(2026, 12, 29))
    assert (found.today, found.most_turns, len(found.slots)) == ((Slot(time(17), 1),), 4, 336)
    assert found.from_day == MONDAY


def test_turns_of_today_begin_with_the_one_whose_turn_it_is():
    found = course(Pattern("weeks", (Turn(time(8)), Turn(time(17), (3,))), weekdays=(1,)))

    # The first turn was on 1 December.
    assert found.today == (Slot(time(17), 3), Slot(time(8), 1))
    assert found.days[:2] == (date(2026, 12, 10), date(2026, 12, 15))


@pytest.mark.parametrize(
    "pattern",
    [
        Pattern("weeks", (Turn(time(17)),), weekdays=(1, 3)),
        Pattern("nth", (Turn(time(17)),), weekdays=(1,), nth=(1, 3)),
        Pattern("nth", (Turn(time(17)),), weekdays=(1,), nth=(5,)),
        Pattern("month_day", (Turn(time(17)),), month_days=(31,)),
    ],
)
def test_calls_that_cannot_be_told_apart_by_turns_keep_their_days_and_take_none(pattern):
    found = course(pattern)

    assert (found.today, found.most_turns, len(found.slots)) == ((Slot(time(17)),), 1, 48)


@pytest.mark.parametrize(
    "pattern",
    [
        Pattern("nth", (Turn(time(17)),), weekdays=(1,), nth=(-1,)),
        Pattern("month_day", (Turn(time(17)),), month_days=(15,)),
    ],
)
def test_monthly_calls_keep_their_days_and_may_take_turns(pattern):
    found = course(pattern)

    assert (found.most_turns, found.from_day) == (4, found.days[0])


def test_nothing_is_planned_without_calls_or_for_turns_of_several_days():
    over = Pattern("weeks", (Turn(time(17)),), weekdays=(1,), until=date(2026, 12, 1))
    several = Pattern("weeks", (Turn(time(8)), Turn(time(17))), weekdays=(1, 3))

    assert (course(over), course(several)) == (None, None)


@pytest.mark.parametrize(
    ("pattern", "slots"),
    [
        (Pattern("weeks", (Turn(time(17)),), every=2, weekdays=(1,)), (Slot(time(6), 3), Slot(time(20), 0))),
        (Pattern("weeks", (Turn(time(17)),), weekdays=(1,)), (Slot(time(6), 6),)),
        (Pattern("nth", (Turn(time(17)),), weekdays=(1,), nth=(2,)), (Slot(time(6)), Slot(time(20)), Slot(time(9)))),
    ],
)
def test_pattern_of_a_proposal_has_the_calls_that_were_planned(pattern, slots):
    found = course(pattern)

    changed, first = found.changed_to(slots)

    plans = plans_of(changed, found.from_day, LISBON, first=first)
    calls = sorted((day, plan.at) for plan in plans for day in plan.days(first, date(2027, 6, 1)))
    planned = [
        (slots[place % len(slots)].day(day), slots[place % len(slots)].at) for place, day in enumerate(found.days)
    ]
    assert calls[: len(planned)] == planned


def test_turns_that_go_round_twice_are_said_once():
    one, other = Slot(time(8), 1), Slot(time(17), 1)

    assert without_repeats([one, one, one]) == (one,)
    assert without_repeats([one, other, one, other]) == (one, other)
    assert without_repeats([one, other, one]) == (one, other, one)
