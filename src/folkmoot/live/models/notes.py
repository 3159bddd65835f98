"""Notes that several people write at once, as long as they do: what came, change by change."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from folkmoot.meetings.models import MinutesItem


class NotesLog(models.Model):
    """The notes on one item of a draft while several write them. The words themselves are the item's.

    `generation` is another one each time the log begins anew. `number` is that of the last update, `put_down` that
    of the last one whose words stand in the item, then of the version `item_version`; `size` counts the bytes kept.
    `written_by` wrote last, as long as their words are not put down. Updates are of nobody: a browser writes under a
    number that it draws for each page it opens, and that is kept with no name.
    """

    item = models.OneToOneField(MinutesItem, on_delete=models.CASCADE, related_name="+")
    generation = models.UUIDField(default=uuid.uuid4)
    number = models.PositiveIntegerField(default=0)
    put_down = models.PositiveIntegerField(default=0)
    item_version = models.PositiveIntegerField()
    size = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notes_put_down_are_there", condition=models.Q(put_down__lte=models.F("number"))
            ),
        ]

    def __str__(self) -> str:
        return f"Notes being written on item {self.item_id}"


class NotesUpdate(models.Model):
    """One change of notes, as Yjs writes it; with the next squashing it is one with those before."""

    log = models.ForeignKey(NotesLog, on_delete=models.CASCADE, related_name="updates")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["log", "number"]
        constraints = [models.UniqueConstraint(fields=["log", "number"], name="notes_update_has_its_number")]

    def __str__(self) -> str:
        return f"Change {self.number} of notes"
