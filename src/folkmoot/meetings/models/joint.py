"""Calls of a group that other groups join."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.meetings.domain.joint import Span
from folkmoot.meetings.models.series import Meeting


class JointState(models.TextChoices):
    ASKED = "asked", _("waits for an answer")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")
    # Taken back before it was answered, or ended before its first call.
    CALLED_OFF = "called_off", _("called off")


class JointCall(models.Model):
    """That `group` joins the calls of a series (`position`) of the `host`, or one `meeting` of it.

    A series is joined from `first_day` up to and with `last_day` (None while nobody ended it), by the days of the
    host's clock; one meeting whenever it is held. Who asked and who answered is in the ledger.
    """

    host = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="joint_calls")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="joined_calls")
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="joint_calls")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=JointState.choices, default=JointState.ASKED)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["host", "first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="joint_call_is_a_series_or_a_call",
                condition=models.Q(position=None, meeting__isnull=False)
                | models.Q(position__isnull=False, meeting=None),
            ),
            models.CheckConstraint(name="nobody_joins_themselves", condition=~models.Q(host=models.F("group"))),
            models.CheckConstraint(
                name="joint_call_ends_after_it_begins",
                condition=models.Q(last_day=None)
                | models.Q(last_day__gte=models.F("first_day"), state="agreed", meeting=None),
            ),
            models.UniqueConstraint(
                fields=["host", "group", "position"],
                condition=models.Q(state__in=["asked", "agreed"], last_day=None, meeting=None),
                name="one_open_joint_series",
            ),
            models.UniqueConstraint(
                fields=["group", "meeting"],
                condition=models.Q(state__in=["asked", "agreed"], position=None),
                name="one_open_joint_call",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} with {self.group}, {self.state}"

    @property
    def is_asked(self) -> bool:
        return self.state == JointState.ASKED

    @property
    def is_agreed(self) -> bool:
        return self.state == JointState.AGREED

    @property
    def span(self) -> Span:
        """The days on which calls of a series are joined."""
        return Span(self.first_day, self.last_day)


class JoinedMeeting(models.Model):
    """That a group joins one meeting: kept in step with what was agreed, and for good once the meeting has begun."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="joinings")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="joinings")

    class Meta:
        ordering = ["meeting", "group"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "group"], name="a_group_joins_a_call_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} with {self.group}"
