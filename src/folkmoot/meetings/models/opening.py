"""Texts that are shown when a call opens, and that somebody read them there.

The texts themselves are documents of `groups` in versions (`Agreement`). What a group words for its calls has a key
that begins with `opening-`; nobody who joins is asked to agree to it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.groups.models import Agreement, Group
from folkmoot.meetings.models.series import Meeting


class OpeningChoice(models.Model):
    """Which texts open the calls of a group: their keys, in order. A group without a row has what its charter names."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="opening_choice")
    keys = models.JSONField(default=list)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"What opens the calls of {self.group}"


class OpeningReading(models.Model):
    """A text was read on a call, in this version. `read_by` is None for the command line, and once erased."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="opening_readings")
    document = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "document"], name="text_is_noted_as_read_once_per_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.document} on {self.meeting}"
