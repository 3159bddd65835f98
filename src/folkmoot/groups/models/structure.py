"""How groups come about and change: proposals, and the addresses that they once had."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models.groups import Group


class GroupSlug(models.Model):
    """An address that a group had before it was renamed; it leads to the group for good."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="old_slugs")
    slug = models.SlugField(max_length=80, unique=True)
    until = models.DateTimeField()

    class Meta:
        ordering = ["group", "-until"]

    def __str__(self) -> str:
        return self.slug


class ProposalState(models.TextChoices):
    """What has become of a proposed group."""

    OPEN = "open", _("proposed")
    TAKEN_UP = "taken_up", _("taken up")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class GroupProposal(models.Model):
    """Somebody would like there to be a group: its name, why, with whom, and perhaps the text of a charter.

    It becomes a group only when somebody who oversees takes it up; until then it has no address of its own in public
    and no name is taken by it.
    """

    name = models.CharField(max_length=200)
    why = models.TextField()
    who = models.TextField(blank=True)
    charter_text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal")

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="proposal_has_name_and_reason", condition=~Q(name="") & ~Q(why="")),
            models.CheckConstraint(
                name="proposal_taken_up_has_its_group",
                condition=Q(state="taken_up", group__isnull=False) | (~Q(state="taken_up") & Q(group=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.pk])
