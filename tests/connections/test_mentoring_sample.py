"""The sample community has mentoring that is over, that runs, and that takes applications."""

from __future__ import annotations

import pytest

from folkmoot.connections.models.mentoring_programmes import MentoringProgramme
from folkmoot.connections.queries.mentoring import numbers_of, quotes_of
from folkmoot.connections.sample.mentoring import ENDED, OFFERS, RUNNING, WISHES, live_in
from folkmoot.connections.tasks.mentoring import mentoring_by_the_calendar
from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from folkmoot.notices.models import Telling
from folkmoot.organisation.queries import today_here
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_sample_lives_through_three_programmes_and_the_calendar_finds_nothing_to_mend(freeze):
    freeze("2026-11-23T12:00Z")
    organisation()
    lantern = group()
    pairs = {name for two in (*RUNNING, *ENDED) for name in (two.mentor, two.mentee)}
    for name in sorted(pairs | {row[0] for row in (*OFFERS, *WISHES)}):
        join(
            PersonFactory(name=name, email=f"{name}@example.org"),
            lantern,
            Power.MANAGE if name == "adaeze" else Power.TAKE_PART,
        )

    live_in([lantern], by=system())
    mentoring_by_the_calendar.func()

    found = MentoringProgramme.objects.order_by("opens_on")
    assert [one.phase(today_here()).value for one in found] == ["ended", "running", "open"]
    assert [one.pairs.count() for one in found] == [5, 3, 0]
    assert (numbers_of(found[0]).ended_early, len(quotes_of(found[0])), found[2].applications.count()) == (1, 3, 6)
    assert not Telling.objects.filter(kind__startswith="connections.").exists()
    live_in([], by=system())
