"""Who is asked to lead a group, for how long, and what they said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models.groups import Group
from folkmoot.groups.models.participation import Participation, Role


class AppointmentState(models.TextChoices):
    """How far an appointment has come."""

    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")
    ENDED = "ended", _("ended")


class ManagerAppointment(models.Model):
    """A managing role, offered to a person for a term; held once they accept and the first day has come.

    Both days belong to the term. `names_publicly` is the person's own consent to be named to everybody as someone who
    leads the group. `participation` is there as soon as the role is held; a next term takes it over from the last.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="appointments")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    participation = models.OneToOneField(
        Participation, on_delete=models.PROTECT, null=True, blank=True, related_name="appointment"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments_made"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    hours_a_week = models.PositiveSmallIntegerField()
    names_publicly = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=AppointmentState.choices, default=AppointmentState.OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.TextField(blank=True)

    class Meta:
        ordering = ["group", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts", condition=models.Q(ends_on__gt=models.F("starts_on"))
            ),
            models.UniqueConstraint(
                fields=["person", "group"],
                condition=models.Q(state="offered"),
                name="one_open_offer_per_person_and_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} as {self.role} of {self.group}"
