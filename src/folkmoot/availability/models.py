"""Polls on when people are free, and their answers."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.availability.domain.hours import Shape
from folkmoot.availability.domain.hours import Sort as PureSort
from folkmoot.groups.models import Group
from folkmoot.meetings.models import Meeting

LONGEST_TITLE = 120
LONGEST_ABOUT = 600
LONGEST_NAME = 80


def new_token() -> str:
    """What nobody can guess: the last part of a poll's address."""
    return secrets.token_urlsafe(24)


class Sort(models.TextChoices):
    """What a poll asks for."""

    WEEK = PureSort.WEEK.value, _("A week like any other, for a regular call")
    DAYS = PureSort.DAYS.value, _("Certain days, for a single call")


class OpenTo(models.TextChoices):
    """Who may answer."""

    LINK = "link", _("Anybody who has the link, also without an account")
    GROUP = "group", _("People of the group")


class NamesFor(models.TextChoices):
    """Who sees who is free when; everybody else sees how many."""

    GROUP = "group", _("People of the group")
    LEADS = "leads", _("Only those who lead the group")


class Poll(models.Model):
    """When people are free, for one call or a regular one of a group.

    From minute `starts` of the day up to minute `ends`, in steps of `step` minutes, by the clock of `zone`: on
    `weekdays` (0 = Monday) of a week like that which begins with `week`, or on `days` (ISO dates). The call takes
    `minutes`. `closes_at` may pass before somebody or the schedule closes it (`closed_at`). What came of it stands in
    `became_series` (the position of a series) or `became_call`, and `chosen` (the key of the first cell).
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="polls")
    token = models.CharField(max_length=64, unique=True, default=new_token)
    title = models.CharField(max_length=LONGEST_TITLE)
    about = models.CharField(max_length=LONGEST_ABOUT, blank=True)
    sort = models.CharField(max_length=4, choices=Sort.choices)
    zone = models.CharField(max_length=64)
    weekdays = models.JSONField(default=list)
    week = models.DateField()
    days = models.JSONField(default=list)
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField(default=30)
    minutes = models.PositiveSmallIntegerField(default=60)
    open_to = models.CharField(max_length=5, choices=OpenTo.choices, default=OpenTo.LINK)
    names_for = models.CharField(max_length=5, choices=NamesFor.choices, default=NamesFor.GROUP)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="polls_asked"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    chosen = models.BigIntegerField(null=True, blank=True)
    became_series = models.PositiveSmallIntegerField(null=True, blank=True)
    became_call = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="polls")

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["closed_at", "closes_at"], name="poll_by_closing")]
        constraints = [
            models.CheckConstraint(name="poll_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="poll_asks_for_hours", condition=models.Q(starts__lt=models.F("ends"), ends__lte=1440)
            ),
            models.CheckConstraint(
                name="poll_becomes_one_thing", condition=models.Q(became_series=None) | models.Q(became_call=None)
            ),
            models.CheckConstraint(
                name="poll_became_something_by_a_choice",
                condition=models.Q(became_series=None, became_call=None)
                | models.Q(chosen__isnull=False, closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("poll", args=[self.token])

    @property
    def shape(self) -> Shape:
        """The hours that it asks for."""
        return Shape(
            PureSort(self.sort),
            self.zone,
            self.starts,
            self.ends,
            self.step,
            weekdays=tuple(self.weekdays),
            days=tuple(date.fromisoformat(day) for day in self.days),
            week=self.week,
        )

    @property
    def is_weekly(self) -> bool:
        return self.sort == Sort.WEEK

    @property
    def is_settled(self) -> bool:
        """Whether a series or a call came of it."""
        return self.became_series is not None or self.became_call_id is not None

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and now < self.closes_at


class PollAnswer(models.Model):
    """What one person, or a guest with a `name`, said to a poll: keys of cells that are free, and that are if need be.

    `zone` is that by whose clock they were marked. A guest's `mail` is kept until the poll closes, the answer for
    ninety days after that. `once` is the mark of the form with which a guest answered, so that it counts once.
    `version` counts the changes.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="poll_answers"
    )
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    mail = models.EmailField(blank=True)
    zone = models.CharField(max_length=64)
    free = models.JSONField(default=list)
    maybe = models.JSONField(default=list)
    once = models.CharField(max_length=64, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["poll", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "person"], name="one_answer_of_a_person"),
            models.UniqueConstraint(fields=["poll", "once"], name="one_answer_of_a_form"),
            models.CheckConstraint(
                name="poll_answer_is_of_a_person_or_a_guest",
                condition=models.Q(person__isnull=False, name="", mail="")
                | (models.Q(person=None) & ~models.Q(name="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk} to poll {self.poll_id}"

    @property
    def is_of_guest(self) -> bool:
        return self.person_id is None

    @property
    def who(self) -> str:
        """The name of whoever answered."""
        return self.person.name if self.person is not None else self.name
