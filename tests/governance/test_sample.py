"""What the sample community shows of elections, on whatever day it is made."""

from __future__ import annotations

import pytest
from django.utils import timezone

from folkmoot.governance.models.ballots import Turnout
from folkmoot.governance.models.elections import Election, ElectionState
from folkmoot.governance.models.results import Elected
from folkmoot.governance.queries.rolls import roll_now
from folkmoot.governance.sample import hold_elections
from folkmoot.governance.sample.finished import TURNED
from folkmoot.groups.models import Participation, Power
from folkmoot.groups.sample import found_groups
from folkmoot.ledger.actors import system
from folkmoot.organisation.queries import today_here
from folkmoot.people.sample import add_people
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["2026-10-31T12:00Z", "2026-11-27T12:00Z", "2028-02-29T12:00Z"])
def test_sample_has_elections_whose_rolls_and_results_fit_the_community_on_any_day(freeze, settings, tmp_path, day):
    freeze(day)
    settings.DATA_FOLDER = tmp_path
    organisation()
    people = add_people(by=system())
    groups = found_groups(people, today=today_here(), by=system())

    hold_elections(groups, people, now=timezone.now(), by=system())

    over = Election.objects.get(state=ElectionState.CERTIFIED)
    elected = Elected.objects.filter(contest__election=over).select_related("term__seat", "nomination__person")
    assert [(one.term.seat.title, one.term.person) for one in elected] == [
        (title, one.nomination.person) for title, one in zip(TURNED, elected, strict=True)
    ]
    assert Turnout.objects.filter(election=over).count() < over.voters.count()

    running = Election.objects.get(state=ElectionState.OPEN)
    observing = Participation.objects.filter(group=running.group, role__power=Power.OBSERVE, ended_at=None)
    on_roll = set(running.voters.values_list("person", flat=True))
    assert on_roll.isdisjoint(observing.values_list("person", flat=True))
    assert people["tomas"].pk in on_roll
    assert not Turnout.objects.filter(election=running, voter__person=people["tomas"]).exists()
    assert len(list((tmp_path / "sample-election-keys").glob("*.key"))) == 3

    for planned in Election.objects.filter(state__in=(ElectionState.DRAFT, ElectionState.ANNOUNCED)):
        # The committee's own charter asks for a seat; its groups elect it, so that was asked anew.
        assert [one.name for one in planned.criteria.all()] == ["not_observer"]
        assert len(roll_now(planned, timezone.now()).voters) > 30
