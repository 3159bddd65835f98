from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.plan.domain.offsets import Problem, Timing, Trouble, schedule

DAY = timedelta(days=1)
ANCHOR = date(2027, 3, 1)
timings = st.lists(st.builds(Timing, st.integers(-400, 400), st.integers(0, 40)), max_size=12)
days = st.dates(date(2001, 1, 1), date(2199, 1, 1))


def test_in_good_time_every_step_is_on_its_own_day():
    dated = schedule([Timing(-14), Timing(-7), Timing(2)], ANCHOR, ANCHOR - 30 * DAY)

    assert dated.dates == (date(2027, 2, 15), date(2027, 2, 22), date(2027, 3, 3))
    assert dated.problems == ()


def test_started_late_what_is_past_is_dated_today_and_the_rest_stays():
    dated = schedule([Timing(-14), Timing(-7), Timing(2)], ANCHOR, ANCHOR - 10 * DAY)

    assert dated.dates == (date(2027, 2, 19), date(2027, 2, 22), date(2027, 3, 3))
    assert dated.problems == (Problem(0, Trouble.LATER, date(2027, 2, 15), date(2027, 2, 19)),)
    assert dated.is_possible


def test_minimum_periods_push_what_follows():
    dated = schedule([Timing(-21), Timing(-14, minimum=7), Timing(-7, minimum=7)], ANCHOR, ANCHOR - 15 * DAY)

    assert dated.dates == (date(2027, 2, 14), date(2027, 2, 21), date(2027, 2, 28))
    assert dated.is_possible


def test_what_can_no_longer_be_done_before_the_day_is_said():
    dated = schedule([Timing(-14, minimum=3), Timing(0, minimum=7)], ANCHOR, ANCHOR - 5 * DAY)

    assert dated.problems == (
        Problem(0, Trouble.LATER, date(2027, 2, 15), date(2027, 2, 27)),
        Problem(1, Trouble.PAST_ANCHOR, ANCHOR, date(2027, 3, 6)),
    )
    assert not dated.is_possible


def test_dates_come_in_the_order_in_which_the_steps_were_given():
    dated = schedule([Timing(5), Timing(-5), Timing(0)], ANCHOR, ANCHOR - 10 * DAY)

    assert dated.dates == (ANCHOR + 5 * DAY, ANCHOR - 5 * DAY, ANCHOR)


@given(timings, days, days)
def test_nothing_is_before_the_beginning_or_before_its_own_day(lines, anchor, started):
    dated = schedule(lines, anchor, started)

    assert all(due >= started for due in dated.dates)
    assert all(due >= anchor + timing.offset * DAY for due, timing in zip(dated.dates, lines, strict=True))


@given(timings, days, days)
def test_order_and_minimum_periods_hold_however_late_it_is(lines, anchor, started):
    dated = schedule(lines, anchor, started)
    before = started

    for place in sorted(range(len(lines)), key=lambda at: (lines[at].offset, at)):
        assert dated.dates[place] >= before + lines[place].minimum * DAY
        before = dated.dates[place]


@given(timings, days, days)
def test_exactly_the_steps_that_are_not_on_their_day_are_problems(lines, anchor, started):
    dated = schedule(lines, anchor, started)

    off = {place for place, line in enumerate(lines) if dated.dates[place] != anchor + line.offset * DAY}
    assert {problem.place for problem in dated.problems} == off


@given(timings, days, days, st.integers(0, 300))
def test_beginning_earlier_makes_nothing_later(lines, anchor, started, earlier):
    late, soon = schedule(lines, anchor, started), schedule(lines, anchor, started - earlier * DAY)

    assert all(one <= other for one, other in zip(soon.dates, late.dates, strict=True))


@given(timings, days, days, st.integers(-300, 300))
def test_moving_anchor_and_beginning_together_moves_everything_alike(lines, anchor, started, shift):
    before, after = schedule(lines, anchor, started), schedule(lines, anchor + shift * DAY, started + shift * DAY)

    assert [due + shift * DAY for due in before.dates] == list(after.dates)
