"""Tellings: what people were told; deliveries: by which channel, and what became of it; digests."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.notices.models.letters import Letter


class Telling(models.Model):
    """One notice to one person, as it was worded when it was told."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tellings")
    kind = models.CharField(max_length=80)
    topic = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    path = models.CharField(max_length=500, blank=True)
    action = models.CharField(max_length=200, blank=True)
    shortcut = models.CharField(max_length=500, blank=True)
    """A local address at which its person, and nobody else, does something without signing in; for mails alone."""
    shortcut_words = models.CharField(max_length=200, blank=True)
    calendar = models.TextField(blank=True)
    """An iCalendar text that goes along in a mail of its own, in the way of `calendar_method`."""
    calendar_method = models.CharField(max_length=10, blank=True)
    because = models.CharField(max_length=500, blank=True)
    needed = models.BooleanField(default=False)
    once_key = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(null=True)
    listed_at = models.DateTimeField(null=True)
    """Since when it stands in the person's list on the site; null while it waits, and for who wants no list."""
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["person", "-id"], name="telling_of_person"),
            models.Index(
                fields=["person"],
                name="telling_unread",
                condition=models.Q(read_at=None, listed_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "once_key"],
                condition=~models.Q(once_key=""),
                name="told_once_per_person_kind_and_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to person {self.person_id}"


class State(models.TextChoices):
    """What became of a delivery."""

    WAITING = "waiting"
    SENT = "sent"
    HELD = "held"
    FAILED = "failed"
    SKIPPED = "skipped"


class Digest(models.Model):
    """One mail that gathers what somebody was told in a period; the constraint makes it one."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    channel = models.CharField(max_length=20)
    period = models.CharField(max_length=20)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel", "period"], name="digest_once_per_period")]

    def __str__(self) -> str:
        return f"Digest {self.period} of person {self.person_id}"


class Delivery(models.Model):
    """A telling on its way by one channel.

    `state` begins as waiting, or as held or skipped with a `reason`; `due_at` is when it may go at the earliest. A mail
    has its letter from the moment it is written, and is sent when a server has taken that.
    """

    telling = models.ForeignKey(Telling, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    in_digest = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    bounces = models.PositiveSmallIntegerField(default=0)
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="deliveries")
    digest = models.ForeignKey(Digest, on_delete=models.SET_NULL, null=True, related_name="deliveries")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["telling", "channel"], name="delivered_once_per_channel"),
            models.CheckConstraint(name="delivery_state_is_known", condition=models.Q(state__in=State.values)),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due", condition=models.Q(state="waiting", letter=None))
        ]

    def __str__(self) -> str:
        return f"Telling {self.telling_id} by {self.channel}: {self.state}"
