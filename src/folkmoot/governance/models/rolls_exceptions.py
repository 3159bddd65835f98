"""What goes past the criteria and past oneself: exceptions that were asked for, and votes given into others' hands."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.governance.models.elections import Election

LONGEST_REASON = 2000


class ExceptionState(models.TextChoices):
    """How far somebody's wish to vote past the criteria has come."""

    ASKED = "asked", _("waits for an answer")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    APPEALED = "appealed", _("appealed, waits for a second answer")
    FINAL = "final", _("refused a second time")


WAITING = (ExceptionState.ASKED, ExceptionState.APPEALED)


class RollException(models.Model):
    """Somebody asks to be on the roll though a criterion does not hold; a no can be appealed once.

    `reason` and `appeal` are the person's words, `why` and `why_then` those of the two answers. The second answer is
    given by somebody else than the first.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="exceptions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="roll_exceptions"
    )
    state = models.CharField(max_length=8, choices=ExceptionState.choices, default=ExceptionState.ASKED)
    reason = models.TextField(blank=True, max_length=LONGEST_REASON)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True, max_length=LONGEST_REASON)
    appeal = models.TextField(blank=True, max_length=LONGEST_REASON)
    appealed_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    why_then = models.TextField(blank=True, max_length=LONGEST_REASON)

    class Meta:
        ordering = ["election", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "person"], name="one_roll_exception_for_a_person"),
            models.CheckConstraint(
                name="roll_exception_is_answered_once_it_is",
                condition=models.Q(state="asked", answered_at=None)
                | (~models.Q(state="asked") & models.Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"exception for {self.person_id}, {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


class ProxyState(models.TextChoices):
    """How far a vote that is given into somebody's hands has come."""

    OFFERED = "offered", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken_back", _("taken back")


PROXY_HOLDS = (ProxyState.OFFERED, ProxyState.ACCEPTED)


class Proxy(models.Model):
    """One voter lets another cast their vote as well. Only the two know of it; nobody learns how it is cast.

    One at a time holds for a giver. Whether both are voters is asked when the roll is frozen.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="proxies")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proxies_given")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proxies_held")
    state = models.CharField(max_length=10, choices=ProxyState.choices, default=ProxyState.OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["election", "offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "giver"],
                condition=models.Q(state__in=("offered", "accepted")),
                name="one_proxy_at_a_time_for_a_giver",
            ),
            models.CheckConstraint(name="proxy_is_somebody_else", condition=~models.Q(giver=models.F("holder"))),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} by {self.holder_id}, {self.state}"

    @property
    def holds(self) -> bool:
        return self.state in PROXY_HOLDS
