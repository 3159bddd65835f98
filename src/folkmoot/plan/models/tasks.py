"""The one task of the product."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group


class TaskState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class Task(models.Model):
    """Something that one person does, in a group or for themselves (then `group` is None).

    `due_on` and `due_at` are a day and an hour by the organisation's clocks. Without an `owner` anybody in the group
    may take it; `offered_to` has been asked and has not answered. `clause_anchor` and `clause_name` say which part of
    the charter it serves, as it was called then. `source` is what it came from: a meeting, an initiative. A task with
    `is_first_task` is small enough for somebody who has just come.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    offered_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks_offered"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks_asked"
    )
    due_on = models.DateField(null=True, blank=True)
    due_at = models.TimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True)
    clause_anchor = models.CharField(max_length=200, blank=True)
    clause_name = models.CharField(max_length=300, blank=True)
    source_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source_id = models.BigIntegerField(null=True, blank=True)
    source = GenericForeignKey("source_type", "source_id")
    is_first_task = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["group", "state", "due_on"], name="task_in_group"),
            models.Index(fields=["owner", "state", "due_on"], name="task_of_owner"),
            models.Index(fields=["source_type", "source_id"], name="task_by_source"),
        ]
        constraints = [
            models.CheckConstraint(name="task_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="task_is_ended_or_open",
                condition=models.Q(state=TaskState.OPEN, ended_at=None)
                | (~models.Q(state=TaskState.OPEN) & models.Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="task_is_of_a_group_or_a_person",
                condition=models.Q(group__isnull=False)
                | (models.Q(owner__isnull=False) & models.Q(offered_to=None) & models.Q(is_first_task=False)),
            ),
            models.CheckConstraint(
                name="task_hour_has_its_day", condition=models.Q(due_at=None) | models.Q(due_on__isnull=False)
            ),
            models.CheckConstraint(
                name="task_is_not_offered_to_its_owner",
                condition=models.Q(offered_to=None) | models.Q(owner=None) | ~models.Q(offered_to=models.F("owner")),
            ),
            models.CheckConstraint(
                name="task_source_is_whole",
                condition=models.Q(source_type=None, source_id=None)
                | models.Q(source_type__isnull=False, source_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("task", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN

    @property
    def is_done(self) -> bool:
        return self.state == TaskState.DONE
