"""Two moderators press at once, each race with its control."""

from __future__ import annotations

import threading

import pytest

from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.live.actions import agenda, call_on, next_item, raise_hand, speaking
from folkmoot.live.call_reading import queue_of
from folkmoot.live.facts import CallWentOn
from folkmoot.live.models import RunningCall
from tests.calendar.test_races import RUNNERS, race
from tests.factories.live import call_under_way, opened
from tests.factories.meetings import meeting_group

pytestmark = pytest.mark.django_db(transaction=True)


def read_together() -> threading.Barrier:
    return threading.Barrier(RUNNERS)


def test_of_those_who_press_next_at_once_one_goes_on(monkeypatch):
    meeting = call_under_way(meeting_group())
    opened(meeting)

    failed = race(lambda number: next_item(meeting, seen=0, by=system()))

    assert [getattr(error, "code", error) for error in failed] == ["stale"] * (RUNNERS - 1)
    assert RunningCall.objects.get().step == 1
    assert Entry.objects.filter(kind="live.call_went_on").count() == 1

    # The control: without the lock all have seen the same item before one goes on, and it is told for each of them.
    all_have_read = read_together()

    def unheld(found):
        call = RunningCall.objects.select_related("meeting__group").get(pk=found.pk)
        all_have_read.wait(timeout=20)
        return call

    monkeypatch.setattr(agenda, "hold_running", unheld)
    told: list[CallWentOn] = []
    monkeypatch.setattr(agenda, "record", lambda fact, **given: told.append(fact))
    monkeypatch.setattr(agenda, "finish_item", lambda item, by: None)
    unguarded = race(lambda number: next_item.__wrapped__(meeting, seen=1, by=system()))
    assert unguarded == []
    assert [fact.step for fact in told] == [2] * RUNNERS


def test_of_those_who_call_on_somebody_at_once_one_does(monkeypatch):
    meeting = call_under_way(meeting_group())
    call = opened(meeting)
    hands = [raise_hand(meeting, by=system(), guest=f"Guest {number}") for number in range(2 + RUNNERS)]

    failed = race(lambda number: call_on(hands[0], seen=None, by=system()))

    assert [getattr(error, "code", error) for error in failed] == ["stale"] * (RUNNERS - 1)
    assert queue_of(call).speaking == hands[0]

    # The control: without the lock all find the same speaker and the same first hand, and none is told.
    all_have_read = read_together()

    def unheld(found):
        return RunningCall.objects.select_related("meeting__group").get(pk=found.pk)

    def together(found):
        queue = queue_of(found)
        if queue.speaking is not None and queue.speaking.pk == hands[0].pk:
            all_have_read.wait(timeout=20)
        return queue

    monkeypatch.setattr(speaking, "hold_running", unheld)
    monkeypatch.setattr(speaking, "queue_of", together)
    monkeypatch.setattr(speaking, "_settle", lambda call: None)
    unguarded = race(lambda number: call_on.__wrapped__(hands[1], seen=hands[0].pk, by=system()))
    assert unguarded == []
