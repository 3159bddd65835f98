"""The sample community has decided things, also where the past year reaches over New Year."""

from __future__ import annotations

from collections import Counter

import pytest

from folkmoot.decisions.models import Decision
from folkmoot.decisions.report_part import decided
from folkmoot.decisions.sample import decide
from folkmoot.groups.sample import found_groups
from folkmoot.ledger.actors import system
from folkmoot.organisation.queries import today_here
from folkmoot.people.sample import add_people
from folkmoot.plan.domain.periods import month_of
from tests.factories.organisation import organisation


@pytest.mark.django_db
def test_sample_has_decided_some_things_and_is_about_to_decide_another(freeze):
    freeze("2026-02-28T12:00Z")
    organisation()
    people = add_people(by=system())
    groups = found_groups(people, today=today_here(), by=system())

    decide(groups, people)

    assert Counter(Decision.objects.values_list("status", flat=True)) == {"adopted": 4, "declined": 1, "open": 1}
    running = Decision.objects.get(status="open")
    assert [(one.stands, bool(one.answer)) for one in running.objections.all()] == [(True, True)]
    assert Decision.objects.exclude(supersedes=None).count() == 1
    assert all(one.clause or one.objective for one in Decision.objects.exclude(status="declined"))
    by_silence = Decision.objects.filter(status="adopted", way="silence").latest("decided_on")
    assert by_silence.label in decided(groups[0], month_of(by_silence.decided_on))
