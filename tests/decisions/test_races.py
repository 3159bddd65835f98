"""A late objection and the end of silence at the same moment, and two workers that finish one; with the control."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections
from django.utils import timezone

from folkmoot.decisions.actions import finish_silence, object_to, objecting
from folkmoot.decisions.actions import silence as silence_actions
from folkmoot.decisions.models import Decision
from folkmoot.kit.errors import Refused
from folkmoot.ledger.models import Entry
from folkmoot.people.models import Person
from tests.factories.decisions import proposed
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory


def at_once(*acts) -> list[object]:
    """What became of acts that started at the same moment, in their order: what they gave, or the refusal's code."""
    start = threading.Barrier(len(acts))
    found: list[object] = [None] * len(acts)

    def run(number: int) -> None:
        start.wait()
        try:
            found[number] = acts[number]()
        except Refused as refused:
            found[number] = refused.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def nearly_over() -> tuple[Decision, Person]:
    """A decision whose silence is over just now, and somebody who may object."""
    organisation()
    lantern = group()
    ben = join(PersonFactory(), lantern)
    made = proposed(lantern)
    made.silences.update(began_at=timezone.now() - dt.timedelta(days=6), ends_at=timezone.now())
    return made, ben


def objection_sent(made: Decision, ben: Person):
    """An objection that is sent in the last moment."""
    return lambda: object_to(made, reason="Late.", by=ben).pk and "objected"


@pytest.mark.django_db(transaction=True)
def test_late_objection_and_the_end_never_both_hold_and_it_is_adopted_once():
    made, ben = nearly_over()
    silence = made.silences.get()

    found = at_once(lambda: finish_silence(silence), objection_sent(made, ben), lambda: finish_silence(silence))

    made.refresh_from_db()
    assert sorted((str(found[0]), str(found[2]))) == ["False", "True"]
    assert (found[1] in ("over", "settled"), made.objections.count(), made.status) == (True, 0, "adopted")
    assert Entry.objects.filter(kind="decisions.adopted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_an_adopted_decision_has_a_standing_objection(monkeypatch):
    made, ben = nearly_over()
    silence = made.silences.get()
    together = threading.Barrier(2)
    adopt = silence_actions.adopt

    def adopt_together(*args, **kwargs):
        together.wait(timeout=20)
        return adopt(*args, **kwargs)

    def still_running(held):
        together.wait(timeout=20)
        return silence

    monkeypatch.setattr(silence_actions, "adopt", adopt_together)
    monkeypatch.setattr(objecting, "_running", still_running)
    monkeypatch.setattr(objecting, "hold_decision", lambda decision: decision)
    for module in (objecting, silence_actions):
        monkeypatch.setattr(module, "record", lambda *args, **kwargs: None)
        monkeypatch.setattr(module, "tell", lambda *args, **kwargs: None)
    monkeypatch.setattr("folkmoot.decisions.actions.keeping.record", lambda *args, **kwargs: None)
    monkeypatch.setattr("tests.decisions.test_races.object_to", object_to.__wrapped__)
    monkeypatch.setattr("tests.decisions.test_races.finish_silence", finish_silence.__wrapped__)
    monkeypatch.setattr(silence_actions, "_held_group", lambda pk: made.group)

    at_once(lambda: finish_silence(silence), objection_sent(made, ben))

    made.refresh_from_db()
    assert (made.status, made.objections.filter(withdrawn_at=None).count()) == ("adopted", 1)
