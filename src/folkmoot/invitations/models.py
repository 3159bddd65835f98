"""Who wants invitations by mail, who is asked to one call from outside, and what was mailed to whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.groups.models import Group
from folkmoot.meetings.models import Meeting


class InvitationWish(models.Model):
    """Whether somebody wants the calls of a group as invitations by mail; without a row they do not.

    Without a group it is about being invited as a guest, which people are unless they said that they do not want it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitation_wishes")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="invitation_wishes")
    is_wanted = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "invitation wishes"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "group"], name="one_invitation_wish_per_person_and_group"),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(group=None), name="one_invitation_wish_per_guest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.group or 'as a guest'}: {self.is_wanted}"


class CallGuest(models.Model):
    """Somebody from outside who is asked to one call. `gets_way_in`: whether the way into the call is told to them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invited_guests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="guest_at_calls")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    gets_way_in = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="guest_of_a_call_once")]

    def __str__(self) -> str:
        return f"{self.person} at {self.meeting}"


class CallInvitation(models.Model):
    """What was mailed to one person about one call; the UID is that of the call.

    `sequence` is the SEQUENCE of the latest mail, which only rises; `asked_since` the one from which answers count:
    that of the first mail with the present time `asked_for`. `said` is a digest of what it said of time and place.
    Once the invitation is called off, or its person wants no more mails, it has `ended_at`.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations_to_calls")
    sequence = models.PositiveIntegerField()
    asked_since = models.PositiveIntegerField()
    asked_for = models.DateTimeField()
    said = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_invitation_per_person_and_meeting"),
            models.CheckConstraint(
                name="invitation_answers_count_from_a_mail_on",
                condition=models.Q(asked_since__lte=models.F("sequence")),
            ),
        ]
        indexes = [models.Index(fields=["meeting"], name="invitation_open", condition=models.Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.person}, {self.meeting}: {self.sequence}"
