"""Calendars that others keep, shown beside our own: read, never written."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import models
from django.db.models.functions import Lower


class Layer(models.Model):
    """A calendar kept elsewhere, by the address of its iCalendar file.

    `zone` is for times that name none. `etag` and `last_modified` are what the server told of the version that was
    read last, `worked_out_at` when its file was last worked out, `digest` that of what it came to. `problem` says why
    the last try failed, in words; what was read before
    stays in sight. The address may hold a secret: only stewards see all of it.
    """

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=2_000)
    zone = models.CharField(max_length=64, default="UTC")
    is_shown = models.BooleanField(default=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    notes = models.JSONField(default=list)
    added_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    worked_out_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="layer_has_a_name", condition=~models.Q(name="")),
            models.UniqueConstraint(Lower("name"), name="layer_name_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def server(self) -> str:
        """The name of the server it is read from, without the rest of the address."""
        return urlsplit(self.address).hostname or ""


class LayerItem(models.Model):
    """One thing that takes place by a foreign calendar; all of a layer's items are written anew at each reading."""

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=64)
    summary = models.CharField(max_length=400)
    location = models.CharField(max_length=400, blank=True)
    url = models.CharField(max_length=1_000, blank=True)
    is_cancelled = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=64, blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        ordering = ["starts_at", "first_day", "pk"]
        indexes = [
            models.Index(fields=["starts_at"], name="layer_item_starts"),
            models.Index(fields=["first_day"], name="layer_item_first_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["layer", "key"], name="layer_item_key_is_unique_in_layer"),
            models.CheckConstraint(
                name="layer_item_has_times_or_days",
                condition=models.Q(starts_at__isnull=False, ends_at__isnull=False, first_day=None, last_day=None)
                | models.Q(starts_at=None, ends_at=None, first_day__isnull=False, last_day__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.summary} of {self.layer_id}"
