from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from folkmoot.groups.sample import found_groups
from folkmoot.ledger.actors import system
from folkmoot.people.sample import add_people
from folkmoot.plan.models import Checklist, Task
from folkmoot.plan.sample import keep_busy
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db


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
