"""Several workers take the steps of one request at once; with the control in which nothing keeps them apart."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from folkmoot.connections.actions import helping_steps
from folkmoot.connections.actions.helping import Question, ask_for_help
from folkmoot.connections.actions.helping_steps import take_due_steps
from folkmoot.connections.models.helping import HelpEscalation, HelpRequest, Urgency
from folkmoot.groups.models import Power
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.calendar.test_races import RUNNERS, race
from tests.factories.connections.helping import desk
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def counts() -> tuple[int, int, int]:
    return (
        HelpEscalation.objects.count(),
        Entry.objects.filter(kind="connections.help_escalated").count(),
        Telling.objects.filter(kind="connections.help_waits").count(),
    )


def test_step_is_taken_once_by_several_workers_by_the_lock_and_by_the_row(monkeypatch):
    organisation()
    here = group()
    ada = join(PersonFactory(name="Ada"), here, Power.MANAGE)
    ask = lambda title: ask_for_help(  # noqa: E731
        desk(here, ada), Question(title, urgency=Urgency.CRITICAL), by=PersonFactory()
    )
    ask("One")
    later = timezone.now() + dt.timedelta(hours=2, minutes=30)

    assert race(lambda _number: take_due_steps(now=later)) == []
    assert counts() == (1, 1, 1)

    # Without the lock all see that nothing was done: the row alone keeps them apart.
    second = ask("Two")
    all_have_read = threading.Barrier(RUNNERS)
    note = helping_steps._note

    def read_together(*given):
        all_have_read.wait(timeout=20)
        return note(*given)

    def unheld(request: HelpRequest) -> HelpRequest:
        return HelpRequest.objects.select_related("desk__group", "asker", "owner").get(pk=request.pk)

    unguarded = helping_steps.take_steps_of.__wrapped__
    monkeypatch.setattr(helping_steps, "hold_request", unheld)
    monkeypatch.setattr(helping_steps, "_note", read_together)
    monkeypatch.setattr(helping_steps, "record", lambda *_given, **_how: None)
    assert race(lambda _number: unguarded(second, now=later)) == []
    assert counts() == (2, 1, 2)

    # The control: without lock and constraint everybody tells of it.
    third = ask("Three")
    constraint = next(one for one in HelpEscalation._meta.constraints if one.name == "help_step_is_taken_once")
    every = HelpEscalation._meta.constraints
    monkeypatch.setattr(HelpEscalation._meta, "constraints", [one for one in every if one is not constraint])
    with connection.schema_editor() as editor:
        editor.remove_constraint(HelpEscalation, constraint)
    try:
        assert race(lambda _number: unguarded(third, now=later)) == []
        assert counts() == (2 + RUNNERS, 1, 2 + RUNNERS)
    finally:
        HelpEscalation.objects.all().delete()
        HelpEscalation._meta.constraints = every
        with connection.schema_editor() as editor:
            editor.add_constraint(HelpEscalation, constraint)
