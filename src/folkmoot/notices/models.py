"""Letters: mails as they were written, and what became of them; tellings: what people were told."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Letter(models.Model):
    """One mail to one address. Once a mail server has taken it over, its content is emptied."""

    message_id = models.CharField(max_length=200, unique=True)
    sender = models.CharField(max_length=320)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=998)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_problem = models.TextField(blank=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.subject} to {self.recipient}"


class Telling(models.Model):
    """One notice to one person, as it was worded when it was told."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tellings")
    kind = models.CharField(max_length=80)
    topic = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    path = models.CharField(max_length=500, blank=True)
    once_key = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "-id"], name="telling_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "once_key"],
                condition=~models.Q(once_key=""),
                name="told_once_per_person_kind_and_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to person {self.person_id}"
