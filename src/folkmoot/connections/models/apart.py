"""Who is never brought together with whom."""

from __future__ import annotations

from django.db import models

from folkmoot.people.models import Person


class NotWith(models.Model):
    """A wish not to be brought together with somebody: private to whoever asked, and silent.

    It holds in both directions and for every way of bringing people together. The other one never learns of it: by no
    page, no file of their data, no fact.
    """

    asked_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="apart_from")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["asked_by", "pk"]
        constraints = [
            models.UniqueConstraint(name="asked_apart_once", fields=["asked_by", "other"]),
            models.CheckConstraint(name="apart_from_somebody_else", condition=~models.Q(asked_by=models.F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id} not with {self.other_id}"
