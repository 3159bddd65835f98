"""In which hours calls suit somebody."""

from __future__ import annotations

from datetime import time

from django.db import models

from folkmoot.people.models.people import Person

USUAL_DAYS_OFF = (5, 6)


def usual_days_off() -> list[int]:
    return list(USUAL_DAYS_OFF)


class ComfortableHours(models.Model):
    """The hours in which calls suit one person, by the clock of their zone; whoever said nothing has none.

    Over midnight where an end is earlier than its beginning. Without hours for days off no call suits them then.
    `days_off` holds weekdays, 0 = Monday. Only the person sees this; planning uses it.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="comfortable_hours")
    working_from = models.TimeField(default=time(8))
    working_until = models.TimeField(default=time(20))
    off_from = models.TimeField(null=True, blank=True)
    off_until = models.TimeField(null=True, blank=True)
    days_off = models.JSONField(default=usual_days_off)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "comfortable hours"
        constraints = [
            models.CheckConstraint(
                name="comfortable_hours_have_a_length", condition=~models.Q(working_from=models.F("working_until"))
            ),
            models.CheckConstraint(
                name="comfortable_hours_off_are_whole_or_none",
                condition=models.Q(off_from=None, off_until=None)
                | (
                    models.Q(off_from__isnull=False, off_until__isnull=False)
                    & ~models.Q(off_from=models.F("off_until"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Comfortable hours of person {self.person_id}"
