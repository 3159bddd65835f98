"""Reading history."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from folkmoot.ledger.models import Entry


def entries_within(place: models.Model) -> models.QuerySet[Entry]:
    """All entries within a group (or another place), newest first."""
    return Entry.objects.filter(within_type=ContentType.objects.get_for_model(place), within_id=place.pk)


def entries_on(thing: models.Model) -> models.QuerySet[Entry]:
    """All entries on one object, newest first."""
    return Entry.objects.filter(on_type=ContentType.objects.get_for_model(thing), on_id=thing.pk)


def latest_entry_id() -> int:
    """The number of the newest entry, 0 when there is none: changes whenever anything has happened."""
    # Asked for nearly every page, so without the detour through the ORM's compiler.
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM ledger_entry")
        (newest,) = cursor.fetchone()
    return newest or 0
