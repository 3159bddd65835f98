from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.actions import adopt_charter
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import react
from folkmoot.plan.actions.activities import bring_year_in_order, change_activity, hand_activity
from folkmoot.plan.goal_tasks import keep_the_year
from folkmoot.plan.models import ActivityState, YearActivity
from tests.factories.meetings import actor
from tests.factories.plan import initiative, last_entry, told_since

pytestmark = pytest.mark.django_db

UNDER_WAY, DONE, DROPPED = ActivityState.UNDER_WAY, ActivityState.DONE, ActivityState.DROPPED


def listed(group, year: int = 2026) -> list[tuple]:
    rows = group.year_activities.filter(year=year)
    return [(one.name, one.quarter, one.state, one.retired_on) for one in rows]


def changed(activity: YearActivity, *, by=None, **given):
    values = {
        "state": activity.state, "why": activity.why, "owner": activity.owner, "quarter": activity.quarter,
        "starts_on": None, "ends_on": None, "words": "", "initiative": None,
    }  # fmt: skip
    return change_activity(activity, **{**values, **given}, by=by or system())


def amend(group, *names: str):
    version = group.charters.first()
    kept = [item for item in version.reading["annual_activities"] if item["name"] in names]
    new = [{"name": name, "text": "New."} for name in names if name not in {item["name"] for item in kept}]
    reading = {**version.reading, "annual_activities": kept + new}
    return adopt_charter(group, text="# Lantern", reading=reading, answers={}, by=system())


def test_adopting_a_charter_lists_its_activities_once_however_often_it_is_told(lantern, settle):
    settle()
    assert listed(lantern) == [("Open house", 0, "not_begun", None), ("Spring clean", 2, "not_begun", None)]
    before = last_entry()

    for entry in Entry.objects.filter(kind="groups.charter_adopted"):
        react(entry.pk, "folkmoot.plan.goal_reactions.list_the_year")
    keep_the_year.call()

    assert len(listed(lantern)) == 2
    assert told_since(before) == []


def test_amended_charter_adds_and_retires_and_what_was_written_stays(lantern, settle):
    settle()
    changed(lantern.year_activities.get(name="Open house"), state=UNDER_WAY, words="Hosts are found.")
    before = last_entry()

    amend(lantern, "Open house", "Award")
    settle()

    today = dt.date(2026, 11, 26)
    assert listed(lantern) == [
        ("Open house", 0, "under_way", None), ("Award", 0, "not_begun", None), ("Spring clean", 2, "not_begun", today),
    ]  # fmt: skip
    assert lantern.year_activities.get(name="Open house").words == "Hosts are found."
    assert told_since(before) == ["groups.charter_adopted", "plan.activity_listed", "plan.activity_retired"]

    amend(lantern, "Open house", "Spring clean")
    settle()

    assert {one[0]: one[3] for one in listed(lantern)} == {"Open house": None, "Spring clean": None, "Award": today}


def test_new_year_begins_with_a_fresh_list(lantern, settle, freeze):
    settle()
    changed(lantern.year_activities.get(name="Open house"), state=DONE)

    freeze("2027-01-01T00:30Z")
    keep_the_year.call()

    assert [one[:3] for one in listed(lantern, 2027)] == [
        ("Open house", 0, "not_begun"),
        ("Spring clean", 2, "not_begun"),
    ]
    assert listed(lantern)[0][2] == "done"


@pytest.mark.parametrize("who", ["stranger", "observer", "participant", "manager", "other group's manager", "steward"])
def test_who_may_move_an_activity(lantern, who):
    bring_year_in_order(lantern, year=2026, by=system())
    activity, by = lantern.year_activities.first(), actor(who, lantern)

    if who in ("manager", "steward"):
        assert changed(activity, state=DONE, by=by).state == "done"
    else:
        with pytest.raises(Refused, match="Only who looks after this"):
            changed(activity, state=DONE, by=by)


def test_owner_moves_it_and_dropping_needs_a_reason(lantern, ada, ben):
    bring_year_in_order(lantern, year=2026, by=system())
    activity = changed(lantern.year_activities.first(), owner=ben, by=ada)
    before = last_entry()

    with pytest.raises(Refused) as refused:
        changed(activity, state=DROPPED, by=ben)
    assert refused.value.code == "reason_needed"
    moved = changed(activity, state=DROPPED, why="No hosts.", by=ben)
    again = changed(moved, state=UNDER_WAY, by=ben)

    assert (moved.why, again.why) == ("No hosts.", "")
    assert told_since(before) == ["plan.activity_moved", "plan.activity_moved"]


@pytest.mark.parametrize(
    "given",
    [
        {"starts_on": dt.date(2026, 5, 2), "ends_on": dt.date(2026, 5, 1)},
        {"starts_on": dt.date(2027, 1, 1)},
    ],
)
def test_days_must_be_in_order_and_in_the_year(lantern, given):
    bring_year_in_order(lantern, year=2026, by=system())

    with pytest.raises(Refused):
        changed(lantern.year_activities.first(), **given)


def test_months_follow_days_then_quarter_then_the_whole_year():
    def months(**given):
        return YearActivity(year=2026, **given).months

    assert months() == (1, 12)
    assert months(quarter=2) == (4, 6)
    assert months(quarter=2, starts_on=dt.date(2026, 8, 1)) == (8, 8)
    assert months(quarter=4, ends_on=dt.date(2026, 3, 1)) == (3, 3)
    assert months(starts_on=dt.date(2026, 3, 1), ends_on=dt.date(2026, 5, 1)) == (3, 5)


def test_initiative_of_another_group_is_refused_and_handing_on_is_done_once(lantern, ada, ben):
    from tests.factories.groups import group

    bring_year_in_order(lantern, year=2026, by=system())
    activity = lantern.year_activities.first()

    with pytest.raises(Refused):
        changed(activity, initiative=initiative(group("Anvil", text="# Anvil")))
    for _ in range(2):
        hand_activity(activity, to=ben, by=ada)
        before = last_entry()
    assert told_since(before) == []
