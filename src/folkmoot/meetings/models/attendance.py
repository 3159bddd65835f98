"""Who was at a meeting, the code that is shown there, and when the list was closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.meetings.domain.presence import CODE_LENGTH
from folkmoot.meetings.models.series import Meeting


class Source(models.TextChoices):
    """How it came to be known that somebody was there."""

    TAP = "tap", _("by a tap")
    CODE = "code", _("by the code shown on the call")
    HOST = "host", _("from the host’s list")
    GUEST = "guest", _("from the guests’ page")
    IMPORT = "import", _("from minutes that were brought in")
    DISCORD = "discord", _("seen in the voice channel")
    LIVE = "live", _("seen on the live page")


class Attendance(models.Model):
    """Somebody was at a meeting: a person, or a guest by the name given (`person` is None then).

    A row with neither person nor name stands for somebody who was erased: it counts and names nobody. What was taken
    back keeps its row, with `withdrawn_at`. `guest_key` is the guest's name in the form in which names are compared, or
    stands for one that was taken out; the mail address of a guest lives until the list is closed. `why` is the reason
    of a correction after that.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="attendances"
    )
    guest_name = models.CharField(max_length=200, blank=True)
    guest_key = models.CharField(max_length=420, blank=True)
    guest_email = models.CharField(max_length=254, blank=True)
    affiliation = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_attendance_per_person_and_meeting"),
            models.UniqueConstraint(
                fields=["meeting", "guest_key"],
                condition=~models.Q(guest_key=""),
                name="one_attendance_per_guest_and_meeting",
            ),
            models.CheckConstraint(
                name="attendance_is_of_a_person_or_a_guest",
                condition=models.Q(person=None) | models.Q(guest_name="", guest_key="", guest_email=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.guest_name or '…'} at {self.meeting}"

    @property
    def is_present(self) -> bool:
        return self.withdrawn_at is None

    @property
    def is_guest(self) -> bool:
        """Whether it is of somebody who is known by a name alone."""
        return self.person_id is None and bool(self.guest_name)


class AttendanceClosing(models.Model):
    """From this instant on only who leads corrects a meeting's list, and says why."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="attendance_closing")
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting}, closed"


class CallCode(models.Model):
    """The code that is shown on a call. There is one at a time; another one takes the place of the last."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="code")
    code = models.CharField(max_length=CODE_LENGTH)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="call_code_is_unique"),
        ]

    def __str__(self) -> str:
        return f"Code of {self.meeting}"
