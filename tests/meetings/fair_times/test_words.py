from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from folkmoot.meetings.domain.fair_times import (
    USUAL_SCALE,
    Hours,
    Party,
    Planner,
    Slot,
    Span,
    reason,
    slot_words,
)

AUCKLAND, BERLIN, LOS_ANGELES = "Pacific/Auckland", "Europe/Berlin", "America/Los_Angeles"
SIX = tuple(date(2026, 10, 6) + timedelta(weeks=week) for week in range(6))


FOUR_PM = (Slot(time(16), 1),)


def planner(*parties, today=FOUR_PM, zone=BERLIN):
    return Planner(SIX, zone, 60, tuple(today), parties)


def told(plan, turns, **more):
    return reason(plan.now(), plan.proposal(turns), plan.scale, **more)


EVERYWHERE = (Party(AUCKLAND), Party(BERLIN), Party(LOS_ANGELES))


def test_reason_says_who_has_it_hardest_and_what_the_rotation_does():
    assert told(planner(*EVERYWHERE), 3) == [
        "Today’s slot puts Auckland at 03:00 or 04:00 for every call.",
        "With this rotation nobody has more than 1 of 6 calls before 07:00 or after 22:00.",
        "The heaviest burden falls from 36 to 4.",
    ]


def test_place_is_not_named_where_its_people_keep_it_to_themselves():
    lines = told(planner(*EVERYWHERE), 3, nameable={BERLIN})

    assert lines[0] == "Today’s slot is early or late for somebody, for every call."
    assert not any("Auckland" in line or "03:00" in line for line in lines)


def test_slot_that_suits_everybody_is_left_alone():
    assert told(planner(Party(BERLIN)), 3) == ["Today’s slot suits everybody."]


def test_slot_as_fair_as_can_be_is_said_to_be_so():
    plan = planner(Party(BERLIN, Hours(working=None)), today=[Slot(time(12), 1)])

    assert told(plan, 2) == [
        "Today’s slot puts Berlin at 12:00 for every call.",
        "None of the slots that were compared is fairer to those who have it hardest.",
    ]


def test_slot_that_brings_nobody_out_of_bed_is_said_to_be_so():
    plan = planner(Party(BERLIN), today=[Slot(time(3), 1)])

    assert told(plan, 1) == [
        "Today’s slot puts Berlin at 03:00 for every call.",
        "With this slot nobody has a call before 07:00 or after 22:00.",
        "The heaviest burden falls from 36 to 0.",
    ]


def test_own_hours_at_night_are_not_counted_and_that_is_said():
    owls = Party(LOS_ANGELES, Hours(working=Span(22 * 60, 5 * 60)))
    plan = planner(Party(BERLIN), owls, today=[Slot(time(23), 1)])

    assert told(plan, 1)[1] == (
        "With this slot nobody has a call before 07:00 or after 22:00, unless they said that such hours suit them."
    )


def test_many_times_are_told_as_a_span_in_the_order_of_the_night():
    turns = [Slot(time(hour), 1) for hour in (12, 13, 15, 16)]

    line = told(planner(Party(AUCKLAND), today=turns), 1)[0]

    assert line == "The rotation of today puts Auckland at times from 23:00 to 04:00 for every call."


def test_search_that_was_cut_short_is_owned_up_to():
    plan = planner(*EVERYWHERE)
    cut_short = replace(plan.proposal(3), is_proven=False)

    assert reason(plan.now(), cut_short, USUAL_SCALE)[-1] == (
        "The search was cut short: there may be an even fairer one."
    )


def test_slots_are_said_by_weekday_and_time():
    assert (slot_words(Slot(time(7, 30), 2)), slot_words(Slot(time(7, 30)))) == ("Wednesday 07:30", "07:30")
