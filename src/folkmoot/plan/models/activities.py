"""What the charter asks for every year, year by year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.plan.domain.periods import Period
from folkmoot.plan.models.initiatives import Initiative


class ActivityState(models.TextChoices):
    """How far an activity has come this year."""

    NOT_BEGUN = "not_begun", _("not begun")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class YearActivity(models.Model):
    """One of the charter's annual activities in one year.

    `key` is the compared form of its name in the charter. `quarter` is 0 where the charter ties it to none; `starts_on`
    and `ends_on` say it more precisely. `retired_on` is the day from which the charter no longer asks for it.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="year_activities")
    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    clause_number = models.CharField(max_length=20, blank=True)
    clause_anchor = models.CharField(max_length=120, blank=True)
    quarter = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ActivityState.choices, default=ActivityState.NOT_BEGUN)
    why = models.CharField(max_length=500, blank=True)
    words = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="activities_owned"
    )
    initiative = models.ForeignKey(
        Initiative, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities"
    )
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "year activities"
        ordering = ["group", "year", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "key"], name="activity_stands_once_in_a_year"),
            models.CheckConstraint(name="activity_is_in_a_quarter_or_none", condition=models.Q(quarter__range=(0, 4))),
            models.CheckConstraint(
                name="dropped_activity_has_a_reason", condition=~models.Q(state="dropped") | ~models.Q(why="")
            ),
            models.CheckConstraint(
                name="activity_ends_after_it_starts",
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.year}"

    def get_absolute_url(self) -> str:
        return f"{reverse('plan_year', args=[self.group.slug])}?year={self.year}"

    @property
    def months(self) -> tuple[int, int]:
        """The first and last month in which it falls within its year: its days, else its quarter, else all year."""
        period = Period(self.year, self.quarter)
        first = self.starts_on or (min(period.first, self.ends_on) if self.ends_on else period.first)
        last = self.ends_on or max(period.last, first)
        return (
            first.month if first.year == self.year else (1 if first.year < self.year else 12),
            last.month if last.year == self.year else (12 if last.year > self.year else 1),
        )
