"""The circles and sessions of the sample community."""

from __future__ import annotations

import pytest

from folkmoot.connections.models.spaces import Circle, SessionState, ThemeSession
from folkmoot.connections.sample.spaces import live_in
from folkmoot.ledger.actors import system
from tests.factories.groups import join
from tests.factories.meetings import charter_adopted
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", ["2026-11-23T12:00Z", "2026-11-25T23:30Z", "2027-02-28T00:10Z"])
def test_sample_has_three_circles_one_of_them_ended_dots_to_put_and_a_summary_for_strangers(freeze, client, today):
    freeze(today)
    organisation(is_sample=True)
    group = charter_adopted()
    people = [join(PersonFactory(name=f"Wanda {name}"), group) for name in ("Ash", "Birk", "Cole", "Drew", "Elm")]

    live_in([group], by=system())

    assert [(one.is_closed, one.members.count() > 2) for one in Circle.objects.order_by("pk")] == [
        (False, True),
        (False, True),
        (True, True),
    ]
    voting, published = ThemeSession.objects.order_by("pk")
    assert (voting.state, published.state) == (SessionState.VOTING, SessionState.PUBLISHED)
    assert "1. Asking" in published.summary
    page = client.get(f"/connections/sessions/{published.pk}/summary/")
    assert page.status_code == 200
    assert not [person for person in people if person.name in page.content.decode()]
    live_in([], by=system())
