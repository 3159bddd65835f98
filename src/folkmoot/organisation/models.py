"""The organisation's single row."""

from __future__ import annotations

from django.db import models


class Organisation(models.Model):
    """Exactly one row, made by the first set-up."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64, default="UTC")
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisation_is_the_only_one", condition=models.Q(id=1)),
            models.CheckConstraint(name="organisation_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
