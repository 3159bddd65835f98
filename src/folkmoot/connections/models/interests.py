"""What people care about, can help with and want to learn: said once, used by every way of finding each other."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.people.models import Person

LONGEST_WORDS = 60
MOST_OF_A_SORT = 12


class InterestSort(models.TextChoices):
    """How somebody stands to a subject."""

    CARES = "cares", _("What I care about")
    HELPS = "helps", _("What I can help with")
    LEARNS = "learns", _("What I want to learn")


class Interest(models.Model):
    """One subject of one person. `subject` is `words` as they are compared (`domain.matching.topic`)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interests")
    sort = models.CharField(max_length=6, choices=InterestSort)
    words = models.CharField(max_length=LONGEST_WORDS)
    subject = models.CharField(max_length=LONGEST_WORDS, db_index=True)

    class Meta:
        ordering = ["person", "sort", "pk"]
        constraints = [
            models.UniqueConstraint(name="subject_is_said_once", fields=["person", "sort", "subject"]),
        ]

    def __str__(self) -> str:
        return f"{self.sort}: {self.words}"
