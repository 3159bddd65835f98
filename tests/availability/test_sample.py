"""The polls of the sample community."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from folkmoot.availability.models import Poll
from folkmoot.availability.queries import polls_waiting_for
from folkmoot.availability.sample import ask_for_times
from folkmoot.groups.models import Power
from folkmoot.ledger.actors import system
from tests.factories.groups import join
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_sample_has_a_poll_that_waits_and_one_that_became_a_series(freeze, client):
    freeze("2026-11-23T12:00Z")
    organisation(is_sample=True)
    first, last = meeting_group(), meeting_group(name="Steering")
    ada = join(PersonFactory(name="Ada", zone="Africa/Lagos"), first, Power.MANAGE)
    zones = ("Asia/Tokyo", "Europe/Berlin", "Asia/Kolkata", "America/New_York")
    people = [join(PersonFactory(name=f"Person {n}", zone=zone), first) for n, zone in enumerate(zones)]
    for person in people:
        join(person, last)

    ask_for_times([first, last], by=system())

    waiting, found = Poll.objects.order_by("pk")
    assert (waiting.asked_by, waiting.answers.count(), waiting.is_open(timezone.now())) == (ada, 3 + 2, True)
    assert list(polls_waiting_for(people[3], now=timezone.now())) == [waiting]
    assert found.became_series is not None
    assert last.meetings.filter(slot__series__position=found.became_series).exists()
    client.force_login(people[0])
    assert client.get(waiting.get_absolute_url()).status_code == 200
    assert waiting.closes_at - timezone.now() == dt.timedelta(days=9)
    assert f'href="{waiting.get_absolute_url()}"' not in client.get("/me/").content.decode()
    client.force_login(people[3])
    assert f'href="{waiting.get_absolute_url()}"' in client.get("/me/").content.decode()
    assert "/groups/lantern-working-group/polls/" in client.get(f"/groups/{first.slug}/meetings/").content.decode()
