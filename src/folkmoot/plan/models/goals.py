"""Goals of a year or a quarter, their key results, values with evidence, and check-ins."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.plan.domain.periods import Period
from folkmoot.plan.models.serving import Serving


class Confidence(models.TextChoices):
    """What those who work on a goal believe of it."""

    ON_TRACK = "on_track", _("on track")
    AT_RISK = "at_risk", _("at risk")
    OFF_TRACK = "off_track", _("off track")


class Goal(Serving):
    """Something a group wants to have reached at the end of a year (`quarter` 0) or a quarter.

    Once its period is closed (`closed_at`), nothing about it changes; what was not reached may have been carried over
    into a goal of the next period, which names it as `carried_from`.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="goals")
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(default=0)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="goals_owned"
    )
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["group", "-year", "-quarter", "pk"]
        constraints = [
            models.CheckConstraint(name="goal_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(name="goal_is_for_a_year_or_a_quarter", condition=models.Q(quarter__range=(0, 4))),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("goal", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.year, self.quarter)


class KeyResult(models.Model):
    """A number by which one sees whether a goal is reached: on its way from `baseline` to `target`.

    `measure` names what the system measures by itself (`plan.measures.MEASURES`); empty means that people enter values
    with their evidence. `current` repeats the latest value; `final` is frozen when the goal's period is closed.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="key_results")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    unit = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=60, blank=True)
    baseline = models.DecimalField(max_digits=16, decimal_places=4)
    target = models.DecimalField(max_digits=16, decimal_places=4)
    current = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    final = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="key_results_owned"
    )

    class Meta:
        ordering = ["goal", "position", "pk"]
        constraints = [
            models.CheckConstraint(name="key_result_has_words", condition=~models.Q(words="")),
            models.CheckConstraint(name="key_result_has_a_way_to_go", condition=~models.Q(target=models.F("baseline"))),
        ]

    def __str__(self) -> str:
        return self.words


class Value(models.Model):
    """What a key result stood at on a day, with its evidence; measured by the system when `by` is empty."""

    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="values")
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    words = models.CharField(max_length=500, blank=True)
    link = models.URLField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_measured = models.BooleanField(default=False)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["key_result", "-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key_result", "on"], condition=models.Q(is_measured=True), name="measured_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_result}: {self.value} on {self.on}"


class CheckIn(models.Model):
    """A note on how a goal goes, with how sure one is of it."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="check_ins")
    on = models.DateField()
    confidence = models.CharField(max_length=10, choices=Confidence.choices)
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["goal", "-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.goal}, {self.on}: {self.confidence}"
