"""What was promised when the calls of a series were given to a fair rotation."""

from __future__ import annotations

from django.db import models

from folkmoot.groups.models import Group


class FairPromise(models.Model):
    """Of the first `calls` calls of a series from a day on, nobody has more than `most` early, late or at night.

    By the hours and zones that were known at the time; whether it was kept is worked out from the calls that were held.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="fair_promises")
    position = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    calls = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="fair_promise_is_of_its_calls", condition=models.Q(calls__gt=0, most__lte=models.F("calls"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, series {self.position}: at most {self.most} of {self.calls} from {self.from_day}"
