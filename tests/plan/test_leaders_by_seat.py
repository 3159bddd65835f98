"""Who leads a group by a seat counts in the plan like who leads it by a role."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.groups.actions.seats import add_seat, begin_term, end_term
from folkmoot.groups.models import Begun, Ended, Power
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from folkmoot.plan import checks
from folkmoot.plan.measures import MEASURES
from folkmoot.plan.queries import buddy_candidates
from tests.factories.groups import join
from tests.factories.people import PersonFactory
from tests.factories.plan import checklist, template

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(lantern) -> Person:
    """Leads by the chair's seat from the day before on, and takes no part otherwise."""
    leading = lantern.roles.get(power=Power.MANAGE)
    seat = add_seat(lantern, title="Chair", term_months=12, role=leading, by=system())
    begun = begin_term(
        seat, PersonFactory(name="Chair"), how=Begun.ELECTED, begins_on=dt.date(2026, 11, 25), by=system()
    )
    return begun.person


def test_a_group_led_by_a_seat_has_a_manager(lantern, ben, chair):
    template(lantern, {"title": "Find somebody who leads", "offset": 0, "who": "owner"})
    line = checklist(lantern, ben, anchor=dt.date(2026, 11, 26)).lines.get()

    assert checks.CHECKS["groups.has_manager"].is_done(line) is True
    end_term(chair.terms.get(), because=Ended.RESIGNED, by=system())
    assert checks.CHECKS["groups.has_manager"].is_done(line) is False


def test_leaders_are_counted_once_on_each_day_whatever_they_lead_by(lantern, ada, chair):
    managers = MEASURES["groups.managers"]
    join(chair, lantern, Power.MANAGE)

    assert managers.value(lantern, dt.date(2026, 11, 26)) == 2
    assert managers.value(lantern, dt.date(2026, 11, 25)) == 1
    assert managers.value(lantern, dt.date(2026, 11, 24)) == 0


def test_who_leads_by_a_seat_stands_in_as_a_buddy(lantern, ben, chair):
    willing, standing_in = buddy_candidates(lantern, ben)

    assert willing == []
    assert [candidate.key for candidate in standing_in] == [chair.pk]
