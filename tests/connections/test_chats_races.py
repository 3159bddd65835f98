"""Several draw the same round at once; with the control, which must see what the lock saves."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.utils import timezone

from folkmoot.connections.actions import chats_drawing
from folkmoot.connections.actions.chats_drawing import draw_when_due
from folkmoot.connections.models.chats import ChatProgramme, ChatRound, ChatSeat
from folkmoot.notices.models import Telling
from folkmoot.organisation.queries import today_here
from tests.calendar.test_races import RUNNERS, race
from tests.factories.connections.chats import cast, chats
from tests.factories.organisation import organisation

pytestmark = pytest.mark.django_db(transaction=True)


def due() -> ChatProgramme:
    """A programme of four people whose round is to be drawn now, and of which they were told."""
    organisation(zone="Pacific/Apia")
    programme = chats(None, cast(4, zone="Pacific/Apia"))
    programme.next_draw = programme.warned_of = today_here()
    programme.save()
    return programme


def test_round_that_several_draw_at_once_is_drawn_once_and_told_once():
    programme, now = due(), timezone.now() + dt.timedelta(days=1)

    failed = race(lambda _number: draw_when_due(programme, now=now))

    assert (failed, ChatRound.objects.count(), ChatSeat.objects.count()) == ([], 1, 4)
    assert Telling.objects.filter(kind="connections.chat_introduced").count() == 4


def test_control_without_the_lock_several_draw_and_only_the_database_stops_them(monkeypatch):
    programme, now = due(), timezone.now() + dt.timedelta(days=1)
    all_have_read = threading.Barrier(RUNNERS)

    def read_together(programme):
        held = ChatProgramme.objects.select_related("group").get(pk=programme.pk)
        all_have_read.wait(timeout=20)
        return held

    monkeypatch.setattr(chats_drawing, "hold_programme", read_together)
    draw = draw_when_due.__wrapped__

    failed = race(lambda _number: draw(programme, now=now))

    assert [type(each).__name__ for each in failed].count("IntegrityError") == RUNNERS - 1
