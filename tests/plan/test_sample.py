"""The sample's plan can be made on any day, also when a year or a quarter has just begun."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone

from folkmoot.groups.sample import found_groups
from folkmoot.ledger.actors import system
from folkmoot.people.models import Absence
from folkmoot.people.sample import add_people
from folkmoot.plan.models import Checklist, Goal, Initiative, Task
from folkmoot.plan.sample import plan_a_year, report_on_it
from folkmoot.plan.sample_tasks import keep_busy
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


@pytest.mark.django_db
def test_sample_shows_tasks_in_all_states_people_arriving_and_a_new_manager():
    organisation()
    people = add_people(by=system())
    groups = found_groups(people, today=timezone.now().date(), by=system())

    keep_busy(groups, people, by=system())

    assert 20 <= Task.objects.count() <= 40
    assert set(Task.objects.values_list("state", flat=True)) == {"open", "done", "dropped"}
    assert {task.group_id for task in Task.objects.all()} == {group.pk for group in groups}
    kinds = Counter(Checklist.objects.values_list("template_key", flat=True))
    assert kinds == {"welcome": 2, "welcome-observer": 1, "new-manager": 1}
    away = Absence.objects.get()
    assert away.shown
    assert away.person.tasks.filter(state="open", due_on__lt=timezone.now().date()).exists()
