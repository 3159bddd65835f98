"""Rosters that were uploaded and not applied yet."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from folkmoot.groups.models.groups import Group


def _new_roster_id() -> uuid.UUID:
    return uuid.uuid4()


class RosterDraft(models.Model):
    """A roster file as it was uploaded, with the columns chosen. Nothing is applied from it until somebody says so.

    `mapping` gives for each field ("name", "email", …) the column's number, counted from 0.
    """

    id = models.UUIDField(primary_key=True, default=_new_roster_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    source = models.BinaryField()
    mapping = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Roster draft {self.id}"
