"""Call roles of a group, who is willing to have one, and whose turn it is at which call."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.meetings.models.series import Meeting


class RoleOrigin(models.TextChoices):
    """Where a call role comes from. What somebody set here stays when the charter changes."""

    CHARTER = "charter", _("the charter")
    CUSTOM = "custom", _("the custom here")
    HERE = "here", _("set by the group")


class CallRole(models.Model):
    """A role that somebody has at a call of a group: its moderator, scribe or crier.

    `key` stays when it is called otherwise, and is the part that checklists name. `duties` says what they do.
    `is_on` is False for a role that the group does without, `is_needed` for one that may stay open. `clause_anchor`
    is the clause of the charter that names it, empty where the charter does not.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="call_roles")
    key = models.SlugField(max_length=20)
    name = models.CharField(max_length=60)
    duties = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_needed = models.BooleanField(default=True)
    is_on = models.BooleanField(default=True)
    source = models.CharField(max_length=8, choices=RoleOrigin.choices, default=RoleOrigin.CUSTOM)
    clause_anchor = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["group", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "key"], name="call_role_is_unique_in_group"),
            models.CheckConstraint(name="call_role_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Willing(models.Model):
    """Somebody can take a turn in a call role, so that the rota may propose them. Nobody is without their wish."""

    role = models.ForeignKey(CallRole, on_delete=models.CASCADE, related_name="willing")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="willing_for_turns")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "willing"
        ordering = ["role", "since", "pk"]
        constraints = [models.UniqueConstraint(fields=["role", "person"], name="willing_once_per_call_role")]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"


class How(models.TextChoices):
    """How a turn came about."""

    VOLUNTEERED = "volunteered", _("volunteered")
    ROTA = "rota", _("proposed by the rota")
    ASKED = "asked", _("asked by a manager")


class TurnState(models.TextChoices):
    PROPOSED = "proposed", _("waits for an answer")
    TAKEN = "taken", _("taken")
    DECLINED = "declined", _("declined")
    HANDED_BACK = "handed_back", _("handed back")
    ENDED = "ended", _("no longer holds")


class Turn(models.Model):
    """Somebody has, or is asked to have, a call role at one call.

    One at a time for each call and role, see the constraint; what was declined or handed back stays, so that nobody
    is proposed a second time. `reason` is why the rota proposed them, as they were told.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="turns")
    role = models.ForeignKey(CallRole, on_delete=models.PROTECT, related_name="turns")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="turns")
    how = models.CharField(max_length=12, choices=How.choices)
    state = models.CharField(max_length=12, choices=TurnState.choices)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "role", "pk"]
        indexes = [models.Index(fields=["person", "state"], name="turn_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "role"],
                condition=models.Q(state__in=["proposed", "taken"]),
                name="one_turn_per_meeting_and_call_role",
            ),
            models.CheckConstraint(
                name="turn_is_answered_or_waits",
                condition=models.Q(state="proposed", answered_at=None)
                | (~models.Q(state="proposed") & models.Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}, {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("turn", args=[self.pk])

    @property
    def is_taken(self) -> bool:
        return self.state == TurnState.TAKEN

    @property
    def waits(self) -> bool:
        return self.state == TurnState.PROPOSED
