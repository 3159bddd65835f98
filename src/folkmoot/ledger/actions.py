"""Writing facts, and erasing the words beside them."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from folkmoot.ledger.actors import Actor, ActorKind, Stand
from folkmoot.ledger.context import current_request_id
from folkmoot.ledger.facts import Fact
from folkmoot.ledger.models import Entry, EntryDetail
from folkmoot.ledger.reactions import enqueue_reactions

if TYPE_CHECKING:
    from folkmoot.people.models import Person


def record(
    fact: Fact,
    *,
    by: Actor,
    about: Person | None = None,
    on: models.Model | None = None,
    within: models.Model | None = None,
    at: datetime | None = None,
    changes: Mapping[str, Sequence[Any]] | None = None,
    withdraws: Entry | None = None,
) -> Entry:
    """Write one entry in the caller's transaction and enqueue every reaction to it in the same one.

    `changes` is `{field: [old, new]}` in JSON values; fields named in the fact's `personal` are kept with the
    erasable words. `at` is when it happened (now by default), an aware datetime.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A fact is recorded in the transaction of the change it tells.")
    actor = None if isinstance(by, Stand) else by
    public_changes = {k: list(v) for k, v in (changes or {}).items() if k not in fact.personal}
    personal_changes = {k: list(v) for k, v in (changes or {}).items() if k in fact.personal}
    words = fact.personal_payload()
    salt = secrets.token_hex(16) if words or personal_changes else ""
    entry = Entry.objects.create(
        kind=fact.kind,
        actor_kind=by.kind if isinstance(by, Stand) else ActorKind.PERSON,
        actor=actor,
        about=about,
        on_type=_type_of(on),
        on_id=on.pk if on is not None else None,
        within_type=_type_of(within),
        within_id=within.pk if within is not None else None,
        happened_at=at or timezone.now(),
        payload=fact.public_payload(),
        changes=public_changes,
        detail_digest=detail_digest(salt, words, personal_changes) if salt else "",
        request_id=current_request_id.get(),
        withdraws=withdraws,
    )
    if salt:
        EntryDetail.objects.create(entry=entry, words=words, changes=personal_changes, salt=salt)
    enqueue_reactions(entry)
    return entry


def erase_words(about: Person) -> int:
    """Empty the words of all entries about a person and return how many were emptied; the entries stay."""
    return EntryDetail.objects.filter(entry__about=about, erased_at=None).update(
        words={}, changes={}, salt="", erased_at=timezone.now()
    )


def detail_digest(salt: str, words: Mapping[str, Any], changes: Mapping[str, Any]) -> str:
    """SHA-256 in hexadecimal over the salt and the words, so that later tampering with them shows."""
    content = json.dumps([words, changes], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{salt}:{content}".encode()).hexdigest()


def _type_of(thing: models.Model | None) -> ContentType | None:
    return None if thing is None else ContentType.objects.get_for_model(thing)
