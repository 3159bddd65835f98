"""Entries, their erasable words, the seals over them, and the rows of the schedule."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models

from folkmoot.ledger.actors import ActorKind


class Entry(models.Model):
    """One fact, written once. Ids and codes only; see `EntryDetail` for words."""

    kind = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in ActorKind])
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="entries_by")
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="entries_about"
    )
    on_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    on_id = models.BigIntegerField(null=True)
    within_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    within_id = models.BigIntegerField(null=True)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField(auto_now_add=True)
    payload = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    detail_digest = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    withdraws = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="withdrawn_by")

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["within_type", "within_id", "-id"], name="ledger_within"),
            models.Index(fields=["on_type", "on_id", "-id"], name="ledger_on"),
            models.Index(fields=["about", "-id"], name="ledger_about"),
            models.Index(fields=["kind", "-id"], name="ledger_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="ledger_actor_matches_kind",
                condition=models.Q(actor_kind=ActorKind.PERSON, actor__isnull=False)
                | (~models.Q(actor_kind=ActorKind.PERSON) & models.Q(actor__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class EntryDetail(models.Model):
    """Words about people that belong to an entry. Erasing empties them; the entry and its digest stay."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="detail", primary_key=True)
    words = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Words of entry {self.entry_id}"


class Seal(models.Model):
    """A digest over a run of entries and over the seal before it, so that tampering shows."""

    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Entries {self.first_entry} to {self.last_entry}"


class ScheduledJob(models.Model):
    """When a job of the schedule is next due. The row is the guard against two schedulers."""

    name = models.CharField(max_length=120, unique=True)
    next_due = models.DateTimeField()
    last_enqueued = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
