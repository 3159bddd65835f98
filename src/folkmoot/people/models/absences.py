"""When people are away."""

from __future__ import annotations

from django.db import models

from folkmoot.people.domain.absences import Span
from folkmoot.people.models.people import Person


class Absence(models.Model):
    """Days on which somebody is away, the first and the last among them; nobody is asked why.

    With `shown` those who lead a group of theirs may see until when. Taken away a while after it is over.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    shown = models.BooleanField(default=False)

    class Meta:
        ordering = ["person", "first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_began", condition=models.Q(last_day__gte=models.F("first_day"))
            )
        ]

    def __str__(self) -> str:
        return f"Absence of person {self.person_id}"

    @property
    def span(self) -> Span:
        return Span(self.first_day, self.last_day)
