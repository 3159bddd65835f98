"""What is done for an objective of the charter."""

from __future__ import annotations

from django.db import models


class Serving(models.Model):
    """Something that serves an objective, kept as the charter named it when it was begun.

    `objective` is empty when it serves none in particular. `plan.objectives` finds it again in the charter in force.
    """

    objective = models.CharField(max_length=300, blank=True)
    objective_anchor = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True
