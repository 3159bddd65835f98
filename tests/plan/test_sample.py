"""The sample's plan can be made on any day, also when a year or a quarter has just begun."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.sample import found_groups
from folkmoot.ledger.actors import system
from folkmoot.people.sample import add_people
from folkmoot.plan.models import Goal, Initiative
from folkmoot.plan.sample import plan_a_year, report_on_it
from tests.factories.organisation import organisation


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2026-01-01", "2026-02-28", "2026-11-26"])
def test_sample_has_a_lived_in_plan(freeze, day):
    freeze(f"{day}T12:00Z")
    organisation()
    today, people = dt.date.fromisoformat(day), add_people(by=system())
    groups = found_groups(people, today=today, by=system())

    plan_a_year(groups, people, today=today, by=system())
    report_on_it(groups, today=today, by=system())

    group = groups[0]
    assert sorted(Initiative.objects.values_list("stage", flat=True)) == [
        "archived", "graduated", "incubating", "incubating", "proposed", "sandbox",
    ]  # fmt: skip
    assert (Goal.objects.count(), Goal.objects.exclude(closed_at=None).count()) == (4, 1)
    assert (group.risks.count(), group.stakeholders.count(), group.year_activities.count()) == (4, 5, 5)
    assert [one.published_at is not None for one in group.reports.all()] == [False, True, True, True]
