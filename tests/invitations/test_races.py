"""Several workers that invite to the same call at once mail each person once. The race has its control."""

from __future__ import annotations

import datetime as dt
import threading
from contextlib import contextmanager

import pytest
from django.db import connection, connections

from folkmoot.groups.models import Power
from folkmoot.invitations.actions import bring_invitations_in_order, mailing, stop_invitations
from folkmoot.invitations.models import CallInvitation, InvitationWish
from folkmoot.ledger.actors import system
from folkmoot.meetings.actions import move_meeting
from tests.calendar.test_races import RUNNERS, race
from tests.factories.groups import join
from tests.factories.meetings import meeting_group, next_meeting
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory
from tests.invitations.conftest import NOW
from tests.invitations.letters import letters
from tests.notices.racing import together

pytestmark = pytest.mark.django_db(transaction=True)

ONCE = next(one for one in CallInvitation._meta.constraints if one.name == "one_invitation_per_person_and_meeting")


@pytest.fixture
def call(freeze):
    organisation()
    freeze(NOW)
    return next_meeting(meeting_group())


@pytest.fixture
def ben(call):
    ben = join(PersonFactory(name="Ben Brook"), call.group, Power.TAKE_PART)
    InvitationWish.objects.create(person=ben, group=call.group, since=dt.datetime.now(dt.UTC))
    return ben


@contextmanager
def without_the_constraint():
    every = CallInvitation._meta.constraints
    # SQLite makes the table anew from what the model says.
    CallInvitation._meta.constraints = [one for one in every if one is not ONCE]
    with connection.schema_editor() as editor:
        editor.remove_constraint(CallInvitation, ONCE)
    try:
        yield
    finally:
        CallInvitation.objects.all().delete()
        CallInvitation._meta.constraints = every
        with connection.schema_editor() as editor:
            editor.add_constraint(CallInvitation, ONCE)


def test_several_at_once_mail_each_person_once(call, ben):
    assert race(lambda _number: bring_invitations_in_order(call)) == []

    assert (len(letters(ben.email)), CallInvitation.objects.get().sequence) == (1, 0)


def test_control_without_lock_and_constraint_everybody_is_mailed_several_times(call, ben, monkeypatch):
    """The race above proves something only if this one sees it."""
    monkeypatch.setattr(mailing, "hold_call", lambda meeting: meeting)
    monkeypatch.setattr(mailing, "mail_invitation", together(mailing.mail_invitation))
    unguarded = bring_invitations_in_order.__wrapped__
    with without_the_constraint():
        assert race(lambda _number: unguarded(call)) == []

        assert (len(letters(ben.email)), CallInvitation.objects.count()) == (RUNNERS, RUNNERS)


def test_who_stops_while_news_is_being_mailed_has_stopped(call, ben, monkeypatch):
    bring_invitations_in_order(call)
    move_meeting(call, to=call.starts + dt.timedelta(hours=1), why="A holiday", by=system())
    event_of_call, stopping = mailing.event_of_call, threading.Thread(target=stop_at_once, args=(call, ben))

    def while_somebody_stops(meeting):
        stopping.start()
        stopping.join(timeout=0.3)
        return event_of_call(meeting)

    monkeypatch.setattr(mailing, "event_of_call", while_somebody_stops)
    bring_invitations_in_order(call)
    stopping.join()

    assert CallInvitation.objects.get().ended_at == NOW


def stop_at_once(call, person):
    try:
        stop_invitations(call.group, by=person)
    finally:
        connections.close_all()
