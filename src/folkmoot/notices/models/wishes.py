"""What people wish to hear, by which channel, and when."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.db import models

from folkmoot.notices.domain.timing import Choice, Every, Rhythm


class Wish(models.Model):
    """A person's choice for one topic by one channel; without a row the channel's default holds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_wishes")
    topic = models.CharField(max_length=40)
    channel = models.CharField(max_length=20)
    choice = models.CharField(max_length=6, choices=[(choice, choice) for choice in Choice])

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [
            models.UniqueConstraint(fields=["person", "topic", "channel"], name="wish_once_per_topic_and_channel"),
            models.CheckConstraint(name="wish_is_known", condition=models.Q(choice__in=list(Choice))),
        ]

    def __str__(self) -> str:
        return f"Person {self.person_id}: {self.topic} by {self.channel} {self.choice}"


class Hours(models.Model):
    """When a person's digest comes and when no mail may come, on their own clock."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_hours")
    digest_every = models.CharField(max_length=5, choices=[(every, every) for every in Every], default=Every.WEEK)
    digest_weekday = models.PositiveSmallIntegerField(default=0)
    digest_hour = models.PositiveSmallIntegerField(default=8)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    class Meta:
        verbose_name_plural = "hours"
        constraints = [
            models.CheckConstraint(
                name="hours_are_on_the_clock", condition=models.Q(digest_weekday__lte=6, digest_hour__lte=23)
            ),
            models.CheckConstraint(
                name="quiet_hours_have_both_ends",
                condition=models.Q(quiet_from=None, quiet_until=None)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Hours of person {self.person_id}"

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(Every(self.digest_every), self.digest_weekday, self.digest_hour)

    @property
    def quiet(self) -> tuple[time | None, time | None]:
        return self.quiet_from, self.quiet_until
