"""What the sample community shows of offices: a committee, its seats, a handover, a closed group, a proposal."""

from __future__ import annotations

import pytest

from folkmoot.groups.models import Agreement, Group, GroupProposal, Handover, Term
from folkmoot.groups.queries import ancestors, managers_of
from folkmoot.groups.sample import found_groups
from folkmoot.ledger.actors import system
from folkmoot.organisation.queries import today_here
from folkmoot.people.sample import add_people
from tests.factories.organisation import organisation


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2026-02-28T12:00Z", "2026-11-01T12:00Z", "2028-02-29T12:00Z"])
def test_the_sample_has_offices_that_change_hands_on_any_day(freeze, day):
    freeze(day)
    organisation()

    found_groups(add_people(by=system()), today=today_here(), by=system())

    steering = Group.objects.get(slug="steering-committee")
    assert steering.seats.count() == 7
    assert Term.objects.on(today_here()).count() == 6
    assert "Salma Darwazeh" in [person.name for person in managers_of(steering)]
    assert {group.state for group in Group.objects.all() if ancestors(group) == [steering]} == {"active", "closed"}
    assert Handover.objects.get().state == "offered"
    assert GroupProposal.objects.get().state == "open"
    assert Agreement.objects.get(group=None).consents.count() > 30
