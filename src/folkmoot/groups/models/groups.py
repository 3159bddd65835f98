"""Groups, and how they stand to each other."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class GroupState(models.TextChoices):
    """How far a group has come in its life."""

    PROPOSED = "proposed", _("proposed")
    FORMING = "forming", _("forming")
    ACTIVE = "active", _("active")
    CLOSED = "closed", _("closed")


class Group(models.Model):
    """A working group, or the steering committee above them all.

    `parent` is the group that it answers to; a root group answers to none. `state_since` is the day on which it came
    to its present state, where that is known, and `state_why` the reason given for closing or reopening it.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    state = models.CharField(max_length=10, choices=GroupState.choices, default=GroupState.ACTIVE)
    state_since = models.DateField(null=True, blank=True)
    state_why = models.CharField(max_length=500, blank=True)
    # Kept by the actions on seats, so that no page has to ask whether there is a tab for them.
    has_seats = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="group_has_a_name", condition=~models.Q(name="")),
            models.UniqueConstraint(Lower("name"), name="group_name_is_unique"),
            models.CheckConstraint(name="group_is_not_its_own_parent", condition=~models.Q(parent=models.F("id"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        return self.state == GroupState.CLOSED

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.slug])
