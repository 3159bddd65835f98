"""Invitations to a group: by a link that may be passed on, or by mail to one person."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.groups.models.groups import Group
from folkmoot.groups.models.participation import Role


class Invitation(models.Model):
    """An open door to one role. Only a digest of its token is kept; a mailed one is for `person` alone.

    `by` is None for what the command line made.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="invitations")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_made"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    most_uses = models.PositiveIntegerField()
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="invitation_is_used_at_most_as_often_as_it_may",
                condition=models.Q(uses__lte=models.F("most_uses")),
            ),
            models.CheckConstraint(
                name="mailed_invitation_is_used_once", condition=models.Q(person=None) | models.Q(most_uses=1)
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk} to {self.group}"


class InvitationUse(models.Model):
    """Who came in by an invitation."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="used_by")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "person"], name="invitation_is_used_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"Person {self.person_id} by invitation {self.invitation_id}"
