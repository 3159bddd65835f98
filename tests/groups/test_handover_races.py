"""Handovers that several people answer and sign at the same moment, each with its control."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from folkmoot.groups.actions import handover as handover_actions
from folkmoot.groups.actions import handover_signing as signing
from folkmoot.groups.actions.handover import answer_lines
from folkmoot.groups.actions.handover_signing import sign_handover
from folkmoot.groups.models import Handover, HandoverLine, Power
from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import system
from folkmoot.people.models import Person
from tests.factories.groups import group, join
from tests.factories.handovers import Things, accept_all, offered
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory


def at_once(*acts) -> list[str]:
    """What became of several acts started at the same moment: done, or the code of the refusal."""
    start = threading.Barrier(len(acts))
    found = [""] * len(acts)

    def run(number: int) -> None:
        start.wait()
        try:
            acts[number]()
            found[number] = "done"
        except Refused as refused:
            found[number] = refused.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def declined_lamp(things: Things) -> tuple[HandoverLine, list[Person]]:
    """A line that its taker has declined, and two who would take it."""
    organisation()
    lantern = group()
    ada, ben = join(PersonFactory(), lantern, Power.MANAGE), join(PersonFactory(), lantern)
    others = [join(PersonFactory(), lantern) for _ in range(2)]
    things.owner = {"lamp": ada}
    handover = offered(lantern, ada, ben)
    lamp = handover.lines.get(key="lamp")
    answer_lines(handover, {lamp.pk: (False, "")}, by=ben)
    return lamp, others


def takes(lamp: HandoverLine, person: Person):
    return lambda: answer_lines(lamp.handover, {lamp.pk: (True, "")}, by=person)


@pytest.mark.django_db(transaction=True)
def test_a_line_that_two_accept_at_once_goes_to_one(things):
    lamp, others = declined_lamp(things)

    assert at_once(*(takes(lamp, person) for person in others)) == ["done", "taken"]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_both_think_that_they_have_it(things, monkeypatch):
    lamp, others = declined_lamp(things)
    together = threading.Barrier(2)
    may_take = handover_actions.may_take_lines

    def look_together(*args):
        together.wait(timeout=20)
        return may_take(*args)

    monkeypatch.setattr(handover_actions, "may_take_lines", look_together)
    monkeypatch.setattr(handover_actions, "hold_handover", lambda handover: None)
    monkeypatch.setattr(handover_actions, "record", lambda *args, **kwargs: None)
    monkeypatch.setattr(handover_actions, "tell", lambda *args, **kwargs: None)
    monkeypatch.setattr("tests.groups.test_handover_races.answer_lines", answer_lines.__wrapped__)

    assert at_once(*(takes(lamp, person) for person in others)) == ["done", "done"]


def ready_to_sign(things: Things) -> tuple[Handover, Person, Person]:
    """A handover of which everything is accepted, with its leaver and its taker."""
    organisation()
    lantern = group()
    ada, ben = join(PersonFactory(), lantern, Power.MANAGE), join(PersonFactory(), lantern)
    things.owner = {"lamp": ada}
    handover = offered(lantern, ada, ben)
    accept_all(handover, ben)
    return handover, ada, ben


@pytest.mark.django_db(transaction=True)
def test_signed_by_both_at_once_and_twice_everything_passes_once(things):
    handover, ada, ben = ready_to_sign(things)

    found = at_once(*(lambda person=person: sign_handover(handover, by=person) for person in (ada, ben, ada, ben)))

    handover.refresh_from_db()
    assert found == ["done"] * 4
    assert (handover.state, handover.signatures.count()) == ("signed", 2)
    assert things.given == [("lamp", ben.pk)]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_things_pass_twice(things, monkeypatch):
    handover, ada, ben = ready_to_sign(things)
    together = threading.Barrier(2)

    def complete_together(found, wanted) -> None:
        together.wait(timeout=20)
        things.hand_over("lamp", to=ben, by=system())

    monkeypatch.setattr(signing, "hold_handover", lambda handover: None)
    monkeypatch.setattr(handover_actions, "hold_handover", lambda handover: None)
    monkeypatch.setattr(signing, "record", lambda *args, **kwargs: None)
    monkeypatch.setattr(signing, "_complete", complete_together)
    monkeypatch.setattr("tests.groups.test_handover_races.sign_handover", sign_handover.__wrapped__)
    handover.signatures.create(person=ben, signed_at=handover.offered_at)

    at_once(*(lambda person=person: sign_handover(handover, by=person) for person in (ada, ada)))

    assert len(things.given) == 2
