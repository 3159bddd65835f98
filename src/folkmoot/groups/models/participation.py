"""Roles, and who holds them from when to when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models.groups import Group


class Power(models.TextChoices):
    """What a role may do, whatever the charter calls it."""

    MANAGE = "manage", _("leads the group")
    TAKE_PART = "take_part", _("contributes")
    OBSERVE = "observe", _("follows")


class Role(models.Model):
    """A role as the charter names it, with its power.

    `retired_at` is set once a charter in force names it no more; who held it stays written.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="roles")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    power = models.CharField(max_length=10, choices=Power.choices)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["group", "position"]
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="role_name_is_unique_in_group")]

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """A person in a group, in one role, from one instant to another (none while it lasts).

    `affiliation` is for whom they take part here ("Example University"), where a roster says so.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="participations")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="participations")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="participations")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    affiliation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["group", "began_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "group"],
                condition=models.Q(ended_at=None),
                name="one_open_participation_per_person_and_group",
            ),
            models.CheckConstraint(
                name="participation_ends_after_it_began",
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role} in {self.group}"
