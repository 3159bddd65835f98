"""Calls that several groups hold together."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.meetings.models.series import Meeting


class JointState(models.TextChoices):
    INVITED = "invited", _("asked")
    ACCEPTED = "accepted", _("takes part")


class JointCall(models.Model):
    """Another group that was asked to, or does, hold one call together with the group whose call it is."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="joint")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="joint_calls")
    state = models.CharField(max_length=10, choices=JointState.choices, default=JointState.INVITED)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["group__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "group"], name="a_group_joins_a_call_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group} with {self.meeting}"
