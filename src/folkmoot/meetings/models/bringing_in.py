"""Minutes and resolutions that were written elsewhere: what was handed in, and what was made of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.decisions.models import Decision
from folkmoot.groups.models import Group
from folkmoot.meetings.models.attendance import Attendance
from folkmoot.meetings.models.series import Meeting

LONGEST_PATH = 400


class BroughtIn(models.Model):
    """One meeting's minutes, or one resolution, that were brought in: into a call, or as a decision.

    `key` is by what it is known again and `digest` all that it said (`domain.minutes.matching`); `file` is the path it
    came from. `values` is what has no place of its own, with numbers where names stood (`domain.minutes.keeping`).
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="brought_in")
    key = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    file = models.CharField(max_length=LONGEST_PATH, blank=True)
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="brought_in")
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="brought_in"
    )
    values = models.JSONField(default=dict)
    taken_in_at = models.DateTimeField()
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "brought in"
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "key"], name="minutes_are_brought_in_once"),
            models.CheckConstraint(
                name="brought_in_became_a_call_or_a_decision",
                condition=models.Q(meeting=None, decision__isnull=False)
                | models.Q(meeting__isnull=False, decision=None),
            ),
        ]

    def __str__(self) -> str:
        return self.file or self.key


class BroughtInName(models.Model):
    """A name as it stood in what was brought in, and whom it means: a person, or nobody who has a record here.

    `number` is what stands for it in `BroughtIn.values`. `attendance` is the guest on the list of the call whom it
    names. With `by_itself` it means the same wherever it stands; others, such as initials, only within these minutes.
    A row without any words stands for somebody who was erased.
    """

    brought_in = models.ForeignKey(BroughtIn, on_delete=models.CASCADE, related_name="names")
    number = models.PositiveIntegerField()
    name = models.TextField(blank=True)
    handle = models.TextField(blank=True)
    affiliation = models.TextField(blank=True)
    initials = models.TextField(blank=True)
    by_itself = models.BooleanField(default=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="names_brought_in"
    )
    attendance = models.ForeignKey(
        Attendance, on_delete=models.SET_NULL, null=True, blank=True, related_name="names_brought_in"
    )

    class Meta:
        ordering = ["brought_in", "number"]
        constraints = [
            models.UniqueConstraint(fields=["brought_in", "number"], name="name_brought_in_has_its_number"),
        ]

    def __str__(self) -> str:
        return self.name or self.handle


class HandedIn(models.Model):
    """Files that somebody handed in for a group, until they are taken in or given up; there is one such pile a group.

    `answers` is what was answered to the questions of the plan: `{"calls": {key: pk or null}, "names": {key: pk or
    null}, "left_out": [keys], "looked_at": [keys]}`.
    """

    group = models.OneToOneField(Group, on_delete=models.PROTECT, primary_key=True, related_name="handed_in")
    answers = models.JSONField(default=dict, blank=True)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "handed in"

    def __str__(self) -> str:
        return f"Handed in for {self.group}"


class HandedInFile(models.Model):
    """One of these files, as it came."""

    handed_in = models.ForeignKey(HandedIn, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=LONGEST_PATH)
    data = models.BinaryField()

    class Meta:
        ordering = ["handed_in", "path"]
        constraints = [models.UniqueConstraint(fields=["handed_in", "path"], name="file_is_handed_in_once")]

    def __str__(self) -> str:
        return self.path
