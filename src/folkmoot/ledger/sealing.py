"""Seals: a hash chain over batches of entries (a chain per row would queue all writers behind each other)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, timedelta

from django.db import transaction
from django.utils import timezone

from folkmoot.ledger.models import Entry, Seal

# Transactions that began earlier may still commit lower ids; they have this long to end before a seal.
SETTLED_AFTER = timedelta(minutes=2)


@transaction.atomic
def seal(*, settled_after: timedelta = SETTLED_AFTER) -> Seal | None:
    """Seal all settled entries since the last seal; None when there are none."""
    last = Seal.objects.order_by("-id").first()
    entries = list(
        Entry.objects.filter(
            pk__gt=last.last_entry if last else 0, written_at__lt=timezone.now() - settled_after
        ).order_by("pk")
    )
    if not entries:
        return None
    return Seal.objects.create(
        first_entry=entries[0].pk,
        last_entry=entries[-1].pk,
        count=len(entries),
        digest=chain_digest(last.digest if last else "", entries),
    )


def chain_digest(previous: str, entries: Iterable[Entry]) -> str:
    """SHA-256 in hexadecimal over the previous digest and each entry's canonical form."""
    digest = hashlib.sha256(previous.encode("ascii"))
    for entry in entries:
        digest.update(canonical(entry))
    return digest.hexdigest()


def canonical(entry: Entry) -> bytes:
    """An entry as bytes that are the same on every database: sorted JSON, instants in UTC to the microsecond."""
    values = [
        entry.pk,
        entry.kind,
        entry.actor_kind,
        entry.actor_id,
        entry.about_id,
        entry.on_type_id,
        entry.on_id,
        entry.within_type_id,
        entry.within_id,
        entry.happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.written_at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.payload,
        entry.changes,
        entry.detail_digest,
        entry.request_id,
        entry.withdraws_id,
    ]
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii") + b"\n"


def broken_seals() -> list[Seal]:
    """The seals that do not match the entries they cover (count, digest); empty when all is well."""
    broken = []
    previous = ""
    for one in Seal.objects.order_by("id"):
        entries = list(Entry.objects.filter(pk__range=(one.first_entry, one.last_entry)).order_by("pk"))
        if len(entries) != one.count or chain_digest(previous, entries) != one.digest:
            broken.append(one)
        previous = one.digest
    return broken
