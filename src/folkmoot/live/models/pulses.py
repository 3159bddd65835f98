"""The pulse of a call, by which browsers hear that something has changed, and who has its page open."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.meetings.models import Meeting


class CallPulse(models.Model):
    """How often something about a running call has changed: `number` only ever grows.

    `lately` are the last changes as pairs of their number and a word for what it was, the newest last.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, primary_key=True, related_name="pulse")
    number = models.PositiveBigIntegerField(default=0)
    lately = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"Pulse {self.number} of {self.meeting}"


class Presence(models.Model):
    """Somebody has, or lately had, the page of a running call open. It says nothing about attendance.

    Kept while the call runs, and forgotten soon after it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "person"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_presence_per_person_and_call")]

    def __str__(self) -> str:
        return f"{self.person} at {self.meeting}"
