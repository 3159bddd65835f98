"""The one checklist of the product: templates with steps, and lists that were started from them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.ledger.models import Entry


def default_reminders() -> list[int]:
    """Three days before a step is due, and on the day."""
    return [3, 0]


class ChecklistTemplate(models.Model):
    """Steps that come again and again, dated by their distance from one day, of a group or of the organisation.

    `key` names what it is for in the code ("welcome"). A group's own template goes before the organisation's.
    `anchor_label` says which day the steps count from.
    """

    key = models.SlugField(max_length=60)
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="checklist_templates"
    )
    name = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    anchor_label = models.CharField(max_length=120)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(group=None), name="checklist_template_is_unique_here"
            ),
            models.UniqueConstraint(fields=["key", "group"], name="checklist_template_is_unique_in_group"),
            models.CheckConstraint(name="checklist_template_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("checklist_template", args=[self.pk])


class Step(models.Model):
    """What a step of a template and a line of a running list have in common.

    `offset` is in days from the anchor: negative before it, positive after. `minimum` is how many days the step needs
    at least after the one before it. `who` is a part ("newcomer", "buddy", "manager"). `remind` holds days before the
    due day, `escalate` the days after it until those who lead are told (None: never). `check_name` is a check by which
    the line ticks itself, `link` a page that helps with it.
    """

    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    offset = models.SmallIntegerField(default=0)
    minimum = models.PositiveSmallIntegerField(default=0)
    who = models.CharField(max_length=20, blank=True)
    remind = models.JSONField(default=default_reminders, blank=True)
    escalate = models.PositiveSmallIntegerField(null=True, blank=True)
    check_name = models.CharField(max_length=60, blank=True)
    link = models.CharField(max_length=30, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class TemplateLine(Step):
    """A step of a template; `person` does it in every list where its part is nobody else's."""

    template = models.ForeignKey(ChecklistTemplate, on_delete=models.CASCADE, related_name="lines")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["template", "position", "pk"]
        constraints = [models.CheckConstraint(name="template_line_has_a_title", condition=~models.Q(title=""))]


class ChecklistState(models.TextChoices):
    OPEN = "open", _("under way")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


class Checklist(models.Model):
    """A list that was started: the template's words as they were, counted from `anchor_on`, for a person or thing."""

    template = models.ForeignKey(
        ChecklistTemplate, on_delete=models.SET_NULL, null=True, blank=True, related_name="checklists"
    )
    template_key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    anchor_label = models.CharField(max_length=120)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="checklists")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="checklists"
    )
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    anchor_on = models.DateField()
    started_on = models.DateField()
    state = models.CharField(max_length=8, choices=ChecklistState.choices, default=ChecklistState.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-started_on", "-pk"]
        indexes = [models.Index(fields=["group", "state"], name="checklist_in_group")]
        constraints = [
            models.CheckConstraint(
                name="checklist_is_ended_or_open",
                condition=models.Q(state=ChecklistState.OPEN, ended_at=None)
                | (~models.Q(state=ChecklistState.OPEN) & models.Q(ended_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["template_key", "group", "person"],
                condition=models.Q(state=ChecklistState.OPEN, person__isnull=False, subject_id=None),
                name="one_open_checklist_of_a_kind_per_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("checklist", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == ChecklistState.OPEN


class ChecklistPart(models.Model):
    """Who plays which part in a list: the buddy, the newcomer."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="parts")
    who = models.CharField(max_length=20)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="checklist_parts")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["checklist", "who"]
        constraints = [models.UniqueConstraint(fields=["checklist", "who"], name="one_person_per_part")]

    def __str__(self) -> str:
        return f"{self.who} of {self.checklist_id}"


class LineState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    SKIPPED = "skipped", _("left out")


class ChecklistLine(Step):
    """One line of a running list. `by_itself` says that a check ticked it, `evidence` by which entry."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="lines")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="checklist_lines"
    )
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=LineState.choices, default=LineState.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True)
    by_itself = models.BooleanField(default=False)
    evidence = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["checklist", "due_on", "position", "pk"]
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="line_of_owner"),
            models.Index(fields=["state", "check_name"], name="line_by_check"),
        ]
        constraints = [
            models.CheckConstraint(
                name="line_is_ended_or_open",
                condition=models.Q(state=LineState.OPEN, ended_at=None)
                | (~models.Q(state=LineState.OPEN) & models.Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="line_that_is_left_out_says_why", condition=~models.Q(state=LineState.SKIPPED) | ~models.Q(why="")
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == LineState.OPEN

    @property
    def is_done(self) -> bool:
        return self.state == LineState.DONE
