"""A call that runs: where it is on its agenda, what time it took, and whose hands are raised."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.live.domain.running import elapsed
from folkmoot.live.domain.speaking import Kind
from folkmoot.meetings.models import AgendaItem, Meeting

KIND_WORDS = [
    (Kind.POINT_OF_ORDER.value, _("point of order")),
    (Kind.REPLY.value, _("reply")),
    (Kind.QUEUE.value, _("in the queue")),
]


class SpeakingCustom(models.Model):
    """How people speak on the calls of a group. A group without a row goes by who came first, observers listening."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="speaking_custom")
    new_voices_first = models.BooleanField(default=False)
    observers_speak = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"How people speak on calls of {self.group}"


class RunningCall(models.Model):
    """A call that was opened; `closed_at` is None while it is on.

    `item` is what is talked about (of items that pass together, the first), and `step` counts every going on, so that
    nobody goes on from an item that they no longer see. `began_at` is when the clock of the item was set going, None
    while it stands. `spent` are the seconds that each item took until then, and `added` the minutes that it was given
    on the call, both by the item's key as text. `spoke` is how many turns to speak there were, counted on closing.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, primary_key=True, related_name="running")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    step = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True, blank=True)
    spent = models.JSONField(default=dict, blank=True)
    added = models.JSONField(default=dict, blank=True)
    spoke = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clock_runs_on_an_item_of_an_open_call",
                condition=models.Q(began_at=None) | models.Q(item__isnull=False, closed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, running"

    @property
    def is_on(self) -> bool:
        return self.closed_at is None

    @property
    def is_paused(self) -> bool:
        return self.item_id is not None and self.began_at is None

    def spent_on(self, key: int, *, now: datetime) -> timedelta:
        """What an item has taken until now."""
        before = timedelta(seconds=self.spent.get(str(key), 0))
        return elapsed(before, self.began_at if key == self.item_id else None, now)

    def minutes_added_to(self, key: int) -> int:
        """How many minutes an item was given on the call beside what the agenda set aside."""
        return int(self.added.get(str(key), 0))

    def added_to(self, key: int) -> timedelta:
        """The same as a span of time."""
        return timedelta(minutes=self.minutes_added_to(key))


class HandState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SPEAKING = "speaking", _("speaking")
    DONE = "done", _("has spoken")
    LOWERED = "lowered", _("lowered")


class Hand(models.Model):
    """Somebody wants to speak, speaks or has spoken on a call: a person, or a guest by a name.

    `place` is where a waiting hand stands, from 0; `moved_why` is the reason for which a moderator put it there. No
    hand is kept once its call is closed.
    """

    call = models.ForeignKey(RunningCall, on_delete=models.CASCADE, related_name="hands")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="hands"
    )
    guest_name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=8, choices=KIND_WORDS, default=Kind.QUEUE)
    state = models.CharField(max_length=8, choices=HandState.choices, default=HandState.WAITING)
    place = models.PositiveIntegerField(default=0)
    moved_why = models.CharField(max_length=200, blank=True)
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ["call", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person", "kind"],
                condition=models.Q(state="waiting"),
                name="one_waiting_hand_of_a_kind_per_person",
            ),
            models.UniqueConstraint(
                fields=["call", "guest_name", "kind"],
                condition=models.Q(state="waiting", person=None),
                name="one_waiting_hand_of_a_kind_per_guest",
            ),
            models.UniqueConstraint(
                fields=["call"], condition=models.Q(state="speaking"), name="one_speaks_at_a_time_on_a_call"
            ),
            models.CheckConstraint(
                name="hand_is_of_a_person_or_a_guest",
                condition=models.Q(person__isnull=False, guest_name="")
                | (models.Q(person=None) & ~models.Q(guest_name="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Hand of {self.name}"

    @property
    def name(self) -> str:
        return self.person.name if self.person is not None else self.guest_name

    @property
    def whose(self) -> tuple[int | None, str]:
        """Whose it is: to tell whether two hands are of one person."""
        return self.person_id, self.guest_name

    @property
    def is_waiting(self) -> bool:
        return self.state == HandState.WAITING

    @property
    def is_speaking(self) -> bool:
        return self.state == HandState.SPEAKING
