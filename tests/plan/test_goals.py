from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.plan.actions.goals import (
    change_goal,
    check_in,
    close_period,
    hand_goal,
    hand_key_result,
    measure_now,
    note_value,
    set_goal,
    set_key_result,
)
from folkmoot.plan.domain.periods import Period
from folkmoot.plan.goal_tasks import measure_key_results
from folkmoot.plan.measures import MEASURES
from folkmoot.plan.models import Confidence, Goal, KeyResult, Value
from folkmoot.plan.standing import goal_standing
from tests.factories.groups import join
from tests.factories.meetings import actor
from tests.factories.people import PersonFactory
from tests.factories.plan import THIS_QUARTER, goal, key_result, last_entry, tellings, told_since

pytestmark = pytest.mark.django_db

ON, RISK, OFF = Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.OFF_TRACK


@pytest.mark.parametrize(
    "who", ["stranger", "observer", "participant", "manager", "other group's manager", "former manager", "steward"]
)
def test_who_may_do_what(lantern, who):
    by, wanted = actor(who, lantern), goal(lantern)
    result = key_result(wanted)
    actions = (
        lambda: set_goal(lantern, title="Another", period=THIS_QUARTER, by=by),
        lambda: change_goal(wanted, title="New", words="", objective="", owner=None, period=THIS_QUARTER, by=by),
        lambda: set_key_result(wanted, words="n", baseline=Decimal(0), target=Decimal(1), by=by),
        lambda: note_value(result, value=Decimal(1), words="Seen.", by=by),
        lambda: check_in(wanted, confidence=ON, words="Well.", by=by),
        lambda: close_period(lantern, THIS_QUARTER, by=by),
    )

    for act in actions:
        if who in ("manager", "steward"):
            act()
        else:
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code == "forbidden"


@pytest.mark.parametrize("owns", ["goal", "key result"])
def test_who_looks_after_it_checks_in_and_enters_values_but_sets_nothing(lantern, ben, owns):
    wanted = goal(lantern, owner=ben if owns == "goal" else None)
    result = key_result(wanted, owner=ben if owns == "key result" else None)

    check_in(wanted, confidence=ON, words="Well.", by=ben)
    note_value(result, value=Decimal(1), words="Seen.", by=ben)

    with pytest.raises(Refused, match="Only a manager"):
        set_goal(lantern, title="Another", period=THIS_QUARTER, by=ben)


def test_values_carry_evidence_and_the_latest_day_counts(lantern, ada):
    result = key_result(goal(lantern))

    note_value(result, value=Decimal("4.5"), on=dt.date(2026, 11, 20), link="https://x.example/count", by=ada)
    note_value(result, value=Decimal(2), on=dt.date(2026, 11, 1), words="Counted later, for an earlier day.", by=ada)

    result.refresh_from_db()
    assert result.current == Decimal("4.5")
    assert [entry.payload["now"] for entry in Entry.objects.filter(kind="plan.key_result_moved")] == ["4.5"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "evidence_needed"),
        ({"words": "x", "on": dt.date(2026, 11, 27)}, "invalid"),
        ({"words": "x", "value": Decimal("NaN")}, "invalid_number"),
        ({"words": "x", "value": Decimal(10) ** 12}, "invalid_number"),
        ({"link": "javascript:alert(1)"}, "invalid_link"),
    ],
)
def test_values_that_cannot_be_kept_are_refused(lantern, ada, given, code):
    result, before = key_result(goal(lantern)), last_entry()

    with pytest.raises(Refused) as refused:
        note_value(result, **{"value": Decimal(1), **given}, by=ada)

    assert (refused.value.code, Value.objects.count(), told_since(before)) == (code, 0, [])


def test_baseline_and_target_must_differ_for_the_action_and_for_the_database(lantern):
    wanted = goal(lantern)

    with pytest.raises(Refused) as refused:
        key_result(wanted, baseline=3, target=3)
    assert refused.value.code == "no_way_to_go"
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyResult.objects.create(goal=wanted, position=0, words="x", baseline=3, target=3)


def test_progress_of_a_goal_is_the_mean_of_what_is_known(lantern, ada):
    wanted = goal(lantern)
    first, second = key_result(wanted), key_result(wanted, "Days to answer", baseline=4, target=1)
    key_result(wanted, "Not counted yet")
    note_value(first, value=Decimal(5), words="Seen.", by=ada)
    note_value(second, value=Decimal(1), words="Seen.", by=ada)

    standing = goal_standing(Goal.objects.get())

    assert (standing.percent, standing.percent_words) == (75, "75 per cent of the way")
    assert [one.now_words for one in standing.results] == ["5 pairs", "1 pairs", "not known yet"]
    assert goal_standing(goal(lantern, "Empty")).percent_words == "not measured yet"


def test_managers_are_told_once_that_a_goal_is_in_doubt(lantern, ada, ben):
    wanted = goal(lantern, owner=ben)

    check_in(wanted, confidence=ON, words="Well.", by=ben)
    check_in(wanted, confidence=RISK, words="Hm.", by=ben)
    check_in(wanted, confidence=RISK, words="Still.", by=ben)
    check_in(wanted, confidence=OFF, words="No.", by=ben)
    check_in(wanted, confidence=RISK, words="I wrote this myself.", by=ada)

    assert tellings() == [("Ada", "plan.goal_in_doubt"), ("Ada", "plan.goal_in_doubt")]


def test_check_in_needs_words_and_tells_its_fact(lantern, ada):
    wanted, before = goal(lantern), last_entry()

    with pytest.raises(Refused):
        check_in(wanted, confidence=ON, words=" ", by=ada)
    check_in(wanted, confidence=ON, words="Well.", by=ada)

    assert told_since(before) == ["plan.goal_checked_in"]


# What the system measures


def test_measures_count_what_is_there(lantern, ada, ben, cleo, freeze):
    freeze("2026-11-27T12:00Z")
    join(PersonFactory(zone="Asia/Tokyo"), lantern)
    on = dt.date(2026, 11, 26)

    assert {entry.name: entry.item.value(lantern, on) for entry in MEASURES.entries()} == {
        "groups.people": 3, "groups.contributors": 2, "groups.managers": 1, "groups.newcomers": 3,
        "groups.zones": 1, "groups.groups": 1, "meetings.people_on_calls": None, "meetings.guests": 0,
    }  # fmt: skip
    assert MEASURES["groups.people"].value(lantern, dt.date(2026, 11, 27)) == 4
    assert MEASURES["groups.people"].value(lantern, dt.date(2026, 11, 25)) == 0


def test_measured_key_result_is_measured_at_once_and_by_the_job_and_by_nobody_else(lantern, ada, ben, clock):
    result = key_result(goal(lantern), measure="groups.people", unit="")
    result.refresh_from_db()
    assert (result.current, result.unit) == (2, "people")

    with pytest.raises(Refused) as refused:
        note_value(result, value=Decimal(9), words="I say so.", by=ada)
    join(PersonFactory(), lantern)
    measure_key_results.call()
    measure_key_results.call()

    assert refused.value.code == "measured_by_itself"
    result.refresh_from_db()
    assert (result.current, result.values.count()) == (3, 1)


def test_change_of_a_key_result_keeps_a_value_that_came_in_meanwhile(lantern, ada):
    wanted = goal(lantern)
    seen_before = key_result(wanted)
    note_value(seen_before, value=Decimal(7), words="Seen.", by=ada)

    set_key_result(wanted, words="Pairs", baseline=Decimal(0), target=Decimal(12), key_result=seen_before, by=ada)

    kept = KeyResult.objects.get()
    assert (kept.words, kept.target, kept.current) == ("Pairs", 12, 7)


def test_unknown_measures_are_refused(lantern):
    with pytest.raises(Refused) as refused:
        key_result(goal(lantern), measure="groups.happiness")

    assert refused.value.code == "no_such_measure"


# Closing a period


def test_closing_freezes_values_and_carries_over_what_was_not_reached(lantern, ada, ben):
    reached, missed = goal(lantern, "Reached"), goal(lantern, "Missed", owner=ben, objective="Light")
    done, half = key_result(reached), key_result(missed, owner=ben)
    note_value(done, value=Decimal(10), words="Seen.", by=ada)
    note_value(half, value=Decimal(4), words="Seen.", by=ada)
    before = last_entry()

    closed = close_period(lantern, THIS_QUARTER, by=ada)

    assert (closed.goals, [one.title for one in closed.carried]) == (2, ["Missed"])
    (copy,) = closed.carried
    assert (copy.period, copy.carried_from, copy.owner, copy.objective) == (Period(2027, 1), missed, ben, "Light")
    (carried,) = copy.key_results.all()
    assert (carried.baseline, carried.target, carried.current, carried.owner) == (0, 10, 4, ben)
    half.refresh_from_db()
    assert half.final == 4
    assert told_since(before) == ["plan.period_closed", "plan.goal_set"]
    for act in (
        lambda: note_value(half, value=Decimal(9), words="Late.", by=ada),
        lambda: check_in(missed, confidence=ON, words="Late.", by=ada),
        lambda: set_key_result(missed, words="n", baseline=Decimal(0), target=Decimal(1), by=ada),
        lambda: close_period(lantern, THIS_QUARTER, by=ada),
    ):
        with pytest.raises(Refused):
            act()
    assert measure_now(half, on=dt.date(2026, 11, 26)) is None


def test_a_period_may_be_closed_without_carrying_over_and_not_before_it_begins(lantern):
    goal(lantern)
    goal(lantern, "Later", period=Period(2027))

    assert close_period(lantern, THIS_QUARTER, carry=False, by=system()).carried == ()
    with pytest.raises(Refused) as refused:
        close_period(lantern, Period(2027), by=system())
    assert refused.value.code == "not_begun"


def test_handing_on_is_done_once(lantern, ada, ben):
    wanted = goal(lantern)
    result = key_result(wanted)

    for _ in range(2):
        hand_goal(wanted, to=ben, by=ada)
        hand_key_result(result, to=ben, by=ada)
        before = last_entry()

    assert told_since(before) == []
    wanted.refresh_from_db()
    result.refresh_from_db()
    assert (wanted.owner, result.owner) == (ben, ben)
