"""Initiatives, who helps with them, and the notes on how they go."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.models.serving import Serving

STAGES = (
    (Stage.PROPOSED.value, _("proposed")),
    (Stage.SANDBOX.value, _("sandbox")),
    (Stage.INCUBATING.value, _("incubating")),
    (Stage.GRADUATED.value, _("graduated")),
    (Stage.ARCHIVED.value, _("archived")),
)


class Initiative(Serving):
    """A piece of work of a group, from an idea to something that lasts.

    `words` is Markdown. `links` is a list of `{"name", "url"}`. `stage_since` is the day of the last change of stage;
    all changes with their reasons stand in the ledger.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="initiatives")
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    stage = models.CharField(max_length=12, choices=STAGES, default=Stage.PROPOSED.value)
    stage_since = models.DateField()
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="initiatives_led"
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    links = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["group", "title", "pk"]
        constraints = [
            models.CheckConstraint(name="initiative_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="initiative_ends_after_it_starts",
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("initiative", args=[self.pk])

    @property
    def is_running(self) -> bool:
        """Whether somebody is at work on it, or it lasts."""
        return self.stage in (Stage.SANDBOX, Stage.INCUBATING, Stage.GRADUATED)


class InitiativeHelper(models.Model):
    """Someone who helps with an initiative."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="helpers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["initiative", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "person"], name="helps_with_an_initiative_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} helps with {self.initiative}"


class InitiativeUpdate(models.Model):
    """A dated note on how an initiative goes; Markdown."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="updates")
    on = models.DateField()
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["initiative", "-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.initiative}, {self.on}"
