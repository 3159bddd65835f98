"""What people answered beforehand to the question whether they come to a call."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.meetings.models.series import Meeting


class Says(models.TextChoices):
    """An answer. A regret is the one that has always been there; nobody asks for a reason."""

    COMING = "coming", _("coming")
    MAYBE = "maybe", _("maybe")
    REGRET = "regret", _("cannot come")


class Way(models.TextChoices):
    """How somebody answered."""

    PAGE = "page", _("on the page")
    LINK = "link", _("by the link in a mail")
    CALENDAR = "calendar", _("from their calendar")


class Answer(models.Model):
    """What somebody said to one call; the latest answer counts, whichever way it came.

    `answered_for` is when the call was to begin then: an answer to another time than the present one does not count,
    but stands where the person may see it. It is None for regrets that were said before this was kept. `said_at` is
    when they said it by their own calendar's clock, never later than when it came.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answers_to_calls")
    says = models.CharField(max_length=6, choices=Says.choices, default=Says.REGRET)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.PAGE)
    answered_for = models.DateTimeField(null=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_answer_per_person_and_meeting"),
            models.CheckConstraint(name="answer_is_known", condition=models.Q(says__in=Says.values)),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.meeting}: {self.says}"
