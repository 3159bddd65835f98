"""The days of an election: where every step lies, and what is said when it cannot lie there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.governance.domain.day_templates import REGULAR, TEMPLATES, VACANCY, template_for
from folkmoot.governance.domain.days import Days, Note, Problem, Step, What, lay_out, move, step_next, steps_now
from folkmoot.governance.domain.typed_days import read_day
from folkmoot.governance.models.elections import ElectionKind, Stage
from folkmoot.kit.errors import Refused

VOTING = date(2027, 9, 11)
TERMS = {Step.TERM: date(2027, 11, 1)}
TODAY = date(2027, 7, 1)


def of(month: int, first: int, last: int | None = None) -> Days:
    return Days(date(2027, month, first), date(2027, month, last or first))


def test_the_steps_are_those_of_the_models_and_each_kind_has_its_template():
    assert [step.value for step in Step] == [stage.value for stage in Stage]
    assert set(TEMPLATES) == set(ElectionKind.values)
    with pytest.raises(Refused, match="no kind of election called war"):
        template_for("war")


def test_a_regular_election_has_the_days_of_the_foundation():
    plan = lay_out(REGULAR, VOTING, TODAY, fixed=TERMS)

    assert (plan.notes, plan.problems) == ((), ())
    assert plan.days == {
        Step.ROLES: Days(date(2027, 8, 4), date(2027, 8, 31)),
        Step.CALL: of(9, 1, 10),
        Step.NOMINATIONS: of(9, 1, 10),
        Step.ACCEPTANCE: of(9, 1, 10),
        Step.QUESTIONS: of(9, 1, 10),
        Step.FREEZE: of(9, 11),
        Step.VOTING: of(9, 11, 30),
        Step.COUNT: of(10, 1),
        Step.RESULT: of(10, 1),
        Step.COMPLAINTS: of(10, 1, 14),
        Step.ONBOARDING: of(10, 15, 31),
        Step.TERM: of(11, 1),
        Step.RETRO: of(11, 2, 15),
    }


def test_days_of_grace_come_after_voting_and_shorten_what_waits_for_the_terms():
    plan = lay_out(REGULAR, VOTING, TODAY, fixed=TERMS, grace=3)

    assert (plan.days[Step.VOTING], plan.days[Step.GRACE]) == (of(9, 11, 30), of(10, 1, 3))
    assert (plan.days[Step.COUNT], plan.days[Step.COMPLAINTS]) == (of(10, 4), of(10, 4, 14))
    assert plan.days[Step.TERM] == of(11, 1)


def test_a_late_start_begins_today_and_shortens_before_it_moves():
    plan = lay_out(REGULAR, VOTING, date(2027, 9, 6), fixed=TERMS)

    assert plan.days[Step.ROLES] == of(9, 6, 8)
    assert plan.days[Step.CALL] == of(9, 6, 12)
    assert plan.days[Step.FREEZE] == of(9, 13)
    assert plan.days[Step.VOTING] == of(9, 13, 30)
    assert plan.days[Step.RESULT] == of(10, 1)
    assert Note(Step.VOTING, What.SHORTENED, of(9, 11, 30), of(9, 13, 30), 10) in plan.notes
    assert plan.is_possible


def test_terms_that_are_fixed_too_early_say_whose_minimum_breaks():
    plan = lay_out(REGULAR, VOTING, date(2027, 9, 11), fixed={Step.TERM: date(2027, 10, 10)})

    assert plan.problems == (Problem(Step.TERM, date(2027, 10, 10), Step.ONBOARDING, 7, date(2027, 10, 11)),)
    assert plan.days[Step.VOTING].count == 10


@settings(max_examples=120)
@given(
    kind=st.sampled_from(sorted(TEMPLATES)),
    today=st.dates(date(2027, 1, 1), date(2028, 12, 31)),
    ahead=st.integers(0, 90),
    grace=st.integers(0, 10),
    terms=st.none() | st.integers(1, 130),
)
def test_order_and_minimums_always_hold_or_the_problem_says_which(kind, today, ahead, grace, terms):
    template = template_for(kind)
    fixed = {Step.TERM: today + timedelta(days=terms)} if terms and Step.TERM in template else {}

    plan = lay_out(template, today + timedelta(days=ahead), today, fixed=fixed, grace=grace)

    for timing in template.timings:
        span = plan.days.get(timing.step)
        if span is None:
            assert timing.shortest == 0 or timing.step == Step.GRACE
            continue
        assert span.first >= today
        assert span.count >= timing.shortest
        assert all(plan.days[one].last < span.first for one in timing.after if one in plan.days)
        assert all(plan.days[one].first <= span.first for one in timing.since if one in plan.days)
        assert all(plan.days[one].last <= span.last for one in timing.until if one in plan.days)
    assert Step.GRACE not in plan.days or plan.days[Step.GRACE].count >= 1
    if plan.problems:
        (problem,) = plan.problems
        assert problem.over_on >= problem.day
        assert plan.days[problem.breaks].count == problem.shortest
    else:
        assert all(plan.days[step].first == day for step, day in fixed.items())


@settings(max_examples=60)
@given(by=st.integers(-5, 20), longer=st.integers(-12, 10), step=st.sampled_from([t.step for t in REGULAR.timings]))
def test_moving_a_step_keeps_order_and_minimums_or_refuses(by, longer, step):
    days = lay_out(REGULAR, VOTING, TODAY).days
    if step not in days:
        return
    to = Days(days[step].first + timedelta(days=by), days[step].last + timedelta(days=by + longer))

    try:
        plan = move(REGULAR, days, step, to, date(2027, 9, 3))
    except Refused as refused:
        assert refused.code in ("too_short", "too_early", "past", "wrong_order")
        return

    assert plan.days[step] == to
    for timing in REGULAR.timings:
        span = plan.days.get(timing.step)
        if span is None:
            continue
        assert span.count >= timing.shortest
        assert all(plan.days[one].last < span.first for one in timing.after if one in plan.days)


def test_what_waits_for_a_moved_step_follows_and_fixed_terms_stay():
    days = lay_out(REGULAR, VOTING, TODAY).days

    free = move(REGULAR, days, Step.VOTING, of(9, 11, 30 - 5), TODAY)
    later = move(REGULAR, days, Step.VOTING, Days(date(2027, 9, 11), date(2027, 10, 5)), TODAY, fixed=TERMS)

    assert (free.days[Step.RESULT], free.days[Step.TERM]) == (of(9, 26), of(10, 27))
    assert later.days[Step.RESULT] == of(10, 6)
    assert (later.days[Step.ONBOARDING], later.days[Step.TERM]) == (of(10, 20, 31), of(11, 1))
    assert (days[Step.CALL], days[Step.ROLES]) == (later.days[Step.CALL], later.days[Step.ROLES])


def test_what_cannot_be_moved_so_is_refused_in_words():
    days = lay_out(REGULAR, VOTING, TODAY).days

    for to, code, words in (
        (of(9, 12, 15), "too_short", "It takes 10 days at least, and this would be 4."),
        (of(9, 5, 30), "too_early", "It can begin on 11 September 2027 at the earliest."),
        (Days(date(2027, 6, 1), date(2027, 6, 30)), "past", "That day has passed."),
        (of(9, 30, 11), "wrong_order", "It cannot end before it begins."),
        (Days(date(2033, 6, 1), date(2033, 6, 30)), "too_far", "1 June 2033 is more than three years away."),
    ):
        with pytest.raises(Refused) as refused:
            move(REGULAR, days, Step.VOTING, to, TODAY)
        assert (refused.value.code, words.lower() in refused.value.message.lower()) == (code, True)
    with pytest.raises(Refused, match="no such step"):
        move(REGULAR, days, Step.GRACE, of(10, 1), TODAY)
    with pytest.raises(Refused, match=r"1 July 2026 has passed\."):
        lay_out(REGULAR, date(2026, 7, 1), TODAY)


def test_it_is_known_what_runs_and_what_comes_next():
    days = lay_out(VACANCY, VOTING, TODAY).days

    assert steps_now(days, date(2027, 9, 5)) == [Step.CALL, Step.NOMINATIONS, Step.ACCEPTANCE, Step.QUESTIONS]
    assert step_next(days, date(2027, 9, 5)) == Step.FREEZE
    assert (steps_now(days, date(2026, 1, 1)), step_next(days, date(2030, 1, 1))) == ([], None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-09-11", VOTING),
        ("11 September 2027", VOTING),
        ("Saturday, 11th of sept 2027", VOTING),
        ("Sep 11, 2027", VOTING),
        ("11.9.2027", VOTING),
        ("30/9/2027", date(2027, 9, 30)),
        ("9/30/2027", date(2027, 9, 30)),
        ("1 September", date(2027, 9, 1)),
        ("1 June", date(2028, 6, 1)),
        ("29 February", date(2028, 2, 29)),
    ],
)
def test_days_are_read_as_people_write_them(text, day):
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31 September", "September has 30 days."),
        ("2027-02-29", "February has 28 days in 2027."),
        ("0 May 2027", "May has 31 days."),
        ("2027-13-01", "There are 12 months, and no month 13."),
        ("9/11/2027", "“9/11/2027” could be 9 November or 11 September. Please write the month as a word."),
        ("11 Octember", "There is no month called “octember”."),
        ("1 May 0003", "The year 3 is out of reach."),
        ("soon", "Please write a day, such as 11 September 2027 or 2027-09-11."),
        ("１１ ９", "Please write a day, such as 11 September 2027 or 2027-09-11."),
    ],
)
def test_days_that_there_are_not_are_said_in_words(text, words):
    with pytest.raises(Refused) as refused:
        read_day(text, TODAY)

    assert refused.value.message == words
