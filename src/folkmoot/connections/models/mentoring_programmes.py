"""Programmes of mentoring, and who would like to take part in one, on which side."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.domain.mentoring_terms import Phase, Term
from folkmoot.groups.models import Group
from folkmoot.people.models import Person

LONGEST_NAME = 100
LONGEST_PURPOSE = 1000
LONGEST_WHO = 400
LONGEST_WORDS = 2000
MOST_ROOM = 5
MOST_WISHES = 3
MOST_WEEKS = 8


def new_seed() -> str:
    """The text by which equals are parted in the suggestions of one programme."""
    return secrets.token_hex(8)


class ForWhom(models.TextChoices):
    """Who may apply."""

    EVERYBODY = "all", _("Everybody who is signed in")
    GROUP = "group", _("People of the group")


class Side(models.TextChoices):
    """Which of the two somebody would like to be."""

    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


class MentoringProgramme(models.Model):
    """One round of mentoring, from its first application to its last day; without a group the whole community's.

    Days are those of the organisation's calendar. Two meet every `weeks` weeks unless they agree otherwise; a mentor
    takes `most_each` people at most. `closed_at` is set once by the schedule after the last day, when the pairs end.
    """

    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="mentoring_programmes"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    purpose = models.TextField(max_length=LONGEST_PURPOSE)
    who = models.CharField(max_length=LONGEST_WHO, blank=True)
    for_whom = models.CharField(max_length=5, choices=ForWhom.choices, default=ForWhom.EVERYBODY)
    opens_on = models.DateField()
    closes_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    weeks = models.PositiveSmallIntegerField(default=2)
    most_each = models.PositiveSmallIntegerField(default=1)
    seed = models.CharField(max_length=32, default=new_seed)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="mentoring_programme_has_a_name", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="mentoring_days_follow_each_other",
                condition=models.Q(
                    opens_on__lte=models.F("closes_on"),
                    closes_on__lt=models.F("starts_on"),
                    starts_on__lte=models.F("ends_on"),
                ),
            ),
            models.CheckConstraint(
                name="mentoring_without_group_is_for_all", condition=~models.Q(group=None, for_whom="group")
            ),
            models.CheckConstraint(
                name="mentors_take_a_few", condition=models.Q(most_each__gte=1, most_each__lte=MOST_ROOM)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mentoring_programme", args=[self.pk])

    @property
    def term(self) -> Term:
        return Term(self.opens_on, self.closes_on, self.starts_on, self.ends_on)

    def phase(self, on: date) -> Phase:
        """Where it stands on a day; once it is closed it has ended, whatever the calendar says."""
        return Phase.ENDED if self.closed_at is not None else self.term.phase(on)


class MentoringApplication(models.Model):
    """Somebody who would like to be a mentor or a mentee in a programme. What they can help with or want to learn
    stands in their interests; their hours are the comfortable ones of their record.

    `words` are a mentor's to those who apply, or a mentee's goals. `languages` are BCP 47 codes. `room` is for how many
    a mentor has time, 0 for a mentee. `shows` lets those who apply as mentees read a mentor's name and words. Who is
    not `in_pool` is suggested to nobody.
    """

    programme = models.ForeignKey(MentoringProgramme, on_delete=models.CASCADE, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentoring_applications")
    side = models.CharField(max_length=6, choices=Side.choices)
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    languages = models.JSONField(default=list)
    room = models.PositiveSmallIntegerField(default=0)
    shows = models.BooleanField(default=False)
    in_pool = models.BooleanField(default=True)
    applied_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(name="applied_once_on_each_side", fields=["programme", "person", "side"]),
            models.CheckConstraint(
                name="mentors_alone_have_room",
                condition=models.Q(side="mentor", room__gte=1, room__lte=MOST_ROOM)
                | models.Q(side="mentee", room=0, shows=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.person_id} in programme {self.programme_id}"

    @property
    def is_mentor(self) -> bool:
        return self.side == Side.MENTOR


class MentorWish(models.Model):
    """Whom a mentee would like best: place 1 before 2 before 3. Read by nobody but them, and by the suggestions."""

    mentee = models.ForeignKey(MentoringApplication, on_delete=models.CASCADE, related_name="wishes")
    mentor = models.ForeignKey(MentoringApplication, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["mentee", "place"]
        constraints = [
            models.UniqueConstraint(name="one_mentor_wish_for_a_place", fields=["mentee", "place"]),
            models.UniqueConstraint(name="mentor_is_wished_for_once", fields=["mentee", "mentor"]),
            models.CheckConstraint(
                name="mentor_wishes_are_few", condition=models.Q(place__gte=1, place__lte=MOST_WISHES)
            ),
        ]

    def __str__(self) -> str:
        return f"wish {self.place} of application {self.mentee_id}"
