"""What the suite leans on: after real transactions the database holds nothing, and its ledger is guarded again."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from folkmoot.ledger.actors import system
from folkmoot.ledger.models import Entry
from folkmoot.organisation.actions import found_organisation
from tests.emptying import empty, filled
from tests.factories.people import PersonFactory


@pytest.mark.django_db(transaction=True)
def test_emptying_leaves_no_row_and_a_guarded_ledger() -> None:
    kinds = ContentType.objects.count()
    assert filled(connection) == []
    found_organisation(name="Lantern Makers", by=system())
    PersonFactory()
    assert {"ledger_entry", "organisation_organisation", "people_person"} <= set(filled(connection))

    empty(connection)

    assert filled(connection) == []
    assert ContentType.objects.count() == kinds > 0
    found_organisation(name="Lantern Makers", by=system())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all()._raw_delete(using="default")
