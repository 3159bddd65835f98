"""Handing out everything that is kept about a person."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.people.export import as_zip
from folkmoot.people.facts import DataHandedOut
from folkmoot.people.models import Person
from folkmoot.people.rules import may_read_record


@transaction.atomic
def hand_out_data(person: Person, *, by: Actor) -> bytes:
    """A ZIP with everything, see `people.export`; that it was handed out, and to whom, is recorded."""
    require(may_read_record(by, person))
    record(DataHandedOut(), by=by, about=person, on=person)
    return as_zip(person, on=timezone.localdate().isoformat())
