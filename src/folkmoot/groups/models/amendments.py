"""Changes of a charter: as somebody writes them, as others comment on them, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models.charters import CharterVersion
from folkmoot.groups.models.groups import Group


class AmendmentState(models.TextChoices):
    """How far an amendment has come."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("open for comments")
    ADOPTED = "adopted", _("adopted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DECLINED = "declined", _("declined")


class Amendment(models.Model):
    """Another wording of a group's charter, proposed to take the place of the version `base`.

    `answers` are those to what the new text leaves open, by key as for a charter that is brought in. `roles_become`
    says for roles that go which role their holders are to have, by name; an empty name ends their participation.
    `edition` counts the author's changes, so that nobody decides on a text that is not the one they read.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField()
    base = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="amendments")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="amendments_proposed"
    )
    text = models.TextField()
    answers = models.JSONField(default=dict)
    roles_become = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=AmendmentState.choices, default=AmendmentState.DRAFT)
    edition = models.PositiveIntegerField(default=1)
    open_until = models.DateField(null=True, blank=True)
    began_at = models.DateTimeField(auto_now_add=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="amendments_settled"
    )
    reason = models.TextField(blank=True)
    version = models.OneToOneField(CharterVersion, on_delete=models.PROTECT, null=True, related_name="amendment")
    in_force_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["group", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="amendment_number_is_unique_in_group"),
            models.CheckConstraint(
                name="adopted_amendment_has_its_version",
                condition=models.Q(state="adopted", version__isnull=False)
                | (~models.Q(state="adopted") & models.Q(version=None)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.group}, amendment {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("amendment", args=[self.group.slug, self.number])

    @property
    def is_draft(self) -> bool:
        return self.state == AmendmentState.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether it is proposed and nothing has been decided."""
        return self.state == AmendmentState.PROPOSED


class AmendmentComment(models.Model):
    """What somebody says to an amendment, or to one clause of it (`clause`: the clause's id in the comparison)."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="amendment_comments")
    clause = models.CharField(max_length=160, blank=True)
    text = models.TextField(max_length=5000)
    at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    hidden_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["amendment", "at", "pk"]

    def __str__(self) -> str:
        return f"Comment {self.pk} on {self.amendment_id}"

    @property
    def is_shown(self) -> bool:
        return self.withdrawn_at is None and self.hidden_at is None
