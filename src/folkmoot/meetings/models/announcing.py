"""What a group is told of a call beforehand: the text it begins with, and what was sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.groups.models import Group
from folkmoot.meetings.models.series import Meeting

LONGEST_SUBJECT = 150
LONGEST_BODY = 8000


class AnnouncementText(models.Model):
    """The words with which a group's announcements begin, where it has words of its own."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="announcement_text")
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    body = models.TextField(max_length=LONGEST_BODY)

    def __str__(self) -> str:
        return f"{self.group}, announcement"


class Announcement(models.Model):
    """An announcement of a call: a draft until it is sent, then what was sent, by whom and when.

    `number` counts a meeting's announcements from 1; the draft has the next one. So a draft is there once, and of two
    who send it at the same time one does.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="announcements")
    number = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    body = models.TextField(max_length=LONGEST_BODY)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="announcements")
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="announcement_number_is_unique_in_meeting"),
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(sent_at=None), name="one_draft_of_announcement_per_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, announcement {self.number}"
