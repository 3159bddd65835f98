"""Two workers that send one message of an election at the same moment; with the control."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError
from django.utils import timezone

from folkmoot.governance.actions import plan_messages
from folkmoot.governance.actions.plan import DaysGiven, announce_election, begin_election
from folkmoot.governance.actions.plan_messages import send_due
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.notices.models import Telling
from tests.decisions.test_races import at_once
from tests.factories.groups import group, join
from tests.factories.organisation import organisation
from tests.factories.people import PersonFactory


def sent_by_two(monkeypatch, freeze):
    """How often each person was told, how often it was written down that the message was sent, and what both say."""
    freeze("2027-07-01T12:00Z")
    organisation()
    lantern = group()
    for _number in range(3):
        join(PersonFactory(), lantern)
    election = begin_election(lantern, title="Committee", days=DaysGiven(date(2027, 9, 11)), by=system())
    announce_election(election, by=system())
    freeze("2027-08-05T13:00Z")
    together, read = threading.Barrier(2), plan_messages.in_order
    monkeypatch.setattr(plan_messages, "AT_ONCE", 2)

    def read_together(election):
        found = read(election)
        together.wait(timeout=20)
        return found

    monkeypatch.setattr(plan_messages, "in_order", read_together)

    def send():
        try:
            return send_due(timezone.now())
        except IntegrityError:
            return "stopped"

    found = at_once(send, send)
    told = Counter(Telling.objects.filter(kind="governance.election_message").values_list("person", flat=True))
    sent = Entry.objects.filter(kind="governance.election_message_sent").count()
    return sorted(told.values()), sent, sorted(found, key=str)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_message_once(monkeypatch, freeze):
    told, sent, found = sent_by_two(monkeypatch, freeze)

    assert (told, sent, sum(found)) == ([1, 1, 1], 1, 3)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_both_send_it_until_the_database_stops_the_second(monkeypatch, freeze):
    monkeypatch.setattr(plan_messages, "hold_message", lambda message: None)

    assert sent_by_two(monkeypatch, freeze) == ([1, 1, 1], 1, [3, "stopped"])
