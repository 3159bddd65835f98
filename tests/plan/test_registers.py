from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.plan.actions.registers import (
    hand_risk,
    hand_stakeholder,
    keep_risk,
    keep_stakeholder,
    remove_stakeholder,
)
from folkmoot.plan.goal_tasks import remind_of_dates
from folkmoot.plan.models import Risk, RiskState, Stakeholder
from folkmoot.plan.registers_listed import risk_rows, risks_sorted, stakeholder_rows
from tests.factories.meetings import actor
from tests.factories.plan import last_entry, tellings, told_since

pytestmark = pytest.mark.django_db

WHO = ["stranger", "observer", "participant", "manager", "other group's manager", "former manager", "steward"]
YESTERDAY = dt.date(2026, 11, 25)


def risk(group, title: str = "Nobody comes", likelihood: int = 2, impact: int = 4, *, by=None, **given) -> Risk:
    return keep_risk(group, title=title, likelihood=likelihood, impact=impact, by=by or system(), **given)


@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what(lantern, who):
    by, present, one = actor(who, lantern), risk(lantern), keep_stakeholder(lantern, name="Library", by=system())
    enters, changes = who in ("participant", "manager", "steward"), who in ("manager", "steward")
    for may, act in (
        (enters, lambda: risk(lantern, by=by)),
        (changes, lambda: risk(lantern, risk=present, by=by)),
        (changes, lambda: risk(lantern, is_shareable=True, by=by)),
        (changes, lambda: keep_stakeholder(lantern, name="Other", by=by)),
        (changes, lambda: keep_stakeholder(lantern, name="Other", stakeholder=one, by=by)),
        (changes, lambda: remove_stakeholder(one, by=by)),
    ):
        if may:
            act()
        else:
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code == "forbidden"


def test_owner_changes_a_risk_but_does_not_decide_who_may_read_of_it(lantern, ben):
    present = risk(lantern, owner=ben)

    assert risk(lantern, "Hardly anybody comes", risk=present, owner=ben, by=ben).title == "Hardly anybody comes"
    with pytest.raises(Refused):
        risk(lantern, risk=present, owner=ben, is_shareable=True, by=ben)


@pytest.mark.parametrize("given", [{"likelihood": 0}, {"impact": 6}, {"title": ""}])
def test_risks_that_cannot_be_kept_are_refused(lantern, given):
    with pytest.raises(Refused) as refused:
        risk(lantern, **given)
    assert (refused.value.code, Risk.objects.count()) == ("invalid", 0)


def test_gravest_risk_stands_first_and_what_is_over_last(lantern):
    risk(lantern, "Small", 1, 2)
    risk(lantern, "Over", 5, 5, state=RiskState.CLOSED)
    risk(lantern, "Grave", 4, 5)

    assert [(one.title, one.score) for one in risks_sorted(lantern)] == [("Grave", 20), ("Small", 2), ("Over", 25)]


def test_rows_of_tables_say_what_is_kept(lantern, ben):
    risk(lantern, "Nobody comes", owner=ben, review_on=YESTERDAY)
    keep_stakeholder(lantern, name="Library", organisation="The town", by=system())

    assert list(risk_rows(lantern)) == [("Nobody comes", "", 2, 4, 8, "", "Ben", YESTERDAY, "open", "no")]
    assert list(stakeholder_rows(lantern)) == [("Library", "The town", "", "medium", "medium", None, None)]


def test_facts_hold_no_words_of_the_registers(lantern, ben):
    before = last_entry()
    one = keep_stakeholder(lantern, name="Secret friend", why="Private", by=system())
    remove_stakeholder(one, by=system())
    risk(lantern, "Secret risk")

    assert told_since(before) == ["plan.stakeholder_noted", "plan.stakeholder_noted", "plan.risk_noted"]
    assert "Secret" not in str(list(Entry.objects.values_list("payload", flat=True)))
    assert not Stakeholder.objects.exists()


def test_reminders_come_once_for_each_day_that_is_set(lantern, ada, ben):
    present = risk(lantern, owner=ben, review_on=YESTERDAY)
    risk(lantern, "Over", review_on=YESTERDAY, state=RiskState.CLOSED)
    risk(lantern, "Later", review_on=dt.date(2026, 11, 27))
    keep_stakeholder(lantern, name="Library", next_touch_on=YESTERDAY, by=system())

    remind_of_dates.call()
    remind_of_dates.call()
    assert tellings() == [("Ben", "plan.risk_waits"), ("Ada", "plan.touch_waits")]

    risk(lantern, risk=present, owner=ben, review_on=dt.date(2026, 11, 26))
    remind_of_dates.call()
    assert tellings()[2:] == [("Ben", "plan.risk_waits")]


def test_reminders_go_to_those_who_lead_once_whoever_looked_after_it_has_left(lantern, ada, ben):
    risk(lantern, owner=ben, review_on=YESTERDAY)
    keep_stakeholder(lantern, name="Library", contact=ben, next_touch_on=YESTERDAY, by=system())
    ben.participations.update(ended_at=timezone.now())

    remind_of_dates.call()

    assert tellings() == [("Ada", "plan.risk_waits"), ("Ada", "plan.touch_waits")]


def test_handing_on_is_done_once(lantern, ada, ben):
    present, one = risk(lantern), keep_stakeholder(lantern, name="Library", by=system())
    for _ in range(2):
        hand_risk(present, to=ben, by=ada)
        hand_stakeholder(one, to=ben, by=ada)
        before = last_entry()

    assert told_since(before) == []
    present.refresh_from_db()
    one.refresh_from_db()
    assert (present.owner, one.contact) == (ben, ben)
