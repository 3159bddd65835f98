from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from folkmoot.ledger import triggers
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry, Seal
from folkmoot.ledger.sealing import broken_seals, seal
from tests.ledger.test_reactions import EchoHeard

pytestmark = pytest.mark.django_db
AT_ONCE = timedelta(seconds=-5)


def test_seals_cover_every_entry_once_and_hold():
    for _ in range(3):
        record(EchoHeard(), by=system())
    first = seal(settled_after=AT_ONCE)
    record(EchoHeard(), by=system())
    second = seal(settled_after=AT_ONCE)

    assert (first.count, second.count) == (3, 1)
    assert second.first_entry == first.last_entry + 1
    assert broken_seals() == []


def test_seal_waits_for_entries_to_settle():
    record(EchoHeard(), by=system())

    assert seal() is None
    assert not Seal.objects.exists()


def test_tampered_entry_breaks_its_seal_and_those_after_it():
    record(EchoHeard(), by=system())
    first = seal(settled_after=AT_ONCE)
    record(EchoHeard(), by=system())
    seal(settled_after=AT_ONCE)
    triggers.drop(connection)

    Entry.objects.filter(pk=first.first_entry).update(payload={"forged": True})

    triggers.create(connection)
    assert broken_seals() == [first]


def test_missing_entry_breaks_its_seal():
    record(EchoHeard(), by=system())
    record(EchoHeard(), by=system())
    one = seal(settled_after=AT_ONCE)
    triggers.drop(connection)

    Entry.objects.filter(pk=one.last_entry).delete()

    triggers.create(connection)
    assert broken_seals() == [one]
