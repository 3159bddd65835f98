"""Who may vote and who may stand: the criteria of an election, and its roll."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.elections import Election


class Whom(models.TextChoices):
    """Whom a criterion is about."""

    VOTERS = "voters", _("those who vote")
    CANDIDATES = "candidates", _("those who stand")


class ElectionCriterion(models.Model):
    """One thing that has to hold for somebody to vote or to stand; all have to hold.

    `name` is one of `roll_criteria.CRITERIA`, `given` what it asks (days, roles, counts), as plain data.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="criteria")
    whom = models.CharField(max_length=10, choices=Whom.choices)
    name = models.CharField(max_length=40)
    given = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["election", "whom", "position"]
        constraints = [
            models.UniqueConstraint(fields=["election", "whom", "position"], name="criterion_position_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.whom}: {self.name}"


class Voter(models.Model):
    """Somebody on the frozen roll of an election. `by_exception` where an officer let them vote, with a reason.

    `line` is what was hashed of them when the roll was frozen (`domain.roll_lines`); it stays for good. `salt` lets
    officers check that it is of this person by the name they had then; it goes when the person is erased.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="voters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rolls")
    by_exception = models.BooleanField(default=False)
    line = models.CharField(max_length=90, blank=True)
    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["election", "pk"]
        constraints = [models.UniqueConstraint(fields=["election", "person"], name="on_a_roll_once")]

    def __str__(self) -> str:
        return f"{self.person_id} on the roll of {self.election_id}"
