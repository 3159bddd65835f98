"""Files that people handed in."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone

from folkmoot.kit.uploads import kind_of_media_type, size_in_words
from folkmoot.people.models.people import Person


class Upload(models.Model):
    """A file as it is kept: checked and, if it is a picture, drawn anew. What it is good for, rooms above know.

    `size` is in bytes and `sha256` in hexadecimal, both of what is kept. Once deleted, name and digest are gone and
    nothing but the row's number, kind, size and days stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    handed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="uploads")
    handed_in_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["handed_in_at", "pk"]
        indexes = [models.Index(fields=["handed_in_by", "handed_in_at"], name="uploads_of_person_by_day")]
        constraints = [
            models.CheckConstraint(
                name="upload_has_name_and_digest_until_deleted",
                condition=models.Q(deleted_at=None) & ~models.Q(name="") & ~models.Q(sha256="")
                | models.Q(deleted_at__isnull=False, name="", sha256=""),
            ),
            models.CheckConstraint(
                name="upload_has_both_sides_or_none",
                condition=models.Q(width=None, height=None)
                | models.Q(width__isnull=False, height__isnull=False, width__gt=0, height__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"Upload {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it is served, to those who may see it."""
        return reverse("upload", args=[self.pk, self.name])

    @property
    def is_picture(self) -> bool:
        return self.width is not None

    @property
    def in_words(self) -> str:
        """ "PDF, 340 KB"."""
        kind = kind_of_media_type(self.media_type)
        return ", ".join(filter(None, [kind.words if kind else "", size_in_words(self.size)]))

    @property
    def path(self) -> str:
        """Where it lies in the storage. No two rows share a file, so that deleting one takes nothing from another."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}-{self.pk.hex}"
