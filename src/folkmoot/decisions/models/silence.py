"""Deciding by silence: the time in which somebody may object, and the objections."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.decisions.models.decisions import Decision


class SilenceEnd(models.TextChoices):
    """What became of a period of silence."""

    RUNNING = "running", _("running")
    ADOPTED = "adopted", _("nobody objected")
    TALK = "talk", _("an objection stands")
    RESTARTED = "restarted", _("the text was changed")
    STOPPED = "stopped", _("decided otherwise")


class Silence(models.Model):
    """One period in which a text lies before everybody; another one begins when the text is changed.

    `days` full days are counted, the last of which is `last_day`; it ends at `ends_at`, when that day is over Anywhere
    on Earth. `skipped` lists what was not counted: `{"on": ISO date, "why": "weekend" or the holiday's name}`.
    `countries` are the codes of the countries whose holidays are skipped.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="silences")
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    skips_weekends = models.BooleanField(default=True)
    countries = models.JSONField(default=list)
    skipped = models.JSONField(default=list)
    last_day = models.DateField()
    ends_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=SilenceEnd.choices, default=SilenceEnd.RUNNING)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="silence_number_is_unique"),
            models.UniqueConstraint(
                fields=["decision"], condition=models.Q(outcome="running"), name="one_silence_runs_at_a_time"
            ),
            models.CheckConstraint(
                name="silence_that_is_over_has_its_instant",
                condition=models.Q(outcome="running", ended_at=None)
                | (~models.Q(outcome="running") & models.Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="silence_ends_after_it_began", condition=models.Q(ends_at__gt=models.F("began_at"))
            ),
            models.CheckConstraint(name="silence_has_days", condition=models.Q(days__gte=1)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.decision_id}, silence {self.number}"

    @property
    def is_running(self) -> bool:
        return self.outcome == SilenceEnd.RUNNING


class Objection(models.Model):
    """Somebody's reason against a text; it stands until they take it back, whatever was answered."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="objections")
    silence = models.ForeignKey(Silence, on_delete=models.CASCADE, related_name="objections")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="objections")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="objections_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["decision", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "by"], condition=models.Q(withdrawn_at=None), name="one_objection_stands_for_each"
            ),
        ]

    def __str__(self) -> str:
        return f"Objection {self.pk} to {self.decision_id}"

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


class Support(models.Model):
    """Somebody said yes to a text while it lay before everybody; silence would have done."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="supports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions_supported")
    at = models.DateTimeField()

    class Meta:
        ordering = ["decision", "at", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "by"], name="supports_a_decision_once")]

    def __str__(self) -> str:
        return f"{self.by_id} supports {self.decision_id}"
