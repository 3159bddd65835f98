"""Interest circles: people who meet about something for a while, with a host, a rhythm and an end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.kit.recurrence import Occurrence
from folkmoot.meetings.domain.pattern import Pattern, Turn, plans_of
from folkmoot.meetings.domain.plan import Plan
from folkmoot.people.models import Person

LONGEST_NAME: Final = 120
LONGEST_ABOUT: Final = 1_000
LONGEST_WORDS: Final = 1_500
LONGEST_SUBJECT: Final = 60
MOST_SUBJECTS: Final = 5
MOST_WEEKS: Final = 12
SHOWN_TIMES: Final = 3
ASKED_BEFORE: Final = timedelta(weeks=2)
"""How long before its end a circle is asked whether it carries on."""
WAITS: Final = timedelta(days=30)
"""How long a circle may be without a host, or past its end, before it is closed."""
LONGEST_LIFE: Final = timedelta(days=366)


class CircleFor(models.TextChoices):
    """Who finds a circle and may join it."""

    GROUP = "group", _("People of the group")
    HERE = "here", _("Everyone who is signed in")


class CirclePart(models.TextChoices):
    """What somebody is in a circle."""

    HOST = "host", _("host")
    COHOST = "cohost", _("co-host")
    MEMBER = "member", _("member")


class Circle(models.Model):
    """People who meet about something until `ends_on`; of a group, or of the whole organisation (group None).

    With `every` it meets every so many weeks on `weekday` (0 = Monday) at wall time `at` in `zone`, from `first_day`;
    without, as it comes. `place_link` is shown to its members alone. `offered_to` is whom the host asked to take over.
    `hostless_since` is set while nobody hosts it. Closed ones keep `closing_words` for good. `version` counts changes
    of its words, so that of two who change them at once neither loses anything unseen.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="interest_circles")
    name = models.CharField(max_length=LONGEST_NAME)
    about = models.TextField(max_length=LONGEST_ABOUT)
    open_to = models.CharField(max_length=5, choices=CircleFor.choices, default=CircleFor.HERE)
    every = models.PositiveSmallIntegerField(null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField(default=60)
    first_day = models.DateField()
    ends_on = models.DateField()
    place_link = models.CharField(max_length=500, blank=True)
    offered_to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hostless_since = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["closed_at", "ends_on"], name="circle_by_end")]
        constraints = [
            models.CheckConstraint(name="circle_has_a_name", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="circle_ends_after_it_begins", condition=models.Q(ends_on__gte=models.F("first_day"))
            ),
            models.CheckConstraint(
                name="circle_rhythm_is_whole",
                condition=models.Q(every=None, weekday=None, at=None)
                | models.Q(every__gte=1, every__lte=MOST_WEEKS, weekday__lte=6, at__isnull=False),
            ),
            models.CheckConstraint(
                name="circle_for_a_group_has_one",
                condition=models.Q(open_to=CircleFor.HERE) | models.Q(group__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_circle_says_what_came",
                condition=models.Q(closed_at=None) | ~models.Q(closing_words=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("circle", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def plan(self) -> Plan | None:
        """When it meets, from its first day to its end; None where it meets as it comes."""
        if self.every is None or self.weekday is None or self.at is None:
            return None
        days = Pattern("weeks", (Turn(self.at),), self.every, (self.weekday,), until=self.ends_on)
        return plans_of(days, self.first_day, self.zone)[0]

    def next_times(self, now: datetime) -> list[Occurrence]:
        """The next times, what is under way included."""
        if self.is_closed or (plan := self.plan) is None:
            return []
        end = datetime.combine(self.ends_on + timedelta(days=2), datetime.min.time(), now.tzinfo)
        start = now - timedelta(minutes=self.minutes)
        return plan.occurrences(start, end, limit=SHOWN_TIMES) if start < end else []

    def is_asked(self, today: date) -> bool:
        """Whether it is time to say whether it carries on."""
        return not self.is_closed and today >= self.ends_on - ASKED_BEFORE

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return today > self.ends_on


class CircleSubject(models.Model):
    """One subject of a circle, as written and as compared (`domain.matching.topic`)."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="subjects")
    words = models.CharField(max_length=LONGEST_SUBJECT)
    subject = models.CharField(max_length=LONGEST_SUBJECT, db_index=True)

    class Meta:
        ordering = ["circle", "pk"]
        constraints = [models.UniqueConstraint(name="circle_has_subject_once", fields=["circle", "subject"])]

    def __str__(self) -> str:
        return self.words


class CircleMember(models.Model):
    """That somebody is in a circle; the row goes when they leave. A circle has at most one host."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="circle_memberships")
    part = models.CharField(max_length=6, choices=CirclePart.choices, default=CirclePart.MEMBER)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["circle", "joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_is_in_a_circle_once", fields=["circle", "person"]),
            models.UniqueConstraint(
                name="circle_has_one_host", fields=["circle"], condition=models.Q(part=CirclePart.HOST)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in circle {self.circle_id}"

    @property
    def hosts(self) -> bool:
        """Whether they host it, alone or beside the host."""
        return self.part != CirclePart.MEMBER
