"""How newcomers are met: a rota of buddies, first tasks, check-ins."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.people.models import Person
from folkmoot.plan.models import Task

LONGEST_WORDS = 1000
LONGEST_NEEDS = 200


class BuddyMode(models.TextChoices):
    """How a group finds buddies for those who come."""

    OFF = "off", _("Off: a manager says hello")
    SUGGESTED = "suggested", _("Suggested: a manager says yes first")
    GIVEN = "given", _("Given: asked as soon as somebody comes")


class NewcomerCare(models.Model):
    """What a group has decided about its newcomers; a group without a row has buddies and check-ins once somebody
    there offers to be a buddy. `clause_name` is what the clause it stands for was called then.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="newcomer_care")
    buddies = models.CharField(max_length=9, choices=BuddyMode)
    check_ins = models.BooleanField(default=False)
    clause_anchor = models.CharField(max_length=200, blank=True)
    clause_name = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.group_id}: {self.buddies}"


class Newcomer(models.Model):
    """Somebody who came to a group for the first time, and whether anybody has said hello.

    `hello_by` is empty for a hello of somebody who is gone, or of which only the newcomer told.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="newcomers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="arrivals")
    came_at = models.DateTimeField()
    hello_at = models.DateTimeField(null=True, blank=True)
    hello_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["came_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="newcomer_arrives_once", fields=["group", "person"]),
            models.CheckConstraint(
                name="hello_of_somebody_has_its_day",
                condition=models.Q(hello_by=None) | models.Q(hello_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["group", "hello_at"], name="newcomer_hello")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"


class PairState(models.TextChoices):
    SUGGESTED = "suggested", _("suggested")
    RUNNING = "running", _("under way")
    ENDED = "ended", _("ended")


class BuddyPair(models.Model):
    """A buddy of a newcomer: suggested to managers, under way, or ended; who had one before is not given again.

    `why` holds the reasons as in `domain.buddies.Match`: minutes shared on a weekday, languages, interests. `asked_at`
    is when the buddy heard of it; a suggestion that a manager passed over has none.
    """

    newcomer = models.ForeignKey(Newcomer, on_delete=models.CASCADE, related_name="pairs")
    buddy = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="buddy_pairs")
    state = models.CharField(max_length=9, choices=PairState)
    why = models.JSONField(default=dict)
    since = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="newcomer_has_one_buddy",
                fields=["newcomer"],
                condition=models.Q(state__in=("suggested", "running")),
            ),
            models.CheckConstraint(
                name="buddy_pair_is_ended_or_open",
                condition=models.Q(state="ended", ended_at__isnull=False)
                | (~models.Q(state="ended") & models.Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="buddy_under_way_was_asked",
                condition=~models.Q(state="running") | models.Q(asked_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["buddy", "state"], name="pair_of_buddy")]

    def __str__(self) -> str:
        return f"{self.buddy_id} for {self.newcomer_id}"


class BuddyPause(models.Model):
    """A buddy is asked for nobody up to and with a day; without a day, until they say otherwise."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="buddy_pauses")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="buddy_pauses")
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="buddy_pauses_once", fields=["group", "person"])]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"

    def lasts(self, today: date) -> bool:
        """Whether they still pause on a day."""
        return self.until is None or self.until >= today


class FirstTaskWords(models.Model):
    """What a newcomer wants to know of a small task: what one needs for it, and about how many minutes it takes."""

    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="first_task_words")
    needs = models.CharField(max_length=LONGEST_NEEDS, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="small_task_takes_some_time", condition=models.Q(minutes=None) | models.Q(minutes__gte=1)
            )
        ]

    def __str__(self) -> str:
        return f"Words on task {self.task_id}"


class Going(models.TextChoices):
    """How it goes, in the newcomer's own answer."""

    WELL = "well", _("Going well")
    FEET = "feet", _("Finding my feet")
    HAND = "hand", _("I could use a hand")


class NewcomerCheckIn(models.Model):
    """A newcomer was asked how it goes, so many days after they came; each day once, whatever the schedule does.

    `buddy` is who was their buddy when they answered, `only_buddy` that nobody else may read it.
    """

    newcomer = models.ForeignKey(Newcomer, on_delete=models.CASCADE, related_name="check_ins")
    day = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=4, choices=Going, blank=True)
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    only_buddy = models.BooleanField(default=False)
    buddy = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["newcomer", "day"]
        constraints = [
            models.UniqueConstraint(name="newcomer_check_in_once", fields=["newcomer", "day"]),
            models.CheckConstraint(
                name="newcomer_check_in_answered_or_not",
                condition=models.Q(answer="", words="", answered_at=None)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Day {self.day} of {self.newcomer_id}"

    def get_absolute_url(self) -> str:
        return reverse("newcomer_check_in", args=[self.pk])
