"""What has a time, and the stamp by which a feed is known to be unchanged."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.calendar.fields import WallTimeField
from folkmoot.groups.models import Group


class Status(models.TextChoices):
    CONFIRMED = "confirmed", _("takes place")
    CANCELLED = "cancelled", _("cancelled")


class Audience(models.TextChoices):
    """Who sees an item. Feeds and the calendar page show what is public."""

    PUBLIC = "public", _("everyone")
    GROUP = "group", _("the group")


class CalendarItem(models.Model):
    """One occurrence or one series, as one VEVENT of RFC 5545.

    A series has a `rule`. A changed occurrence of it is an item of its own with the series' `uid`, the series
    as `parent`, and in `recurrence_id` the wall time at which the rule would have had it, in the series' zone.
    `starts` is wall time in `zone`; `fold` is 1 for the second of two equal wall times when clocks go back.
    `starts_at` and `ends_at` bound the item in UTC (a series from its first to its last occurrence, None when
    it goes on). `component` is the kept text of the VEVENT, and `rendered_for` says for which address and by
    which version it was written. `source` is the room and its own key, such as `meetings.slot:7`.
    """

    uid = models.CharField(max_length=200)
    recurrence_id = WallTimeField(null=True, blank=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="overrides")
    sequence = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.CONFIRMED)
    summary = models.CharField(max_length=400)
    description = models.TextField(blank=True)
    path = models.CharField(max_length=300)
    location = models.CharField(max_length=400, blank=True)
    starts = WallTimeField()
    fold = models.PositiveSmallIntegerField(default=0)
    zone = models.CharField(max_length=64)
    duration = models.DurationField(default=timedelta(hours=1))
    rule = models.CharField(max_length=1200, blank=True)
    exdates = models.JSONField(default=list)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="calendar_items")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    source = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    component = models.TextField()
    rendered_for = models.CharField(max_length=64)

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["group", "ends_at"], name="calendar_group_ends"),
            models.Index(fields=["ends_at"], name="calendar_ends"),
        ]
        constraints = [
            # Two nulls are not equal to a database, so that the series itself needs a constraint of its own.
            models.UniqueConstraint(fields=["uid", "recurrence_id"], name="calendar_occurrence_is_unique"),
            models.UniqueConstraint(
                fields=["uid"], condition=models.Q(recurrence_id=None), name="calendar_uid_is_unique"
            ),
            models.CheckConstraint(
                name="calendar_override_has_its_series",
                condition=models.Q(recurrence_id=None, parent=None)
                | models.Q(recurrence_id__isnull=False, parent__isnull=False, rule=""),
            ),
            models.CheckConstraint(
                name="calendar_item_ends_after_it_starts",
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at")),
            ),
            models.CheckConstraint(name="calendar_item_has_a_summary", condition=~models.Q(summary="")),
            models.CheckConstraint(name="calendar_fold_is_0_or_1", condition=models.Q(fold__in=[0, 1])),
        ]

    def __str__(self) -> str:
        return f"{self.summary}, {self.starts} {self.zone}"


class JoinedItem(models.Model):
    """That an item is in the feed of another group too, under the same UID: `group` joins what `item.group` hosts.

    Of a series a group may join a part: `starts` and `rule` say which, in the item's zone, and `component` is the
    text of that part. One that a group joins no longer stays as cancelled in its feed, so that calendars learn of it.
    """

    item = models.ForeignKey(CalendarItem, on_delete=models.CASCADE, related_name="joined")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="joined_items")
    starts = WallTimeField()
    rule = models.CharField(max_length=1200, blank=True)
    is_left = models.BooleanField(default=False)
    component = models.TextField()
    rendered_for = models.CharField(max_length=64)

    class Meta:
        ordering = ["item", "group"]
        constraints = [
            models.UniqueConstraint(fields=["item", "group"], name="calendar_item_is_joined_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item} with {self.group}"


class FeedStamp(models.Model):
    """Changes whenever anything in a feed does: one row per group, and one without a group for all.

    A row that every change moves on is cheaper to ask than a count and a maximum over the items, and cannot
    be fooled by two changes of which the earlier is committed later, or by an item that leaves.
    """

    key = models.CharField(max_length=40, unique=True)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, null=True, related_name="feed_stamp")
    revision = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key}, {self.revision}"
