"""Complaints about a result, and what officers answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.elections import Election

LONGEST_COMPLAINT = 4000
LONGEST_ANSWER = 4000


class Outcome(models.TextChoices):
    """What officers found."""

    REJECTED = "rejected", _("not upheld")
    UPHELD = "upheld", _("upheld, the result stands")
    RECOUNT = "recount", _("upheld: the ballots are counted again")
    REPEAT = "repeat", _("upheld: the election is repeated")


class Complaint(models.Model):
    """Words of somebody who was on the roll or stood. Those stay between them and officers and monitors; `answer` is
    for everybody, `private_answer` for whoever complained.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="complaints")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="election_complaints")
    words = models.TextField(max_length=LONGEST_COMPLAINT)
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True, max_length=LONGEST_ANSWER)
    private_answer = models.TextField(blank=True, max_length=LONGEST_ANSWER)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["election", "pk"]
        constraints = [
            models.CheckConstraint(
                name="complaint_is_answered_in_words",
                condition=models.Q(outcome="", answered_at__isnull=True)
                | (~models.Q(outcome="") & ~models.Q(answer="") & models.Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"complaint {self.pk} about {self.election_id}"

    @property
    def section_id(self) -> str:
        """What its part of a page is called in addresses."""
        return f"complaint-{self.pk}"

    @property
    def is_answered(self) -> bool:
        return self.outcome != ""
