"""Keeping and dropping charters that were brought in and not confirmed yet."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from folkmoot.groups.domain import charter as charters
from folkmoot.groups.models import CharterDraft
from folkmoot.groups.rules import may_found_group
from folkmoot.kit.verdict import require
from folkmoot.people.models import Person

KEPT_FOR = timedelta(days=90)


@transaction.atomic
def keep_draft(file_name: str, data: bytes, *, by: Person) -> CharterDraft:
    """Keep a charter's bytes for review; Refused in plain words when they cannot be read as one.

    Drafts nobody touched for three months go at the same time.
    """
    require(may_found_group(by))
    charters.read(data)
    CharterDraft.objects.filter(changed_at__lt=timezone.now() - KEPT_FOR).delete()
    return CharterDraft.objects.create(by=by, file_name=file_name, source=data)


@transaction.atomic
def drop_draft(draft: CharterDraft) -> None:
    """Throw a draft away."""
    draft.delete()
