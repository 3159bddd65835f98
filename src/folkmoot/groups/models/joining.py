"""What people agree to, what they answered when they joined, and requests that wait for a yes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models.groups import Group
from folkmoot.groups.models.participation import Role


class Agreement(models.Model):
    """One version of a document that people agree to when they join: of one group, or (none) of the organisation.

    `key` tells the document apart from others ("code_of_conduct", "charter"). Its words stand elsewhere (`url`, a
    local path or a link out) or here (`text`). The version asked for on a day is the latest in force on it.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements")
    key = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    in_force_from = models.DateField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "key", "number"], name="agreement_number_is_unique_in_group"),
            models.UniqueConstraint(
                fields=["key", "number"],
                condition=models.Q(group=None),
                name="agreement_number_is_unique_in_organisation",
            ),
            models.CheckConstraint(name="agreement_has_words", condition=~models.Q(url="", text="")),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("agreement", args=[self.pk])


class Consent(models.Model):
    """A person agreed to one version of a document at an instant."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "person"], name="agreed_once_per_person_and_version"),
        ]

    def __str__(self) -> str:
        return f"{self.person} to {self.agreement}"


class MembershipAnswer(models.Model):
    """What somebody affirmed or wrote to a rule of membership when they joined; `answer` is empty for an affirmation.

    Seen by the person, by those who lead the group, and by the steward.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="membership_answers")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="membership_answers")
    rule = models.TextField()
    answer = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["group", "pk"]

    def __str__(self) -> str:
        return f"{self.person} to “{self.rule[:40]}”"


class RequestState(models.TextChoices):
    """What became of a wish to join."""

    OPEN = "open", _("waits for an answer")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")


class JoinRequest(models.Model):
    """A wish to join a group whose charter wants somebody to say yes."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="join_requests")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="join_requests")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "group"],
                condition=models.Q(state="open"),
                name="one_open_request_per_person_and_group",
            ),
            models.CheckConstraint(
                name="request_is_open_until_decided",
                condition=models.Q(state="open", decided_at=None)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} wishes to join {self.group}"
