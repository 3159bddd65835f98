"""Questions to the candidates of a contest, and what each of them answered; all of it in public and by name."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.governance.models.elections import Contest
from folkmoot.governance.models.nominations import Nomination

LONGEST_QUESTION = 600
LONGEST_ANSWER = 2000
LONGEST_REASON = 500


class CandidateQuestion(models.Model):
    """Something that all candidates of a contest were asked.

    One that was taken off keeps its place, with who did it and why; its words are shown no more.
    """

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="questions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="candidate_questions"
    )
    words = models.CharField(max_length=LONGEST_QUESTION)
    asked_at = models.DateTimeField(auto_now_add=True)
    taken_off_at = models.DateTimeField(null=True, blank=True)
    taken_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why_taken_off = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering = ["contest", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_is_taken_off_with_a_reason",
                condition=models.Q(taken_off_at__isnull=True) | ~models.Q(why_taken_off=""),
            )
        ]

    def __str__(self) -> str:
        return f"question {self.pk} of contest {self.contest_id}"


class CandidateAnswer(models.Model):
    """What one candidate answered; `changed_at` where it is no longer what they wrote first."""

    question = models.ForeignKey(CandidateQuestion, on_delete=models.CASCADE, related_name="answers")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="answers")
    words = models.TextField(max_length=LONGEST_ANSWER)
    answered_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["question", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "nomination"], name="candidate_answers_once")]

    def __str__(self) -> str:
        return f"answer of {self.nomination_id} to {self.question_id}"
