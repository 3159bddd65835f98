"""Charters in versions, their clauses, and drafts that nobody has confirmed yet."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from folkmoot.groups.domain.charter.kinds import parted
from folkmoot.groups.models.groups import Group


class CharterVersion(models.Model):
    """One wording of a group's charter, and what was understood and confirmed of it.

    `text` is the decoded file, line for line. `reading` has the shape of `folkmoot charter check --json`, with
    the corrections and answers that somebody confirmed; `answers` keeps these apart, by path.
    The version in force on a day is the one with the latest `in_force_from` not after it.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="charters")
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    reading = models.JSONField()
    answers = models.JSONField(default=dict)
    in_force_from = models.DateField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["group", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="charter_number_is_unique_in_group"),
        ]

    def __str__(self) -> str:
        return f"{self.group}, charter {self.number}"


class Clause(models.Model):
    """A section of a charter, or a named item in one: what screens mean by "§ 1.3".

    `anchor` is the permalink on the charter page; lines count from 1 and include both ends.
    """

    charter = models.ForeignKey(CharterVersion, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    anchor = models.CharField(max_length=120)
    heading = models.CharField(max_length=300, blank=True)
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    html = models.TextField(blank=True)

    class Meta:
        ordering = ["charter", "position"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "anchor"], name="clause_anchor_is_unique_in_charter"),
        ]

    def __str__(self) -> str:
        """The clause as people quote it: its number once, and what it is called."""
        return f"§ {self.number} {self.title}" if self.number else self.title

    @property
    def title(self) -> str:
        """The heading, without the number in front of it where that is the clause's own: "1.1 Objectives" is § 1.1."""
        written, words = parted(self.heading)
        return words if written and written == self.number else self.heading


def _new_draft_id() -> uuid.UUID:
    return uuid.uuid4()


class CharterDraft(models.Model):
    """A charter that a steward has uploaded or pasted and not confirmed yet. Nothing is applied from it."""

    id = models.UUIDField(primary_key=True, default=_new_draft_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    source = models.BinaryField()
    answers = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Draft {self.id}"
