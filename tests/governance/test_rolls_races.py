"""A holder says yes to several votes at once. The race has its control, which must give them too many."""

from __future__ import annotations

import threading

import pytest

from folkmoot.governance.actions import rolls_proxies as acting
from folkmoot.governance.actions.rolls import allow_proxies
from folkmoot.governance.models.rolls_exceptions import Proxy, ProxyState
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from tests.calendar.test_races import RUNNERS, race
from tests.factories.governance.elections import made_election
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def offered() -> tuple[Person, list[Proxy]]:
    """Four give their vote to one, who may hold one."""
    organisation()
    here = group()
    holder = join(PersonFactory(), here)
    election = made_election(here, candidates=0).election
    allow_proxies(election, 1, by=system())
    givers = [join(PersonFactory(), here) for _ in range(RUNNERS)]
    return holder, [acting.give_vote(election, holder, by=giver) for giver in givers]


def accepted(holder: Person) -> int:
    return Proxy.objects.filter(holder=holder, state=ProxyState.ACCEPTED).count()


def test_nobody_holds_more_votes_than_they_may_by_saying_yes_at_once(offered):
    holder, proxies = offered

    failed = race(lambda number: acting.answer_proxy(proxies[number], True, by=holder))

    assert [error.code for error in failed if isinstance(error, Refused)] == ["too_many"] * (RUNNERS - 1)
    assert accepted(holder) == 1


def test_control_without_the_lock_one_holds_them_all(offered, monkeypatch):
    holder, proxies = offered
    all_have_counted, count = threading.Barrier(RUNNERS), acting.proxies_for

    def count_together(*given):
        found = count(*given)
        all_have_counted.wait(timeout=20)
        return found

    whole = Proxy.objects.select_related("election__group", "giver", "holder")
    monkeypatch.setattr(acting, "_held_proxy", lambda proxy: whole.get(pk=proxy.pk))
    monkeypatch.setattr(acting, "proxies_for", count_together)
    monkeypatch.setattr(acting, "record", lambda *_given, **_how: None)
    monkeypatch.setattr(acting, "tell", lambda *_given, **_how: [])

    assert race(lambda number: acting.answer_proxy.__wrapped__(proxies[number], True, by=holder)) == []

    assert accepted(holder) == RUNNERS
