"""Seats that are filled without a vote, and what people are asked without their names."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.ballots import random_number
from folkmoot.governance.models.elections import Election
from folkmoot.groups.models import Group, Seat, Term

LONGEST_REASON = 1000
MOST_MONTHS = 60


class VacancyRule(models.Model):
    """What a group does when a seat falls empty: appoint (or elect) with more than so many months left, else wait."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="vacancy_rule")
    months = models.PositiveSmallIntegerField(default=6)
    by_election = models.BooleanField(default=False)
    clause_anchor = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="vacancy_rule_has_sane_months", condition=models.Q(months__lte=MOST_MONTHS))
        ]

    def __str__(self) -> str:
        return f"{self.months} months in {self.group_id}"


class AppointmentStep(models.TextChoices):
    """How far an appointment to a seat has come."""

    OFFERED = "offered", _("offered")
    TAKEN = "taken", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")


class SeatAppointment(models.Model):
    """A seat that somebody was asked to take without a vote; their term begins when they say yes.

    `ends_on` is the end of the term that fell empty, None for a term of the seat's own length.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments_to_it")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments_to_seats")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="appointments_offered"
    )
    why = models.CharField(max_length=LONGEST_REASON)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    step = models.CharField(max_length=9, choices=AppointmentStep.choices, default=AppointmentStep.OFFERED)
    offered_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    term = models.OneToOneField(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="appointed_by")

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(step="offered"), name="a_seat_is_offered_to_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for seat {self.seat_id}"

    def get_absolute_url(self) -> str:
        return reverse("seat_appointment", args=[self.pk])


class SurveyKind(models.TextChoices):
    """What people are asked about."""

    RETRO = "retro", _("how the election went")
    BODY = "body", _("who is in the body")


class Survey(models.Model):
    """Some questions that are answered without a name, once; shown in steps after the last day and never before.

    A retrospective is of an `election`, questions about a body are for those who hold its seats.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seat_surveys")
    kind = models.CharField(max_length=5, choices=SurveyKind.choices)
    election = models.OneToOneField(
        Election, on_delete=models.CASCADE, null=True, blank=True, related_name="retrospective"
    )
    first = models.DateField()
    last = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-first", "-pk"]
        constraints = [
            models.CheckConstraint(name="survey_lasts", condition=models.Q(last__gte=models.F("first"))),
            models.CheckConstraint(
                name="retrospective_is_of_an_election",
                condition=models.Q(kind="retro", election__isnull=False) | models.Q(kind="body", election__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(kind="body", closed_at__isnull=True),
                name="one_survey_of_a_body_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.group_id}"

    def get_absolute_url(self) -> str:
        return reverse("survey", args=[self.pk])

    def is_open(self, day: date) -> bool:
        return self.closed_at is None and self.first <= day <= self.last


class SurveyAnswered(models.Model):
    """That somebody has answered; nothing of what. No time, and a key that tells no order."""

    id = models.BigIntegerField(primary_key=True, default=random_number)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answered")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="surveys_answered")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="survey_is_answered_once")]

    def __str__(self) -> str:
        return f"answered {self.survey_id}"


class SurveyAnswer(models.Model):
    """One answer to one question, by nobody: answers of one person are not linked to each other either."""

    id = models.BigIntegerField(primary_key=True, default=random_number)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=20)
    value = models.CharField(max_length=20)

    class Meta:
        ordering = ["survey", "question", "value", "id"]

    def __str__(self) -> str:
        return f"{self.question} in {self.survey_id}"
