"""Who is willing to welcome people into a group."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.groups.models import Group

MOST_AT_ONCE = 2


class BuddyOffer(models.Model):
    """A person offers to be the buddy of at most `most` newcomers of a group at the same time."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="buddy_offers")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="buddy_offers")
    most = models.PositiveSmallIntegerField(default=MOST_AT_ONCE)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["group", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "group"], name="one_buddy_offer_per_person_and_group"),
            models.CheckConstraint(name="buddy_offer_is_for_somebody", condition=models.Q(most__gte=1, most__lte=9)),
        ]

    def __str__(self) -> str:
        return f"Person {self.person_id} in group {self.group_id}"
