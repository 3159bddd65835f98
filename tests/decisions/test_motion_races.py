"""Positions and counts at the same moment, each with its control."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from django.db import IntegrityError

from folkmoot.decisions.actions import positions as positions_actions
from folkmoot.decisions.actions.motions import read_motion
from folkmoot.decisions.actions.positions import take_position
from folkmoot.decisions.actions.settling import settle_vote
from folkmoot.decisions.domain.tally import Value
from folkmoot.decisions.models import Motion, Position
from folkmoot.decisions.motion_queries import count_now
from folkmoot.decisions.motion_terms import kept_tally
from tests.factories.motions import council, opened, vote
from tests.factories.organisation import organisation
from tests.groups.test_handover_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def everybody_approved() -> tuple[SimpleNamespace, Motion]:
    organisation()
    here = council()
    put = opened(here.group)
    vote(put, "approve", here.ada, here.ben, here.cleo, here.dan)
    return here, put


def counted_as_they_stand(put: Motion) -> bool:
    """Whether the count that was kept is that of the positions that stand."""
    put.refresh_from_db()
    kept = kept_tally(put)
    assert kept is not None
    return kept.binding == count_now(put).binding


@pytest.fixture
def before_the_end(freeze):
    freeze("2026-11-26T12:00Z")


@pytest.fixture
def untold(monkeypatch):
    """A control is without the transaction that facts and notices want."""
    monkeypatch.setattr(positions_actions, "note", lambda *args, **kwargs: None)
    monkeypatch.setattr(positions_actions, "tell", lambda *args, **kwargs: None)


def test_position_and_count_at_once_agree_and_the_vote_is_counted_once(before_the_end):
    here, put = everybody_approved()

    found = at_once(
        lambda: settle_vote(put, by=here.ada),
        lambda: take_position(put, by=here.ben, value=Value.BLOCK, text="Wait."),
        lambda: settle_vote(put, by=here.ada),
    )

    assert found in (["done", "done", "settled"], ["done", "forbidden", "settled"])
    assert counted_as_they_stand(put)


def test_control_without_the_guard_a_late_position_is_not_counted(before_the_end, untold, monkeypatch):
    here, put = everybody_approved()
    looked, counted = threading.Event(), threading.Event()

    def look_and_wait(motion: Motion) -> Motion:
        found = read_motion(motion)
        looked.set()
        assert counted.wait(timeout=20)
        return found

    def count() -> None:
        assert looked.wait(timeout=20)
        settle_vote(put, by=here.ada)
        counted.set()

    monkeypatch.setattr(positions_actions, "hold_motion", look_and_wait)
    late = take_position.__wrapped__

    assert at_once(count, lambda: late(put, by=here.ben, value=Value.BLOCK, text="Wait.")) == ["done", "done"]
    assert not counted_as_they_stand(put)


def test_two_positions_of_one_person_at_once_leave_one_that_stands(before_the_end):
    organisation()
    here = council()
    put = opened(here.group)

    found = at_once(
        *(lambda value=value: take_position(put, by=here.ben, value=value) for value in (Value.APPROVE, Value.DECLINE))
    )

    assert found == ["done", "done"]
    assert sorted(Position.objects.values_list("stands", flat=True)) == [False, True]


def test_control_without_the_guard_one_of_two_positions_is_lost(before_the_end, untold, monkeypatch):
    organisation()
    here = council()
    put = opened(here.group)
    together, take = threading.Barrier(2), positions_actions._take
    lost = []

    def take_together(*args):
        together.wait(timeout=20)
        try:
            return take(*args)
        except IntegrityError:
            lost.append(args)

    monkeypatch.setattr(positions_actions, "hold_motion", read_motion)
    monkeypatch.setattr(positions_actions, "_take", take_together)
    act = take_position.__wrapped__

    at_once(*(lambda value=value: act(put, by=here.ben, value=value) for value in (Value.APPROVE, Value.DECLINE)))

    assert (len(lost), Position.objects.count()) == (1, 1)
