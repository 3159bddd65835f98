"""Handovers: what somebody gives on, line by line, signed by both; and what stays without an owner."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models.groups import Group


class HandoverState(models.TextChoices):
    """How far a handover has come."""

    DRAFT = "draft", _("being written")
    OFFERED = "offered", _("offered")
    SIGNED = "signed", _("signed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Answer(models.TextChoices):
    """What has been said to one line."""

    OPEN = "open", _("not answered yet")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("left to the group")


class Handover(models.Model):
    """Everything that one person holds in a group, to be handed to others.

    `taker` is proposed for the whole; a line may name somebody else. With `shadow_until`, role and seats pass on that
    day, and until then the taker shadows the leaver without any power. `stays` keeps the leaver in the group
    afterwards; with `emeritus` they agree to be listed as having served. `passed_at` is set once all has passed.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="handovers")
    leaver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers")
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=HandoverState.choices, default=HandoverState.DRAFT)
    notes = models.TextField(blank=True)
    shadow_until = models.DateField(null=True, blank=True)
    stays = models.BooleanField(default=True)
    emeritus = models.BooleanField(default=False)
    begun_at = models.DateTimeField(auto_now_add=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "leaver"],
                condition=Q(state__in=["draft", "offered"]),
                name="one_open_handover_per_person_and_group",
            ),
            models.CheckConstraint(
                name="handover_is_signed_when_it_says_so",
                condition=Q(state="signed", signed_at__isnull=False) | (~Q(state="signed") & Q(signed_at=None)),
            ),
            models.CheckConstraint(
                name="handover_passes_after_it_is_signed", condition=Q(passed_at=None) | Q(signed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leaver}, {self.group}"

    def get_absolute_url(self) -> str:
        return reverse("handover", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in (HandoverState.DRAFT, HandoverState.OFFERED)


class HandoverLine(models.Model):
    """One thing held: the kind of holding, its key there, words for it, and who is to take it.

    `names_publicly` is the wish of whoever takes a role that leads to be named to everybody.
    """

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    words = models.CharField(max_length=300)
    path = models.CharField(max_length=300, blank=True)
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    said = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    names_publicly = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["handover", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "kind", "key"], name="handover_names_each_thing_once"),
            models.CheckConstraint(
                name="accepted_line_has_a_taker", condition=~Q(answer="accepted") | Q(taker__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.words


class HandoverSignature(models.Model):
    """Somebody signed a handover."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["handover", "person"], name="each_signs_a_handover_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.signed_at:%Y-%m-%d}"


class UnownedHolding(models.Model):
    """Something that whoever left still holds on paper, and that somebody in the group should take."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="unowned")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    words = models.CharField(max_length=300)
    path = models.CharField(max_length=300, blank=True)
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["group", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(taken_at=None), name="each_thing_is_unowned_once"
            ),
            models.CheckConstraint(
                name="unowned_is_taken_by_somebody",
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Emeritus(models.Model):
    """Somebody who served a group and agreed to be named for it. It carries no power."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="emeriti")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=120)
    since = models.DateField()

    class Meta:
        verbose_name_plural = "emeriti"
        ordering = ["group", "since", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="each_is_emeritus_once_in_a_group")]

    def __str__(self) -> str:
        return f"{self.person}, {self.group}"
