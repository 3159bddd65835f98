"""The same minutes are brought in by several at once; with the control."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection

from folkmoot.kit.errors import Refused
from folkmoot.ledger.actors import machine
from folkmoot.ledger.models import Entry
from folkmoot.meetings.actions import bringing_in, take_in_minutes
from folkmoot.meetings.bringing_in import plan_for
from folkmoot.meetings.domain.minutes import MinutesRecord, ReadItem, ReadPerson, write_series
from folkmoot.meetings.domain.minutes.matching import Answers
from folkmoot.meetings.models import Attendance, BroughtIn
from tests.calendar.test_races import RUNNERS, race
from tests.factories.meetings import meeting_group
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_several_bring_in_at_once_is_taken_in_once(monkeypatch):
    organisation()
    group = meeting_group()

    def planned(day: int):
        record = MinutesRecord(
            date=dt.date(2024, 3, day), present=(ReadPerson("Cleo Dee"),), items=(ReadItem("Lamps"),)
        )
        (one,) = plan_for(group, write_series([record]), answers=Answers(), by=machine()).all
        return replace(one, looked_at=True)

    first = planned(5)
    assert race(lambda number: take_in_minutes(group, first, by=machine())) == []
    assert (BroughtIn.objects.count(), Attendance.objects.count()) == (1, 1)
    assert Entry.objects.filter(kind="meetings.minutes_brought_in").count() == 1

    # The control: without the lock all see that nothing is there, and the database has to refuse.
    second = planned(12)
    all_have_looked = threading.Barrier(RUNNERS)

    def looked(*_args: object) -> None:
        all_have_looked.wait(timeout=20)

    monkeypatch.setattr(bringing_in, "hold_group", lambda group: None)
    monkeypatch.setattr(bringing_in, "_there", looked)
    # SQLite lets one transaction write at a time, so there the control goes without; PostgreSQL locks within one only.
    act = take_in_minutes if connection.vendor == "postgresql" else take_in_minutes.__wrapped__
    failed = race(lambda number: act(group, second, by=machine()))
    assert failed
    assert not [error for error in failed if isinstance(error, Refused)]
    assert any(isinstance(error, IntegrityError) for error in failed)
