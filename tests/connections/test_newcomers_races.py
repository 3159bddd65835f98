"""Several say hello at once, and several schedules ask how it goes; the lock with its control."""

from __future__ import annotations

import threading

import pytest
from django.utils import timezone

from folkmoot.connections.actions import newcomers
from folkmoot.connections.actions.newcomers import say_hello
from folkmoot.connections.actions.newcomers_check_ins import ask
from folkmoot.connections.models.newcomers import Newcomer, NewcomerCheckIn
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.calendar.test_races import RUNNERS, race
from tests.factories.connections.newcomers import came
from tests.factories.groups import group
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_hellos_one_counts_and_of_many_schedules_one_asks(monkeypatch):
    organisation()
    lantern = group()
    leading = [PersonFactory(is_steward=True) for _number in range(RUNNERS)]
    pim = came(PersonFactory(name="Pim"), lantern)

    failed = race(lambda number: say_hello(Newcomer.objects.get(pk=pim.pk), by=leading[number]))
    assert (
        [error.code for error in failed if isinstance(error, Refused)]
        == ["taken"] * (RUNNERS - 1)
        == [error.code for error in failed]
    )
    assert Entry.objects.filter(kind="connections.hello_said").count() == 1

    now = timezone.now()
    assert race(lambda _number: ask(pim, 7, now=now)) == []
    assert NewcomerCheckIn.objects.filter(newcomer=pim, day=7).count() == 1
    assert Telling.objects.filter(kind="connections.newcomers_how_does_it_go").count() == 1

    # The control: without the lock all look before one writes, and each believes to be the first.
    kim, said = came(PersonFactory(name="Kim"), lantern), []
    all_have_looked = threading.Barrier(RUNNERS)
    with monkeypatch.context() as patch:
        patch.setattr(newcomers, "hold_newcomer", lambda newcomer: all_have_looked.wait(timeout=20))
        patch.setattr(newcomers, "record", lambda *fact, **where: said.append(fact))
        patch.setattr(newcomers, "welcome_of", lambda person, of: None)
        unguarded = race(
            lambda number: say_hello.__wrapped__(
                Newcomer.objects.select_related("group", "person").get(pk=kim.pk), by=leading[number]
            )
        )
    assert unguarded == []
    assert len(said) == RUNNERS
