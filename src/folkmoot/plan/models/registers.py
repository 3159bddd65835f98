"""What might go wrong, and who has a stake in what a group does."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group


class RiskState(models.TextChoices):
    OPEN = "open", _("open")
    HAPPENED = "happened", _("happened")
    CLOSED = "closed", _("closed")


class Level(models.IntegerChoices):
    LOW = 1, _("low")
    MEDIUM = 2, _("medium")
    HIGH = 3, _("high")


class Risk(models.Model):
    """Something that might happen, how likely it is and how much it would matter (1 to 5), and what is done about it.

    For people in the group; its title enters the monthly report only if `is_shareable`.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="risks")
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    response = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="risks_owned"
    )
    review_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=RiskState.choices, default=RiskState.OPEN)
    is_shareable = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["group", "pk"]
        constraints = [
            models.CheckConstraint(name="risk_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(name="risk_likelihood_is_1_to_5", condition=models.Q(likelihood__range=(1, 5))),
            models.CheckConstraint(name="risk_impact_is_1_to_5", condition=models.Q(impact__range=(1, 5))),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("risk", args=[self.pk])

    @property
    def score(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact


class Stakeholder(models.Model):
    """Somebody outside whom the group's work touches. For managers only: it holds words about people."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="stakeholders")
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)
    interest = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.MEDIUM)
    influence = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.MEDIUM)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="stakeholders_kept"
    )
    next_touch_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["group", "name", "pk"]
        constraints = [
            models.CheckConstraint(name="stakeholder_has_a_name", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="stakeholder_levels_are_known",
                condition=models.Q(interest__range=(1, 3)) & models.Q(influence__range=(1, 3)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stakeholder", args=[self.pk])
