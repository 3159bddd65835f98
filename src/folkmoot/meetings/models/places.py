"""Where people meet: the video link, and the venue."""

from __future__ import annotations

from django.db import models

from folkmoot.groups.models import Group
from folkmoot.meetings.models.series import Meeting


class CallPlace(models.Model):
    """The video link and the venue of a series (`position`), or of one `meeting`, which then has only this.

    `join_link` is shown to those who may join and nobody else. A venue is shown to everyone if `venue_is_public`, else
    likewise only to those who may join.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="call_places")
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="own_place")
    join_link = models.CharField(max_length=500, blank=True)
    venue = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    venue_notes = models.CharField(max_length=600, blank=True)
    venue_is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ["group", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="place_is_of_a_series_or_of_a_call",
                condition=models.Q(position=None, meeting__isnull=False)
                | models.Q(position__isnull=False, meeting=None),
            ),
            models.UniqueConstraint(
                fields=["group", "position"], condition=models.Q(meeting=None), name="one_place_per_series"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.venue or 'on the net'}"

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return not (self.join_link or self.venue or self.address or self.venue_notes)

    @property
    def is_hybrid(self) -> bool:
        """Whether one can come, and join from afar as well."""
        return bool(self.join_link and self.venue)

    @property
    def public_location(self) -> str:
        """Where to come, as calendars show it to everyone; empty where that is not for everyone."""
        return ", ".join(filter(None, (self.venue, self.address))) if self.venue_is_public else ""
