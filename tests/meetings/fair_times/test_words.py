from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from folkmoot.meetings.domain.fair_times import (
    USUAL_SCALE,
    Hours,
    Level,
    Party,
    Planner,
    Reason,
    Slot,
    Span,
    Why,
    reasons,
    sentence,
    slot_words,
)

AUCKLAND, BERLIN, LOS_ANGELES = "Pacific/Auckland", "Europe/Berlin", "America/Los_Angeles"
SIX = tuple(date(2026, 10, 6) + timedelta(weeks=week) for week in range(6))


FOUR_PM = (Slot(time(16), 1),)


def planner(*parties, today=FOUR_PM, zone=BERLIN):
    return Planner(SIX, zone, 60, tuple(today), parties)


def told(plan, turns, **more):
    return [sentence(one) for one in reasons(plan.now(), plan.proposal(turns), plan.scale, **more)]


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

    assert sentence(reasons(plan.now(), cut_short, USUAL_SCALE)[-1]) == (
        "The search was cut short: there may be an even fairer one."
    )


def test_reasons_are_said_in_another_language_and_by_another_clock():
    german = {
        "Today’s slot puts %(place)s at %(times)s %(often)s.": "Heute ist es in %(place)s %(often)s %(times)s Uhr.",
        "%(some)s or %(last)s": "%(some)s oder %(last)s",
        "for every call": "jedes Mal",
    }
    plan = planner(*EVERYWHERE)
    today, proposal, _burden = reasons(plan.now(), plan.proposal(3), plan.scale)

    told_in_german = sentence(today, german.__getitem__, lambda at: f"{at.hour}")

    assert told_in_german == "Heute ist es in Auckland jedes Mal 3 oder 4 Uhr."
    assert sentence(proposal, clock=lambda at: f"{at:%I %p}") == (
        "With this rotation nobody has more than 1 of 6 calls before 07 AM or after 10 PM."
    )


def test_every_reason_has_a_sentence_for_a_slot_and_for_turns():
    given = {
        "calls": 1,
        "of": 2,
        "level": Level.UNSOCIABLE,
        "zone": BERLIN,
        "times": (time(3),),
        "hours": Span(420, 1320),
    }

    said = {sentence(Reason(why, turns, **given)) for why in Why for turns in (False, True)}

    assert len(said) == 2 * 4 + 4
    assert not [words for words in said if "%" in words]


def test_slots_are_said_by_weekday_and_time():
    assert (slot_words(Slot(time(7, 30), 2)), slot_words(Slot(time(7, 30)))) == ("Wednesday 07:30", "07:30")
