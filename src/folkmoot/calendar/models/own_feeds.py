"""Feeds of people's own: the calls of all their groups, at an address that only they know."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class OwnFeed(models.Model):
    """An address at which a person's calls can be had without signing in; of its token only the digest is kept.

    With `has_details`, what is for the people of a group only (the way into a call, a venue that is not public) stands
    in it too. One that was taken back keeps its row, so that calendars which still ask are told that it is gone.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_feeds")
    token_digest = models.CharField(max_length=64, unique=True)
    has_details = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(revoked_at=None), name="person_has_one_feed_of_their_own"
            ),
        ]

    def __str__(self) -> str:
        return f"feed {self.pk} of person {self.person_id}"
