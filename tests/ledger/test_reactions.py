from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.ledger.facts import Fact
from folkmoot.ledger.models import Entry
from folkmoot.ledger.reactions import delivering, react, reactions_to, reacts_to


@dataclass(frozen=True)
class BellRung(Fact):
    kind = "tests.bell_rung"
    times: int


@dataclass(frozen=True)
class EchoHeard(Fact):
    kind = "tests.echo_heard"


heard: list[int] = []
broken = False


@reacts_to(BellRung)
def listen(entry: Entry) -> None:
    if broken:
        raise RuntimeError("deaf today")
    heard.append(entry.payload["times"])
    record(EchoHeard(), by=system())


@reacts_to(EchoHeard)
def listen_again(entry: Entry) -> None:
    heard.append(0)


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    heard.clear()
    monkeypatch.setattr(f"{__name__}.broken", False)


@pytest.mark.django_db
def test_reaction_is_enqueued_with_the_fact_and_runs_once(settle):
    record(BellRung(times=3), by=system())
    before = list(heard)

    settle()

    assert before == []
    assert heard == [3, 0]


@pytest.mark.django_db(transaction=True)
def test_reaction_vanishes_with_a_rolled_back_fact(settle):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(BellRung(times=3), by=system())
        raise RuntimeError

    assert settle() == 0
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_delivering_runs_reactions_and_what_follows_before_it_ends():
    with delivering(), transaction.atomic():
        record(BellRung(times=2), by=system())

    assert heard == [2, 0]
    assert not DBTaskResult.objects.ready().exists()


@pytest.mark.django_db
def test_failed_reaction_is_tried_again_later_and_stays_in_sight(settle, monkeypatch, freeze):
    clock = freeze("2026-05-01T12:00Z")
    monkeypatch.setattr(f"{__name__}.broken", True)
    record(BellRung(times=1), by=system())

    settle(failing=True)
    assert DBTaskResult.objects.failed().count() == 1
    monkeypatch.setattr(f"{__name__}.broken", False)
    assert settle(failing=True) == 0
    clock.shift(5)
    settle(failing=True)

    assert heard == [1, 0]
    assert DBTaskResult.objects.failed().count() == 1


@pytest.mark.django_db
def test_only_registered_functions_react():
    entry = record(BellRung(times=1), by=system())

    with pytest.raises(Refused, match="does not react"):
        react(entry.pk, "os.system")


def test_registering_twice_registers_once():
    reacts_to(BellRung)(listen)

    assert reactions_to("tests.bell_rung") == (f"{__name__}.listen",)
