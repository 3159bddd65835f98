"""Monthly reports: what was drafted from the record, what a manager made of it, and what was published."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from folkmoot.groups.models import Group
from folkmoot.plan.domain.periods import Month


class Report(models.Model):
    """A group's report for one month. `is_public` decides who may read it once it is published."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="reports")
    month = models.DateField()
    is_public = models.BooleanField(default=True)
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["group", "-month"]
        constraints = [
            models.UniqueConstraint(fields=["group", "month"], name="one_report_a_month_and_group"),
            models.CheckConstraint(name="report_month_is_its_first_day", condition=models.Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.group.slug, self.key])

    @property
    def of_month(self) -> Month:
        return Month(self.month.year, self.month.month)

    @property
    def key(self) -> str:
        return self.of_month.key


class ReportPiece(models.Model):
    """One part of a report: what the record says (`generated`) apart from what a manager wrote (`edited`).

    `edited` is None until somebody edits it. `edited_against` is what was generated at that moment, so that later news
    can be shown beside the edited words, which are never overwritten.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="pieces")
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    generated = models.TextField(blank=True)
    edited = models.TextField(null=True, blank=True)
    edited_against = models.TextField(blank=True)

    class Meta:
        ordering = ["report", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="report_part_stands_once")]

    def __str__(self) -> str:
        return f"{self.report}: {self.name}"

    @property
    def text(self) -> str:
        """What the report says: the manager's words where there are any."""
        return self.generated if self.edited is None else self.edited

    @property
    def has_news(self) -> bool:
        """Whether the record says something else than when the manager last wrote."""
        return self.edited is not None and self.generated != self.edited_against


class ReportRevision(models.Model):
    """A report as it was published, as Markdown; never changed. A correction is a further revision with its reason."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    why = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_revision_number_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.report}, revision {self.number}"
