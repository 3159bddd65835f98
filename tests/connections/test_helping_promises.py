"""What help desks promise, and whom they tell: purely."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.connections.domain.clocks import Clock, Pause, due, spent, steps_due
from folkmoot.connections.domain.help_promises import (
    USUAL,
    USUAL_STEPS,
    Clocked,
    Escalation,
    Promise,
    Told,
    checked_steps,
    last_of_each,
    opening,
)
from folkmoot.kit.errors import Refused

ZONES = ("Europe/Lisbon", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
WEEK = [[[540, 720], [780, 1020]]] * 5 + [[], [[1320, 120]]]


def test_usual_promises_are_those_of_the_issue_and_come_back_as_they_were_kept():
    assert [(one.key, one.aim // 60, one.limit // 60) for one in USUAL] == [
        ("critical", 2, 4), ("high", 24, 24), ("medium", 48, 72), ("low", 168, 168),
    ]  # fmt: skip
    assert [Promise.of(one.kept()) for one in USUAL] == list(USUAL)
    assert [Escalation.of(one.key) for one in USUAL_STEPS] == list(USUAL_STEPS)


@pytest.mark.parametrize(("aim", "limit", "solved"), [(0, 1, 1), (2, 1, 3), (1, 3, 2), (1, 2, 90 * 24 * 60 + 1)])
def test_promises_that_contradict_themselves_are_refused(aim, limit, solved):
    with pytest.raises(Refused):
        Promise("low", aim, limit, solved)


def test_steps_are_each_there_once_and_of_several_for_the_same_people_the_last_is_told():
    half, full = (Escalation(Clocked.ANSWER, percent, Told.OWNER) for percent in (50, 100))
    leads = Escalation(Clocked.ANSWER, 80, Told.LEADS)

    assert checked_steps([full, half, full]) == (half, full)
    assert last_of_each([half, leads, full]) == {Told.OWNER: full, Told.LEADS: leads}
    with pytest.raises(Refused, match="At most 8"):
        checked_steps(Escalation(Clocked.ANSWER, percent, Told.OWNER) for percent in range(1, 10))


@settings(max_examples=25)
@given(
    zone=st.sampled_from(ZONES),
    holidays=st.sampled_from(([], [["PT", ""]], [["US", "NY"], ["DE", "BY"]])),
    minutes=st.integers(1, 5 * 24 * 60),
    asked=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 1), timezones=st.just(dt.UTC)),
    waits=st.integers(0, 3 * 24 * 60),
    looks=st.lists(st.integers(0, 30 * 24 * 60), min_size=1, max_size=12),
)
def test_in_any_zone_over_changes_of_clocks_and_holidays_the_time_is_over_when_it_is_due_and_steps_are_taken_once(
    zone, holidays, minutes, asked, waits, looks
):
    hours = opening(zone, WEEK, holidays, ["2026-12-24"])
    pause = Pause(asked + dt.timedelta(minutes=5), asked + dt.timedelta(minutes=5 + waits))
    clock = Clock(asked, dt.timedelta(minutes=minutes), hours, (pause,))
    steps = [one.step for one in USUAL_STEPS if one.clock is Clocked.ANSWER]

    at = due(clock)
    assert at is not None
    assert spent(clock, at) == clock.limit
    assert spent(clock, at - dt.timedelta(minutes=1)) < clock.limit

    # The task looks whenever it likes, also backwards, and the rows it wrote are all that it remembers.
    done: list[str] = []
    for look in [*looks, 90 * 24 * 60]:
        done += [step.key for step in steps_due(clock, steps, done, asked + dt.timedelta(minutes=look))]
    assert sorted(done) == sorted(step.key for step in steps)
