"""The help desk of the sample community."""

from __future__ import annotations

import pytest
from django.utils import timezone

from folkmoot.connections.models.helping import HelpDesk, HelpRequest
from folkmoot.connections.queries.helping import queue
from folkmoot.connections.queries.helping_numbers import numbers_of
from folkmoot.connections.sample.helping import live_in
from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_sample_has_a_desk_with_a_year_of_questions_and_some_that_wait(freeze):
    freeze("2026-11-25T12:00Z")
    organisation(is_sample=True)
    first = group()
    ada = join(PersonFactory(name="Ada"), first, Power.MANAGE)
    for _number in range(6):
        join(PersonFactory(), first)

    live_in([], by=system())
    live_in([first], by=system())

    desk = HelpDesk.objects.get()
    waiting = queue(desk, ada, "waiting", now=timezone.now())
    assert [round(row.wait.share, 2) for row in waiting] == [0.88, 0.0]
    assert HelpRequest.objects.filter(closed_at__isnull=True).count() == 4
    whole = numbers_of(desk, now=timezone.now()).rows[0]
    assert (whole.asked, whole.answered, whole.within) == (68, 66, 86)
