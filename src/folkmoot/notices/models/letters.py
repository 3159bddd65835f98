"""Letters: mails as they were written, and what became of them."""

from __future__ import annotations

from django.db import models


class Letter(models.Model):
    """One mail to one address. Once a mail server has taken it over, its content is emptied."""

    message_id = models.CharField(max_length=200, unique=True)
    sender = models.CharField(max_length=320)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=998)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    """An iCalendar text that goes along for calendars, in the way of `calendar_method` (RFC 6047)."""
    calendar_method = models.CharField(max_length=10, blank=True)
    headers = models.JSONField(default=dict)
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_problem = models.TextField(blank=True)
    given_up_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.subject} to {self.recipient}"
