"""What plan keeps about people, and what they hold."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import models

from folkmoot.groups.holdings import HOLDERS
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.people.person_data import PERSON_DATA
from folkmoot.plan.actions.activities import bring_year_in_order, change_activity
from folkmoot.plan.actions.goals import check_in
from folkmoot.plan.actions.registers import keep_risk, keep_stakeholder
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.models import ActivityState, CheckIn, Confidence, Initiative, InitiativeHelper
from tests.factories.plan import goal, initiative, key_result

OURS = {entry.name: entry.item for entry in PERSON_DATA.entries() if entry.name.startswith("plan.")}
HELD = {entry.name: entry.item for entry in HOLDERS.entries() if entry.name.startswith("plan.")}


def test_every_field_that_points_at_a_person_is_answered_for():
    from django.apps import apps

    pointing = {
        (model, field.name)
        for model in apps.get_app_config("plan").get_models()
        if model.__module__.rpartition(".")[2] in ("initiatives", "goals", "activities", "registers", "reports")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label == settings.AUTH_USER_MODEL
    }

    answered = [pair for data in OURS.values() for pair in data.answers_for]
    assert {pair for pair in answered if pair in pointing} == pointing
    assert len([pair for pair in answered if pair in pointing]) == len(pointing)


@pytest.mark.django_db
def test_data_is_exported_merged_parted_and_erased(lantern, ada, ben, cleo):
    running, wanted = initiative(lantern, lead=ben), goal(lantern, owner=ben)
    InitiativeHelper.objects.create(initiative=running, person=ben)
    check_in(wanted, confidence=Confidence.ON_TRACK, words="Well.", by=ben)

    assert OURS["plan.initiatives_led"].export(ben) == [
        {"group": "Lantern Working Group", "title": "Coffee across zones"}
    ]
    assert OURS["plan.check_ins"].export(ben) == [
        {"goal": "People meet", "on": "2026-11-26", "confidence": "on_track", "words": "Well."}
    ]
    moved = {name: data.merge(cleo, ben) for name, data in OURS.items()}
    assert Initiative.objects.get().lead == cleo
    for name, data in OURS.items():
        data.part(cleo, ben, moved[name])
    assert (Initiative.objects.get().lead, CheckIn.objects.get().by) == (ben, ben)
    for data in OURS.values():
        data.erase(ben)
    assert (Initiative.objects.get().lead, InitiativeHelper.objects.count()) == (ben, 0)


@pytest.mark.django_db
def test_what_people_hold_is_listed_and_handed_over(lantern, ada, ben):
    bring_year_in_order(lantern, year=2026, by=system())
    initiative(lantern, lead=ben)
    initiative(lantern, "Over", stage=Stage.ARCHIVED, lead=ben)
    key_result(goal(lantern, owner=ben), owner=ben)
    change_activity(
        lantern.year_activities.first(), state=ActivityState.UNDER_WAY, owner=ben, quarter=0, starts_on=None,
        ends_on=None, words="", initiative=None, by=system(),
    )  # fmt: skip
    keep_risk(lantern, title="Nobody comes", likelihood=1, impact=1, owner=ben, by=system())
    keep_stakeholder(lantern, name="Library", contact=ben, by=system())

    held = {name: [one.words for one in holder.held(ben, lantern)] for name, holder in HELD.items()}

    assert held == {
        "plan.initiatives": ["leading the initiative “Coffee across zones”"],
        "plan.goals": ["the goal “People meet”"],
        "plan.key_results": ["the key result “Pairs who met”"],
        "plan.activities": ["“Open house” in 2026"],
        "plan.risks": ["the risk “Nobody comes”"],
        "plan.stakeholders": ["keeping in touch with Library"],
        "plan.tasks": [],
        "plan.lines": [],
    }
    for holder in (holder for name, holder in HELD.items() if held[name]):
        for one in holder.held(ben, lantern):
            assert one.path.startswith(("/plan/", "/groups/"))
            holder.hand_over(one.key, to=ada, by=ada)
        assert holder.held(ben, lantern) == []
        assert len(holder.held(ada, lantern)) == 1
        with pytest.raises(Refused):
            holder.hand_over("999", to=ada, by=ada)
