from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import DatabaseError, connection, transaction

from folkmoot.ledger.actions import detail_digest, erase_words, record
from folkmoot.ledger.actors import machine, system
from folkmoot.ledger.context import current_request_id
from folkmoot.ledger.facts import Audience, Fact
from folkmoot.ledger.models import Entry, EntryDetail
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class LanternLit(Fact):
    kind = "tests.lantern_lit"
    audience = Audience.PUBLIC
    sentence = "{who} lit lantern {number}."
    personal = frozenset({"who", "address"})

    number: int
    who: str


def test_record_keeps_words_about_people_apart():
    ada = PersonFactory()

    entry = record(
        LanternLit(number=3, who="Ada"), by=ada, about=ada, on=ada, changes={"address": ["a", "b"], "n": [1, 2]}
    )

    assert entry.payload == {"number": 3}
    assert entry.changes == {"n": [1, 2]}
    assert entry.detail.words == {"who": "Ada"}
    assert entry.detail.changes == {"address": ["a", "b"]}
    assert entry.detail_digest == detail_digest(entry.detail.salt, entry.detail.words, entry.detail.changes)


def test_record_notes_who_acted_when_it_was_nobody():
    assert record(LanternLit(number=1, who="x"), by=system()).actor_kind == "system"
    assert record(LanternLit(number=1, who="x"), by=machine()).actor_kind == "machine"


def test_record_carries_the_request_identity():
    token = current_request_id.set("abc")

    entry = record(LanternLit(number=1, who="x"), by=system())

    current_request_id.reset(token)
    assert entry.request_id == "abc"


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        record(LanternLit(number=1, who="x"), by=system())

    assert not Entry.objects.exists()


@pytest.mark.parametrize("change", ["UPDATE ledger_entry SET kind = 'x'", "DELETE FROM ledger_entry"])
def test_entries_cannot_be_changed_even_by_sql(change):
    record(LanternLit(number=1, who=""), by=system())
    EntryDetail.objects.all().delete()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert Entry.objects.get().kind == "tests.lantern_lit"


def test_erase_words_empties_words_and_leaves_the_entry():
    ada, ben = PersonFactory(), PersonFactory()
    record(LanternLit(number=1, who="Ada"), by=ada, about=ada)
    record(LanternLit(number=2, who="Ben"), by=ada, about=ben)

    erased = erase_words(ada)

    assert erased == 1
    assert [(e.payload["number"], e.detail.words) for e in Entry.objects.order_by("pk")] == [
        (1, {}),
        (2, {"who": "Ben"}),
    ]


def test_fact_without_kind_is_a_mistake():
    with pytest.raises(TypeError):
        type("Nameless", (Fact,), {})
