"""What happens to newcomers while others change their minds, are slow, or go."""

from __future__ import annotations

import datetime as dt

import pytest

from folkmoot.connections.actions.newcomers import care_for_newcomers
from folkmoot.connections.actions.newcomers_buddies import confirm_buddy, offer_to_be_buddy, suggest_another
from folkmoot.connections.actions.newcomers_first_tasks import keep_first_task
from folkmoot.connections.models.newcomers import BuddyPair, BuddyPause, FirstTaskWords
from folkmoot.connections.queries.newcomers import waiting_for, waiting_in
from folkmoot.connections.reactions.newcomers import hear_of_offer
from folkmoot.groups.models import Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.models import Entry
from folkmoot.people.actions import erase_person
from folkmoot.plan.actions.welcome import offer_welcome
from folkmoot.plan.models import Checklist
from tests.factories.connections.newcomers import came, on_rota
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.factories.plan import task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(freeze):
    return freeze("2026-11-26T12:00Z")


@pytest.fixture
def lantern():
    organisation()
    return group()


def test_suggestion_that_somebody_said_yes_to_meanwhile_stays(lantern):
    """One manager says yes while another one, on an older page, wants to see somebody else."""
    on_rota(lantern, "Rosa", "Lina")
    ada = join(PersonFactory(name="Ada"), lantern, Power.MANAGE)
    care_for_newcomers(lantern, buddies="suggested", check_ins=False, by=ada)
    pair = came(PersonFactory(), lantern).pairs.get()
    confirm_buddy(BuddyPair.objects.get(), by=ada)

    with pytest.raises(Refused, match="is there for them now") as refused:
        suggest_another(pair, by=ada)

    assert (refused.value.code, BuddyPair.objects.get().state) == ("taken", "running")


def test_who_came_long_ago_waits_no_longer(clock, lantern):
    ada = join(PersonFactory(), lantern, Power.MANAGE)
    newcomer = came(PersonFactory(), lantern)
    waited = []
    for days in (99, 2):
        clock.shift(dt.timedelta(days=days))
        waited.append((list(waiting_in(lantern)), list(waiting_for(ada))))

    assert waited == [([newcomer], [newcomer]), ([], [])]


def test_offer_taken_back_on_the_welcome_page_takes_its_pause_along(lantern):
    (rosa,) = on_rota(lantern, "Rosa")
    offer_to_be_buddy(lantern, most=2, pauses=True, by=rosa)
    pausing = []

    for most in (1, 0):
        offer_welcome(lantern, most=most, by=rosa)
        hear_of_offer(Entry.objects.filter(kind="plan.buddy_offer_changed").latest("pk"))
        pausing.append(BuddyPause.objects.exists())

    assert pausing == [True, False]


def test_newcomer_of_a_buddy_who_is_erased_gets_somebody_else(lantern):
    (rosa,) = on_rota(lantern, "Rosa")
    newcomer = came(PersonFactory(name="Pim"), lantern)
    on_rota(lantern, "Lina")

    erase_person(rosa, by=machine())

    assert [(pair.buddy.name, pair.state) for pair in newcomer.pairs.all()] == [("Lina", "running")]
    assert Checklist.objects.get(person=newcomer.person).parts.get(who="buddy").person.name == "Lina"


def test_offering_a_task_keeps_what_was_said_of_it(lantern):
    newcomer, small = came(PersonFactory(), lantern), task(lantern)
    keep_first_task(small, needs="A pen", minutes=30, by=system())

    keep_first_task(small, offer_to=newcomer, by=system())
    offered = FirstTaskWords.objects.filter(needs="A pen", minutes=30).exists()
    keep_first_task(small, by=system())

    assert (offered, FirstTaskWords.objects.exists()) == (True, False)
